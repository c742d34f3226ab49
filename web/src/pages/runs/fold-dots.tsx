import type { Run } from '@tino/system/contract';
import { median } from 'd3-array';
import { scaleLinear, type ScaleLinear } from 'd3-scale';
import { useLanguage } from '../../language.js';
import { metricValue } from '../../metrics.js';

const WIDTH = 380;
const EDGE = 24;

/** One scale for every row, wide enough for most; what falls outside is written at the edge. */
export function foldScale(rows: Run['leaderboard'], run: Run): ScaleLinear<number, number> {
  const means = rows.map(({ metrics }) => metrics[run.metric]).filter((mean) => mean !== undefined);
  const folds = rows.flatMap((row) => row.folds);
  if (means.length === 0) return scaleLinear([0, 1], [EDGE, WIDTH - EDGE]);
  const best = run.better === 'lower' ? Math.min(...means) : Math.max(...means);
  const reach = Math.max(Math.abs((median(means) ?? best) - best) * 4, Math.abs(best) * 0.05);
  const near = folds.filter((fold) => Math.abs(fold - best) <= reach * 2);
  const low = Math.max(Math.min(...near, best), best - reach * 2);
  const high = Math.min(Math.max(...near, best), best + reach * 2);
  return scaleLinear([low, high === low ? low + 1 : high], [EDGE, WIDTH - EDGE]).nice(4);
}

interface FoldDotsProps {
  folds: number[];
  mean: number | undefined;
  scale: ScaleLinear<number, number>;
  run: Run;
}

/** A dot per fold, a bar for the mean; off the scale as `33% →`. */
export function FoldDots({ folds, mean, scale, run }: FoldDotsProps) {
  const { language } = useLanguage();
  const [low = 0, high = 1] = scale.domain();
  const inside = folds.filter((fold) => fold >= low && fold <= high);
  const above = folds.filter((fold) => fold > high);
  const below = folds.filter((fold) => fold < low);
  const write = (value: number) => metricValue(run.metric, value, language);
  const clamp = (value: number) => scale(Math.min(high, Math.max(low, value)));
  return (
    <svg
      className="fold-dots"
      viewBox={`0 0 ${WIDTH} 28`}
      role="img"
      aria-label={folds.map(write).join(' · ')}
    >
      {scale.ticks(4).map((tick) => (
        <line
          key={tick}
          x1={scale(tick)}
          x2={scale(tick)}
          y1="0"
          y2="28"
          stroke="var(--chart-grid)"
        />
      ))}
      {folds.length > 0 && (
        <line
          x1={clamp(Math.min(...folds))}
          x2={clamp(Math.max(...folds))}
          y1="14"
          y2="14"
          stroke="var(--line-strong)"
        />
      )}
      {inside.map((fold, at) => (
        <circle key={at} cx={scale(fold)} cy="14" r="3" fill="var(--ink-3)" opacity=".6" />
      ))}
      {mean !== undefined && mean >= low && mean <= high && (
        <rect x={scale(mean) - 1.5} y="6" width="3" height="16" fill="var(--ink)" />
      )}
      {above.length > 0 && (
        <text x={WIDTH - EDGE} y="11" textAnchor="end" className="off-scale">
          {write(Math.max(...above))} →
        </text>
      )}
      {below.length > 0 && (
        <text x={EDGE} y="11" className="off-scale">
          ← {write(Math.min(...below))}
        </text>
      )}
    </svg>
  );
}

/** The marks of the shared scale, in the head of the column. */
export function FoldAxis({ scale, run }: { scale: ScaleLinear<number, number>; run: Run }) {
  const { language, t } = useLanguage();
  const better =
    run.better === 'lower'
      ? t({ pt: '← melhor', en: '← better' })
      : t({ pt: 'melhor →', en: 'better →' });
  return (
    <svg className="fold-dots" viewBox={`0 0 ${WIDTH} 28`} role="img" aria-label={better}>
      {scale.ticks(4).map((tick) => (
        <text key={tick} x={scale(tick)} y="25" textAnchor="middle" className="off-scale">
          {metricValue(run.metric, tick, language)}
        </text>
      ))}
      <text
        x={run.better === 'lower' ? EDGE : WIDTH - EDGE}
        y="11"
        textAnchor={run.better === 'lower' ? 'start' : 'end'}
        className="off-scale"
      >
        {better}
      </text>
    </svg>
  );
}
