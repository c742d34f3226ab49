import type { Audience, AudiencesAnswer, ModelAnswer, Segment } from '@tino/system/contract';
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { addressOf, send } from '../../api.js';
import { money, number } from '../../format.js';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { useGet } from '../../use-get.js';
import { capital, nounOf } from '../kinds/labels.js';
import { AudienceDialog } from './audience-dialog.js';
import { ruleWords } from './rule-words.js';

interface AudiencesProps {
  model: ModelAnswer;
  segments: readonly Segment[];
  onOpen(id: string): void;
}

/** Groups by rule: who belongs is read from the last scoring, so a list is never old. */
export function Audiences({ model, segments, onOpen }: AudiencesProps) {
  const { t } = useLanguage();
  const path = `/v1/models/${model.name}/audiences`;
  const { data } = useGet<AudiencesAnswer>(path);
  const [making, setMaking] = useState(false);
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: [path] });
  const columns = useColumns({ model, segments, onOpen }, async (id) => {
    await send('DELETE', `${path}/${encodeURIComponent(id)}`);
    await refresh();
  });
  const items = data?.items ?? [];
  return (
    <section>
      <div className="section-head">
        <h2 className="section-title">{t({ pt: 'Públicos', en: 'Audiences' })}</h2>
        <Button onClick={() => setMaking(true)}>
          {t({ pt: 'Novo público', en: 'New audience' })}
        </Button>
      </div>
      {items.length === 0 ? (
        <p className="figure-note">
          {t({
            pt: 'Guarde uma regra, como "os 500 de maior valor de dois grupos", e exporte a lista sempre atual.',
            en: 'Save a rule, such as "the 500 of most value in two groups", and export a list that is never old.',
          })}
        </p>
      ) : (
        <DataTable
          columns={columns}
          rows={items}
          rowKey={({ id }) => id}
          caption={t({ pt: 'Públicos', en: 'Audiences' })}
        />
      )}
      {making && (
        <AudienceDialog
          model={model}
          segments={segments}
          columns={data?.columns ?? []}
          onClose={() => setMaking(false)}
          onSaved={() => setMaking(false)}
        />
      )}
    </section>
  );
}

function useColumns(
  { model, segments, onOpen }: AudiencesProps,
  remove: (id: string) => Promise<void>,
): Column<Audience>[] {
  const { language, t } = useLanguage();
  const list = (id: string, format: string) =>
    addressOf(`/v1/models/${model.name}/audiences/${encodeURIComponent(id)}/members`, { format });
  return [
    {
      key: 'name',
      title: t({ pt: 'Público', en: 'Audience' }),
      render: ({ id, name, rule, missing }) => (
        <>
          <button type="button" className="under link name" onClick={() => onOpen(id)}>
            {name}
          </button>
          <span className="name-note">{ruleWords(rule, model, segments, language)}</span>
          {missing.length > 0 && (
            <span className="name-note tone-bad">
              {t({ pt: 'já não há ', en: 'there is no more ' })}
              {missing.join(', ')}
            </span>
          )}
        </>
      ),
      sortValue: ({ name }) => name,
    },
    {
      key: 'size',
      title: capital(nounOf(model, 2, language)),
      align: 'right',
      render: ({ size }) => number(size, language),
      sortValue: ({ size }) => size,
    },
    {
      key: 'money',
      title: t({ pt: 'Valor', en: 'Value' }),
      align: 'right',
      wide: true,
      render: (one) => (one.money === null ? '—' : money(one.money, language)),
      sortValue: (one) => one.money,
    },
    {
      key: 'verbs',
      title: <span className="hidden">{t({ pt: 'Ações', en: 'Verbs' })}</span>,
      align: 'right',
      render: ({ id, name }) => (
        <span className="row">
          <a className="under link" href={list(id, 'csv')} download>
            CSV
          </a>
          <a className="under link" href={list(id, 'parquet')} download>
            Parquet
          </a>
          <DeleteAudience name={name} onDelete={() => remove(id)} />
        </span>
      ),
    },
  ];
}

/** Asked twice: whoever sends to this audience would miss it. */
function DeleteAudience({ name, onDelete }: { name: string; onDelete(): Promise<void> }) {
  const { t } = useLanguage();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button
        look="quiet"
        aria-label={t({ pt: `Apagar ${name}`, en: `Delete ${name}` })}
        onClick={() => setAsking(true)}
      >
        {t({ pt: 'Apagar', en: 'Delete' })}
      </Button>
      {asking && (
        <Dialog
          title={t({ pt: `Apagar o público “${name}”?`, en: `Delete the audience “${name}”?` })}
          open
          onClose={() => setAsking(false)}
        >
          <p>
            {t({
              pt: 'A regra some para todos; ninguém da lista é apagado.',
              en: 'The rule is gone for all; nobody on the list is deleted.',
            })}
          </p>
          <div className="row dialog-verbs">
            <Button onClick={() => setAsking(false)}>{t({ pt: 'Cancelar', en: 'Cancel' })}</Button>
            <Button look="main" onClick={() => void onDelete()}>
              {t({ pt: 'Apagar', en: 'Delete' })}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
