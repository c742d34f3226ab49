import type { Forecast, ModelAnswer } from '@tino/system/contract';
import { useMemo } from 'react';
import { Sparkline } from '../../charts/sparkline.js';
import { money, share, valueOf } from '../../format.js';
import { useLanguage } from '../../language.js';
import type { Column } from '../../parts/data-table.js';
import { Predicted } from '../../parts/predicted.js';
import { Change } from '../kinds/change.js';
import { BandTitle, RowBand, sharedRange } from './member-band.js';
import { differenceOf } from './worst-first.js';

const NOTABLE = 0.02;
const YEAR = 52;

type Words = ReturnType<typeof useLanguage>;

/** Name and line, amounts, difference, and how sure. */
export function useMemberColumns(
  model: ModelAnswer,
  rows: Forecast[],
  name: string,
): Column<Forecast>[] {
  const words = useLanguage();
  const range = useMemo(() => sharedRange(rows), [rows]);
  return [
    {
      key: 'name',
      title: name,
      render: (row) => <span className="name">{row.name}</span>,
      sortValue: (row) => row.name,
    },
    {
      key: 'line',
      title: `${YEAR} + ${model.horizon}`,
      wide: true,
      render: ({ history, points }) => (
        <Sparkline
          values={history.slice(-YEAR).map(({ value }) => value)}
          predicted={points.map(({ value }) => value)}
        />
      ),
    },
    ...amountColumns(model, words),
    ...differenceColumns(model, words),
    ...sureColumns(range, words),
  ];
}

function amountColumns(
  { page: { unit } }: ModelAnswer,
  { language, t }: Words,
): Column<Forecast>[] {
  const write = (value: number | null) => (value === null ? '—' : valueOf(value, unit, language));
  return [
    {
      key: 'last',
      title: t({ pt: 'Ano passado', en: 'Last year' }),
      align: 'right',
      wide: true,
      render: (row) => write(row.lastYear),
      sortValue: (row) => row.lastYear,
    },
    {
      key: 'next',
      title: t({ pt: 'Previsto', en: 'Predicted' }),
      align: 'right',
      render: (row) => (
        <strong>
          <Predicted>{write(row.total.value)}</Predicted>
        </strong>
      ),
      sortValue: (row) => row.total.value,
    },
  ];
}

function differenceColumns(
  { page: { unit, worse } }: ModelAnswer,
  { language, t }: Words,
): Column<Forecast>[] {
  const short = (value: number) =>
    unit === 'money'
      ? money(value, language, { sign: true })
      : `${value > 0 ? '+' : ''}${valueOf(value, unit, language)}`;
  return [
    {
      key: 'difference',
      title: t({ pt: 'Diferença', en: 'Difference' }),
      align: 'right',
      wide: true,
      render: (row) => {
        const difference = differenceOf(row);
        return difference === null ? (
          '—'
        ) : (
          <strong>
            <Change value={difference} worse={Math.abs(row.change ?? 0) < NOTABLE ? 'none' : worse}>
              {short(difference)}
            </Change>
          </strong>
        );
      },
      sortValue: differenceOf,
    },
    {
      key: 'change',
      title: t({ pt: 'em %', en: 'in %' }),
      align: 'right',
      render: ({ change }) =>
        change === null ? (
          '—'
        ) : (
          <Change value={change} worse={worse} least={NOTABLE}>
            {share(change, language, { sign: true })}
          </Change>
        ),
      sortValue: ({ change }) => change,
    },
  ];
}

const sureColumns = (range: [number, number], { language, t }: Words): Column<Forecast>[] => [
  {
    key: 'band',
    title: <BandTitle range={range} />,
    wide: true,
    render: (row) => <RowBand row={row} range={range} />,
  },
  {
    key: 'error',
    title: t({ pt: 'Erro típico', en: 'Typical error' }),
    align: 'right',
    wide: true,
    render: ({ typicalError }) => (typicalError === null ? '—' : share(typicalError, language)),
    sortValue: ({ typicalError }) => typicalError,
  },
];
