import type { SentenceSpan, SourceAnswer } from '@tino/system/contract';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { date, number } from '../format.js';
import { useLanguage } from '../language.js';
import { Answer } from '../parts/answer.js';
import { DataTable, type Column } from '../parts/data-table.js';
import { Empty } from '../parts/empty.js';
import { Failure } from '../parts/failure.js';
import { Loading } from '../parts/loading.js';
import { PageHead } from '../parts/page-head.js';
import { useGet } from '../use-get.js';
import { Privacy } from './privacy/privacy.js';
import { SourceDetail } from './data/source-detail.js';

/** Is it fresh, what was set aside, what is personal? */
export function DataPage({ source }: { source: string | undefined }) {
  const { t } = useLanguage();
  const [, navigate] = useLocation();
  const { data, error } = useGet<{ items: SourceAnswer[] }>('/v1/sources');
  const sources = data?.items ?? [];
  const chosen = sources.find(({ id }) => id === source);
  const columns = useColumns();
  return (
    <>
      <PageHead title={t({ pt: 'Dados', en: 'Data' })} />
      {!data && (error ? <Failure error={error} /> : <Loading />)}
      {data && (
        <>
          <SourcesAnswer sources={sources} />
          {source && !chosen && (
            <Empty
              title={t({
                pt: `Nenhuma fonte se chama ${source}.`,
                en: `No source is called ${source}.`,
              })}
            />
          )}
          <div className={chosen ? 'data data-open' : 'data'}>
            <DataTable
              caption={t({ pt: 'Fontes', en: 'Sources' })}
              columns={
                chosen
                  ? columns.filter(({ key }) => key !== 'ingested' && key !== 'columns')
                  : columns
              }
              rows={sources}
              rowKey={({ id }) => id}
              selected={chosen?.id ?? null}
              onOpen={({ id }) => navigate(id === chosen?.id ? '/data' : `/data/${id}`)}
            />
            {chosen && <SourceDetail source={chosen} />}
          </div>
          <Privacy />
        </>
      )}
    </>
  );
}

const SourcesAnswer = ({ sources }: { sources: SourceAnswer[] }) => (
  <Answer spans={useSentence(sources)} />
);

function useSentence(sources: SourceAnswer[]): SentenceSpan[] {
  const { t, language } = useLanguage();
  const rows = sources.reduce((sum, source) => sum + (source.rows ?? 0), 0);
  const rejects = sources.reduce((sum, source) => sum + source.rejects, 0);
  const stale = sources.filter(({ fresh }) => fresh === false).length;
  const aside = number(rejects, language);
  return [
    {
      kind: 'strong',
      text: t({
        pt: `${sources.length} fontes, ${number(rows, language)} linhas.`,
        en: `${sources.length} sources, ${number(rows, language)} rows.`,
      }),
    },
    {
      kind: 'text',
      text: t({
        pt: `${stale === 0 ? ' Todas em dia' : ` ${stale} sem dados novos`}; ${rejects === 0 ? 'nada foi posto de lado.' : `${aside} ${rejects === 1 ? 'linha foi posta' : 'linhas foram postas'} de lado, com o motivo.`}`,
        en: `${stale === 0 ? ' All in date' : ` ${stale} without new data`}; ${rejects === 0 ? 'nothing was set aside.' : `${aside} ${rejects === 1 ? 'row was' : 'rows were'} set aside, with the reason.`}`,
      }),
    },
  ];
}

function useColumns(): Column<SourceAnswer>[] {
  const { t, language } = useLanguage();
  return useMemo<Column<SourceAnswer>[]>(
    () => [
      {
        key: 'name',
        title: t({ pt: 'Fonte', en: 'Source' }),
        sortValue: ({ id }) => id,
        render: ({ name, part }) => (
          <>
            <span className="name">{name}</span>
            <span className="name-note">{part}</span>
          </>
        ),
      },
      {
        key: 'rows',
        title: t({ pt: 'Linhas', en: 'Rows' }),
        align: 'right',
        sortValue: ({ rows }) => rows,
        render: ({ rows }) => (rows === null ? '—' : number(rows, language)),
      },
      {
        key: 'rejects',
        title: t({ pt: 'De lado', en: 'Set aside' }),
        align: 'right',
        sortValue: ({ rejects }) => rejects,
        render: ({ rejects }) =>
          rejects === 0 ? (
            '0'
          ) : (
            <span className="chip chip-caution">{number(rejects, language)}</span>
          ),
      },
      {
        key: 'newest',
        title: t({ pt: 'Dados até', en: 'Data until' }),
        wide: true,
        sortValue: ({ newest }) => newest,
        render: ({ newest }) => (newest ? date(newest, language) : '—'),
      },
      {
        key: 'fresh',
        title: t({ pt: 'Situação', en: 'State' }),
        wide: true,
        render: ({ fresh, rows }) => <Fresh fresh={fresh} read={rows !== null} />,
      },
      {
        key: 'ingested',
        title: t({ pt: 'Lida em', en: 'Read on' }),
        wide: true,
        sortValue: ({ ingestedAt }) => ingestedAt,
        render: ({ ingestedAt }) => (ingestedAt ? date(ingestedAt, language) : '—'),
      },
      {
        key: 'columns',
        title: t({ pt: 'Colunas', en: 'Columns' }),
        wide: true,
        align: 'right',
        render: ({ columns: own }) => own.length,
      },
    ],
    [t, language],
  );
}

function Fresh({ fresh, read }: { fresh: boolean | null; read: boolean }) {
  const { t } = useLanguage();
  if (!read)
    return (
      <span className="nowrap">
        <i className="dot dot-none" />
        {t({ pt: 'ainda não lida', en: 'not read yet' })}
      </span>
    );
  if (fresh === null)
    return <span className="soft">{t({ pt: 'sem prazo', en: 'no deadline' })}</span>;
  return (
    <span className="nowrap">
      <i className={`dot ${fresh ? 'dot-good' : 'dot-caution'}`} />
      {fresh ? t({ pt: 'em dia', en: 'in date' }) : t({ pt: 'atrasada', en: 'late' })}
    </span>
  );
}
