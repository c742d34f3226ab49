import type { Forecast, ForecastAnswer, ModelAnswer } from '@tino/system/contract';
import { useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { IntervalBand } from '../../charts/interval-band.js';
import { Sparkline } from '../../charts/sparkline.js';
import { money, share, valueOf } from '../../format.js';
import { useLanguage } from '../../language.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Predicted } from '../../parts/predicted.js';
import { bandOf } from '../kinds/band.js';
import { Change } from '../kinds/change.js';
import { keyPath } from './level.js';

interface MemberTableProps {
  model: ModelAnswer;
  answer: ForecastAnswer;
  level: string | undefined;
  name: string;
}

const NOTABLE = 0.02;
const YEAR = 52;

/** A row per member, the worst difference from last year first; a row opens its page. */
export function MemberTable({ model, answer, level, name }: MemberTableProps) {
  const [, navigate] = useLocation();
  const search = useSearch();
  const { language } = useLanguage();
  const rows = useMemo(() => worstFirst(answer.members, model), [answer, model]);
  const columns = useColumns(model, rows, name);
  return (
    <DataTable
      columns={columns}
      rows={rows}
      rowKey={({ key }) => keyPath(key)}
      caption={language === 'pt' ? `Previsão por ${name}` : `Forecast by ${name}`}
      onOpen={({ key }) =>
        navigate(`/m/${model.name}/${level ?? ''}/${keyPath(key)}${search && `?${search}`}`)
      }
    />
  );
}

export const differenceOf = ({ total, lastYear }: Forecast): number | null =>
  lastYear === null ? null : total.value - lastYear;

export function worstFirst(members: readonly Forecast[], { page }: ModelAnswer): Forecast[] {
  const sign = page.worse === 'high' ? -1 : 1;
  return members.toSorted(
    (a, b) =>
      sign * ((differenceOf(a) ?? Infinity * sign) - (differenceOf(b) ?? Infinity * sign)) || 0,
  );
}

function useColumns(model: ModelAnswer, rows: Forecast[], name: string): Column<Forecast>[] {
  const { language, t } = useLanguage();
  const { unit, worse } = model.page;
  const range = useMemo(() => sharedRange(rows), [rows]);
  const write = (value: number | null) => (value === null ? '—' : valueOf(value, unit, language));
  const short = (value: number) =>
    unit === 'money'
      ? money(value, language, { sign: true })
      : `${value > 0 ? '+' : ''}${valueOf(value, unit, language)}`;
  return [
    {
      key: 'name',
      title: name,
      render: (row) => <span className="name">{row.name}</span>,
      sortValue: (row) => row.name,
    },
    {
      key: 'line',
      title: t({ pt: `${YEAR} + ${model.horizon}`, en: `${YEAR} + ${model.horizon}` }),
      wide: true,
      render: ({ history, points }) => (
        <Sparkline
          values={history.slice(-YEAR).map(({ value }) => value)}
          predicted={points.map(({ value }) => value)}
        />
      ),
    },
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
}

/** The interval as a change from last year, where there is one. */
function bandChange(row: Forecast): { lower: number; upper: number; value: number } | null {
  const band = bandOf(row.total.intervals);
  const { lastYear } = row;
  if (!band || lastYear === null || lastYear <= 0) return null;
  const from = (value: number) => value / lastYear - 1;
  return { lower: from(band.lower), upper: from(band.upper), value: from(row.total.value) };
}

function sharedRange(rows: Forecast[]): [number, number] {
  const ends = rows.flatMap((row) => {
    const band = bandChange(row);
    return band ? [band.lower, band.upper] : [];
  });
  return [Math.max(-0.6, Math.min(-0.05, ...ends)), Math.min(0.6, Math.max(0.05, ...ends))];
}

function BandTitle({ range: [from, to] }: { range: [number, number] }) {
  const { language, t } = useLanguage();
  const zero = (0 - from) / (to - from);
  return (
    <span className="band-title">
      <span>{zero > 0.42 && share(from, language, { sign: true })}</span>
      <span className="band-title-zero" style={{ left: `${zero * 100}%` }}>
        {t({ pt: 'igual', en: 'equal' })}
      </span>
      <span>{zero < 0.62 && share(to, language, { sign: true })}</span>
    </span>
  );
}

function RowBand({ row, range: [from, to] }: { row: Forecast; range: [number, number] }) {
  const { language, t } = useLanguage();
  const band = bandChange(row);
  if (!band) return '—';
  const [low, high] = [band.lower, band.upper].map((end) => share(end, language, { sign: true }));
  return (
    <IntervalBand
      from={from}
      to={to}
      {...band}
      mark={0}
      label={t({ pt: `entre ${low} e ${high}`, en: `between ${low} and ${high}` })}
    />
  );
}
