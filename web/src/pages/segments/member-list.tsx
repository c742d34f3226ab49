import type { AudienceMember, Member, ModelAnswer } from '@tino/system/contract';
import { useState, type ReactNode } from 'react';
import { addressOf, type Params } from '../../api.js';
import { money, number, valueOf } from '../../format.js';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Failure } from '../../parts/failure.js';
import { Loading } from '../../parts/loading.js';
import { useGet } from '../../use-get.js';
import { cellOf, keyText } from '../kinds/cell.js';
import { capital, columnLabel, nounOf, unitOf } from '../kinds/labels.js';
import { EntityFound } from './entity-found.js';

type Listed = Member | AudienceMember;

interface MemberListProps {
  model: ModelAnswer;
  /** Of the API, where the list is asked for by page and as a file. */
  path: string;
  params?: Params;
  caption: string;
  /** Verbs beside the files. */
  verbs?: ReactNode;
  /** Stands in place of the table where nobody is on the list. */
  empty: ReactNode;
}

const PAGE = 200;
/** What one answer of the API holds at most. */
const SHOWN_MAX = 1000;

/** Who is on a list, by pseudonymous key; all of them leave as a file, one by one they open. */
export function MemberList({ model, path, params = {}, caption, verbs, empty }: MemberListProps) {
  const { language, t } = useLanguage();
  const [limit, setLimit] = useState(PAGE);
  const [open, setOpen] = useState<string>();
  const { data, error } = useGet<{ items: Listed[]; next: string | null; total: number }>(path, {
    ...params,
    limit,
  });
  if (error) return <Failure error={error} />;
  if (!data) return <Loading />;
  if (data.total === 0) return empty;
  const file = (format: string) => addressOf(path, { ...params, format });
  return (
    <>
      <div className="section-head">
        <h2 className="section-title">
          {number(data.total, language)} {nounOf(model, data.total, language)}
        </h2>
        <span className="row">
          {verbs}
          <a className="button button-plain" href={file('csv')} download data-export>
            {t({ pt: 'Exportar CSV', en: 'Export CSV' })}
          </a>
          <a className="button button-plain" href={file('parquet')} download>
            Parquet
          </a>
        </span>
      </div>
      <DataTable
        columns={columnsOf(model, data.items, language)}
        rows={data.items}
        rowKey={({ key }) => Object.values(key).join(',')}
        caption={caption}
        onOpen={({ key }) => setOpen(Object.values(key).join(','))}
      />
      {data.next !== null &&
        (limit < SHOWN_MAX ? (
          <Button onClick={() => setLimit(Math.min(SHOWN_MAX, limit + PAGE))}>
            {t({ pt: 'Mostrar mais', en: 'Show more' })}
          </Button>
        ) : (
          <p className="figure-note">
            {t({
              pt: `A página mostra os ${number(SHOWN_MAX, 'pt')} primeiros; o arquivo tem todos.`,
              en: `The page shows the first ${number(SHOWN_MAX, 'en')}; the file has all.`,
            })}
          </p>
        ))}
      {open !== undefined && (
        <EntityFound model={model} id={open} onClose={() => setOpen(undefined)} />
      )}
    </>
  );
}

function columnsOf(
  model: ModelAnswer,
  items: readonly Listed[],
  language: 'pt' | 'en',
): Column<Listed>[] {
  const names = (model.page.columns ?? Object.keys(items[0]?.columns ?? {})).filter(
    (name) => name !== model.page.money,
  );
  const columns: Column<Listed>[] = [
    {
      key: 'key',
      title: capital(nounOf(model, 1, language)),
      render: ({ key }) => <span className="name">{keyText(key)}</span>,
      sortValue: ({ key }) => Object.values(key).join('·'),
    },
    ...names.map((name, order): Column<Listed> => ({
      key: name,
      title: columnLabel(model, name, language),
      align: items.some(({ columns: values }) => typeof values[name] === 'string')
        ? 'left'
        : 'right',
      wide: order > 0,
      render: ({ columns: values }) => cellOf(values[name], language, unitOf(model, name)),
      sortValue: ({ columns: values }) => {
        const value = values[name];
        return typeof value === 'number' || typeof value === 'string' ? value : null;
      },
    })),
  ];
  if (model.task !== 'segment')
    columns.push({
      key: 'value',
      title: model.page.tab?.[language] ?? model.page.title[language],
      align: 'right',
      render: (row) =>
        'value' in row && row.value !== null ? valueOf(row.value, model.page.unit, language) : '—',
      sortValue: (row) => ('value' in row ? row.value : null),
    });
  if (model.page.money !== undefined)
    columns.push({
      key: 'money',
      title: columnLabel(model, model.page.money, language),
      align: 'right',
      render: (row) => (row.money === null ? '—' : money(row.money, language)),
      sortValue: (row) => row.money,
    });
  return columns;
}
