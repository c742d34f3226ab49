import type { Member, ModelAnswer, Segment } from '@tino/system/contract';
import { useState } from 'react';
import { money, number } from '../../format.js';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Failure } from '../../parts/failure.js';
import { Loading } from '../../parts/loading.js';
import { useGet } from '../../use-get.js';
import { cellOf, keyText } from '../kinds/cell.js';
import { capital, columnLabel, nounOf, unitOf } from '../kinds/labels.js';

interface MembersProps {
  model: ModelAnswer;
  segment: Segment;
  onClose(): void;
}

interface MembersPage {
  items: Member[];
  next: string | null;
  total: number;
}

const PAGE = 200;

/** Members of one segment by pseudonymous key; all of them leave as CSV. */
export function MembersView({ model, segment, onClose }: MembersProps) {
  const { language, t } = useLanguage();
  const [limit, setLimit] = useState(PAGE);
  const path = `/v1/models/${model.name}/segments/${encodeURIComponent(segment.id)}/members`;
  const { data, error } = useGet<MembersPage>(path, { limit });
  const size = segment.size ?? 0;
  return (
    <section>
      <p className="back">
        <button type="button" className="under link" onClick={onClose}>
          ← {t({ pt: 'todos os grupos', en: 'all groups' })}
        </button>
      </p>
      <p className="answer">
        <strong>{segment.name[language]}.</strong> {segment.sentences[0]?.[language]}
      </p>
      <p className="panel-sentence">
        {segment.sentences
          .slice(1)
          .map((one) => one[language])
          .join(' ')}
      </p>
      <div className="section-head">
        <h2 className="section-title">
          {number(size, language)} {nounOf(model, size, language)}
        </h2>
        <span className="row">
          <a className="button button-plain" href={`${path}?format=csv&lang=${language}`} download>
            {t({ pt: 'Exportar CSV', en: 'Export CSV' })}
          </a>
          <a className="button button-plain" href={`${path}?format=parquet`} download>
            Parquet
          </a>
        </span>
      </div>
      {data ? (
        <>
          <DataTable
            columns={columnsOf(model, data.items, language)}
            rows={data.items}
            rowKey={({ key }) => Object.values(key).join('·')}
            caption={segment.name[language]}
          />
          {data.next !== null && limit < 1000 && (
            <Button onClick={() => setLimit(Math.min(1000, limit + PAGE))}>
              {t({ pt: 'Mostrar mais', en: 'Show more' })}
            </Button>
          )}
        </>
      ) : error ? (
        <Failure error={error} />
      ) : (
        <Loading />
      )}
    </section>
  );
}

function columnsOf(model: ModelAnswer, items: Member[], language: 'pt' | 'en'): Column<Member>[] {
  const names = (model.page.columns ?? Object.keys(items[0]?.columns ?? {})).filter(
    (name) => name !== model.page.money,
  );
  const columns: Column<Member>[] = [
    {
      key: 'key',
      title: capital(nounOf(model, 1, language)),
      render: ({ key }) => <span className="name">{keyText(key)}</span>,
      sortValue: ({ key }) => Object.values(key).join('·'),
    },
    ...names.map((name, order): Column<Member> => ({
      key: name,
      title: columnLabel(model, name, language),
      align: 'right',
      wide: order > 0,
      render: ({ columns: values }) => cellOf(values[name], language, unitOf(model, name)),
      sortValue: ({ columns: values }) => {
        const value = values[name];
        return typeof value === 'number' || typeof value === 'string' ? value : null;
      },
    })),
  ];
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
