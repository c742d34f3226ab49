import type { AudiencesAnswer, Comparison, ModelAnswer } from '@tino/system/contract';
import { number } from '../../format.js';
import { useLanguage } from '../../language.js';
import { Answer } from '../../parts/answer.js';
import { BackLink } from '../../parts/back-link.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { Failure } from '../../parts/failure.js';
import { Loading } from '../../parts/loading.js';
import { useGet } from '../../use-get.js';
import { ConditionFilters } from '../conditions/condition-filters.js';
import { paramsOf, useConditions } from '../conditions/use-conditions.js';
import { cellOf } from '../kinds/cell.js';
import { columnLabel, nounOf, unitOf } from '../kinds/labels.js';

type Row = Comparison['rows'][number];

interface CompareProps {
  model: ModelAnswer;
  /** Two or more; the others are compared with the first. */
  ids: readonly string[];
  onClose(): void;
}

/** Segments side by side, what differs most first; the interval says how sure each difference is. */
export function CompareView({ model, ids, onClose }: CompareProps) {
  const { t } = useLanguage();
  const { conditions, setConditions } = useConditions();
  const { data: rules } = useGet<AudiencesAnswer>(`/v1/models/${model.name}/audiences`);
  const { data, error } = useGet<Comparison>(`/v1/models/${model.name}/segments/compare`, {
    segment: [...ids],
    ...paramsOf(conditions),
  });
  return (
    <section>
      <BackLink onBack={onClose}>{t({ pt: 'todos os grupos', en: 'all groups' })}</BackLink>
      {data && <Answer spans={data.sentence} />}
      <ConditionFilters
        model={model}
        columns={rules?.columns ?? []}
        conditions={conditions}
        onChange={setConditions}
      />
      {error ? (
        <Failure error={error} />
      ) : data ? (
        <Sides model={model} found={data} />
      ) : (
        <Loading />
      )}
    </section>
  );
}

function Sides({ model, found }: { model: ModelAnswer; found: Comparison }) {
  const { language, t } = useLanguage();
  const level = Math.round(100 * found.level);
  const first = found.segments[0]!.name[language];
  return (
    <div className="side-by-side">
      <DataTable
        columns={useColumns(model, found)}
        rows={found.rows}
        rowKey={({ column, level: value }) => `${column} ${value ?? ''}`}
        caption={t({ pt: 'Grupos lado a lado', en: 'Groups side by side' })}
      />
      <p className="figure-note">
        {t({
          pt: `Embaixo de cada média, a diferença para “${first}” e a faixa de ${level}% dela; o que mais difere vem antes. Os grupos foram feitos com estas colunas: a faixa diz o tamanho da diferença, não prova que são dois.`,
          en: `Below each mean, how it differs from “${first}” and the ${level}% interval of that; what differs most comes first. The groups were made from these columns: the interval tells the size of the difference, it does not prove that they are two.`,
        })}
      </p>
    </div>
  );
}

function useColumns(model: ModelAnswer, { segments }: Comparison): Column<Row>[] {
  const { language } = useLanguage();
  const written = (row: Row, value: number, signed = false) => {
    const unit = row.level === null ? unitOf(model, row.column) : 'share';
    const text = cellOf(value, language, unit);
    return signed && value > 0 ? `+${text}` : text;
  };
  return [
    {
      key: 'column',
      title: '',
      render: ({ column, level }) => (
        <span className="name">
          {columnLabel(model, column, language)}
          {level !== null && `: ${cellOf(level, language)}`}
        </span>
      ),
      sortValue: ({ column, level }) => `${columnLabel(model, column, language)} ${level ?? ''}`,
    },
    ...segments.map(({ id, name, size, of }, at): Column<Row> => ({
      key: id,
      title: (
        <>
          {name[language]}
          <span className="name-note">
            {number(size, language)}
            {size < of && ` / ${number(of, language)}`} {nounOf(model, of, language)}
          </span>
        </>
      ),
      align: 'right',
      render: (row) => {
        const mean = row.means[at]!.mean;
        const difference = at === 0 ? null : row.differences[at - 1];
        return (
          <>
            {mean === null ? '—' : written(row, mean)}
            {difference && (
              <span className="name-note">
                {written(row, difference.value, true)} ({written(row, difference.lower)}{' '}
                {language === 'pt' ? 'a' : 'to'} {written(row, difference.upper)})
              </span>
            )}
          </>
        );
      },
      sortValue: (row) => row.means[at]!.mean,
    })),
  ];
}
