import type { Forecast } from '@tino/system/contract';
import { IntervalBand } from '../../charts/interval-band.js';
import { share } from '../../format.js';
import { useLanguage } from '../../language.js';
import { bandOf } from '../kinds/band.js';

/** The interval as a change from last year, where there is one. */
function bandChange(row: Forecast): { lower: number; upper: number; value: number } | null {
  const band = bandOf(row.total.intervals);
  const { lastYear } = row;
  if (!band || lastYear === null || lastYear <= 0) return null;
  const from = (value: number) => value / lastYear - 1;
  return { lower: from(band.lower), upper: from(band.upper), value: from(row.total.value) };
}

/** One scale for all rows: the widest intervals, cut at sixty per cent. */
export function sharedRange(rows: Forecast[]): [number, number] {
  const ends = rows.flatMap((row) => {
    const band = bandChange(row);
    return band ? [band.lower, band.upper] : [];
  });
  return [Math.max(-0.6, Math.min(-0.05, ...ends)), Math.min(0.6, Math.max(0.05, ...ends))];
}

/** The ends of the scale and where "equal" is. */
export function BandTitle({ range: [from, to] }: { range: [number, number] }) {
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

/** A row's interval on the shared scale. */
export function RowBand({ row, range: [from, to] }: { row: Forecast; range: [number, number] }) {
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
