import type { DecisionsAnswer, ErasuresAnswer, Review } from '@tino/system/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { send } from '../../api.js';
import { date, number } from '../../format.js';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { useMayWhole } from '../../session.js';
import { useGet } from '../../use-get.js';
import { ResolveDialog } from './resolve-dialog.js';

type Decision = DecisionsAnswer['items'][number];
type Erasure = ErasuresAnswer['items'][number];

/** What decides about people, who asked to have a decision looked at, who was erased. */
export function Privacy() {
  const { t } = useLanguage();
  const approver = useMayWhole('approver');
  const admin = useMayWhole('admin');
  return (
    <section>
      <h2 className="section-title">{t({ pt: 'Privacidade', en: 'Privacy' })}</h2>
      <Decisions />
      {approver && <Reviews />}
      {admin && <Erasures />}
    </section>
  );
}

function Decisions() {
  const { language, t } = useLanguage();
  const { data } = useGet<DecisionsAnswer>('/v1/decisions');
  const columns: Column<Decision>[] = [
    {
      key: 'model',
      title: t({ pt: 'Decide', en: 'Decides' }),
      render: ({ model, version }) => <span className="name">{`${model} v${version}`}</span>,
      sortValue: ({ model }) => model,
    },
    {
      key: 'since',
      title: t({ pt: 'Desde', en: 'Since' }),
      render: ({ since }) => date(since, language),
      sortValue: ({ since }) => since,
    },
    {
      key: 'until',
      title: t({ pt: 'Até', en: 'Until' }),
      wide: true,
      render: ({ until }) =>
        until === null ? t({ pt: 'hoje', en: 'today' }) : date(until, language),
      sortValue: ({ until }) => until ?? '9',
    },
    {
      key: 'columns',
      title: t({ pt: 'Lê', en: 'Reads' }),
      align: 'right',
      wide: true,
      render: ({ columns: read }) =>
        `${number(read.length, language)} ${t({ pt: 'colunas', en: 'columns' })}`,
      sortValue: ({ columns: read }) => read.length,
    },
    {
      key: 'scored',
      title: t({ pt: 'Sobre quantos', en: 'About how many' }),
      align: 'right',
      render: ({ scored }) => number(scored, language),
      sortValue: ({ scored }) => scored,
    },
    {
      key: 'reviews',
      title: t({ pt: 'Revisões', en: 'Reviews' }),
      align: 'right',
      wide: true,
      render: ({ reviews }) => number(reviews, language),
      sortValue: ({ reviews }) => reviews,
    },
  ];
  return (
    <DataTable
      caption={t({ pt: 'Decisões automáticas', en: 'Automated decisions' })}
      columns={columns}
      rows={data?.items ?? []}
      rowKey={({ model, version, since }) => `${model} ${version} ${since}`}
    />
  );
}

function Reviews() {
  const { language, t } = useLanguage();
  const client = useQueryClient();
  const { data } = useGet<{ items: Review[] }>('/v1/reviews', { state: 'open' });
  const [open, setOpen] = useState<Review>();
  const items = data?.items ?? [];
  return (
    <>
      <h3 className="section-title">
        {t({
          pt: items.length === 0 ? 'Nenhuma revisão pedida' : 'Revisões pedidas',
          en: items.length === 0 ? 'No review asked for' : 'Reviews asked for',
        })}
      </h3>
      {items.map((review) => (
        <p key={review.id} className="row">
          <span>
            <strong>{Object.values(review.key).join(' · ')}</strong> · {review.model} v
            {review.version} · {date(review.at, language)} · “{review.reason}” ({review.askedBy})
          </span>
          <Button onClick={() => setOpen(review)}>{t({ pt: 'Responder', en: 'Answer' })}</Button>
        </p>
      ))}
      {open && (
        <ResolveDialog
          onClose={() => setOpen(undefined)}
          onResolve={async (answer) => {
            await send('POST', `/v1/reviews/${encodeURIComponent(open.id)}/resolve`, answer);
            setOpen(undefined);
            await client.invalidateQueries({ queryKey: ['/v1/reviews'] });
          }}
        />
      )}
    </>
  );
}

function Erasures() {
  const { language, t } = useLanguage();
  const { data } = useGet<ErasuresAnswer>('/v1/erasures');
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  const says = ({ entity, at, by, report }: Erasure) => {
    const rows = report?.tables.reduce((sum, table) => sum + table.rows, 0) ?? 0;
    const files = report?.holders.length ?? 0;
    return t({
      pt: `${date(at, language)} · um ${entity} · ${number(rows, language)} linhas · ${files === 0 ? 'nenhum arquivo ainda tem' : `${files} arquivos de origem ainda têm`} · pedido por ${by}`,
      en: `${date(at, language)} · one ${entity} · ${number(rows, language)} rows · ${files === 0 ? 'no file still holds them' : `${files} source files still hold them`} · asked by ${by}`,
    });
  };
  return (
    <>
      <h3 className="section-title">{t({ pt: 'Pessoas apagadas', en: 'Erased persons' })}</h3>
      {items.map((one) => (
        <p key={`${one.id}${one.at}`} className="figure-note">
          {says(one)}
        </p>
      ))}
    </>
  );
}
