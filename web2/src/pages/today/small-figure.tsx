import type { Today } from '@tino/system/contract';
import { Sparkline } from '../../charts/sparkline.js';
import { money, share } from '../../format.js';
import { useLanguage } from '../../language.js';

const WIDTH = 190;
const BASE = 26;

/** A line with its forecast, a range with its middle, or how probabilities are spread. */
export function SmallFigure({ item }: { item: Today['items'][number] }) {
  const { kind, values, predicted } = item.figure;
  if (kind === 'none' || values.length === 0) return <div className="small-figure" />;
  return (
    <div className="small-figure">
      {kind === 'line' && <Sparkline values={values} predicted={predicted} />}
      {kind === 'range' && <Range values={values} middle={predicted[0]} />}
      {kind === 'histogram' && <Histogram counts={values} />}
    </div>
  );
}

/** From zero to the upper end of the interval: the band in its tint, the middle as a mark. */
function Range({ values, middle }: { values: number[]; middle: number | undefined }) {
  const { language, t } = useLanguage();
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const x = (value: number) => 4 + ((WIDTH - 8) * (value - low)) / (high - low || 1);
  const from = Math.min(...values);
  const to = Math.max(...values);
  const ends = `${money(from, language)} ${t({ pt: 'a', en: 'to' })} ${money(to, language)}`;
  return (
    <svg className="small-svg" viewBox={`0 0 ${WIDTH} 38`} role="img" aria-label={ends}>
      <line x1={x(0)} x2={x(0)} y1="2" y2="20" stroke="var(--ink-3)" />
      <line x1="0" x2={WIDTH} y1="11" y2="11" stroke="var(--line)" />
      <rect x={x(from)} y="6" width={x(to) - x(from)} height="10" rx="2" fill="var(--band-80)" />
      {middle !== undefined && (
        <rect x={x(middle) - 1.5} y="3" width="3" height="16" fill="var(--predicted)" />
      )}
      <text x={x(to)} y="33" textAnchor="end">
        {ends}
      </text>
    </svg>
  );
}

/** Twentieths of probability; the upper half, where somebody has to act, in anil. */
function Histogram({ counts }: { counts: number[] }) {
  const { language, t } = useLanguage();
  const most = Math.max(...counts);
  const step = WIDTH / counts.length;
  // Square root: the many that are safe would hide the few that matter.
  const height = (count: number) => (most === 0 ? 0 : (22 * Math.sqrt(count)) / Math.sqrt(most));
  const says = t({
    pt: `${counts.reduce((sum, count) => sum + count, 0)} casos por probabilidade`,
    en: `${counts.reduce((sum, count) => sum + count, 0)} cases by probability`,
  });
  return (
    <svg className="small-svg" viewBox={`0 0 ${WIDTH} 38`} role="img" aria-label={says}>
      {counts.map((count, at) => (
        <rect
          key={at}
          x={at * step + 0.75}
          y={BASE - height(count)}
          width={step - 1.5}
          height={height(count)}
          fill={at >= counts.length / 2 ? 'var(--predicted)' : 'var(--category-rest)'}
        />
      ))}
      <line x1="0" x2={WIDTH} y1={BASE} y2={BASE} stroke="var(--line-strong)" />
      <text x="0" y="37">
        {share(0, language)}
      </text>
      <text x={WIDTH / 2} y="37" textAnchor="middle">
        {share(0.5, language)}
      </text>
      <text x={WIDTH} y="37" textAnchor="end">
        {share(1, language)}
      </text>
    </svg>
  );
}
