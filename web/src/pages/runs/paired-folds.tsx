import type { Run } from '@tino/system/contract';
import { scaleLinear } from 'd3-scale';
import { useLanguage } from '../../language.js';
import { metricName, metricValue } from '../../metrics.js';

type Candidate = Run['leaderboard'][number];
const WIDTH = 320;
const HEIGHT = 190;
const LEFT = 52;
const BOTTOM = 166;

/** Each fold's pair joined: the line is urucum where B is worse. */
export function PairedFolds({ run, a, b }: { run: Run; a: Candidate; b: Candidate }) {
  const { t, language } = useLanguage();
  const folds = Math.min(a.folds.length, b.folds.length);
  const values = [...a.folds.slice(0, folds), ...b.folds.slice(0, folds)];
  if (values.length === 0) return null;
  const y = scaleLinear([Math.min(...values), Math.max(...values)], [BOTTOM - 12, 14]).nice(4);
  const x = (fold: number) => LEFT + ((WIDTH - LEFT - 24) * (fold + 0.5)) / folds;
  const worse = (fold: number) =>
    run.better === 'lower' ? b.folds[fold]! > a.folds[fold]! : b.folds[fold]! < a.folds[fold]!;
  const says = t({
    pt: `${metricName(run.metric, 'pt')} de A e B em cada divisão`,
    en: `${metricName(run.metric, 'en')} of A and B in each fold`,
  });
  return (
    <svg className="paired" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={says}>
      {y.ticks(4).map((tick) => (
        <g key={tick}>
          <line x1={LEFT} x2={WIDTH} y1={y(tick)} y2={y(tick)} stroke="var(--line)" />
          <text x={LEFT - 8} y={y(tick) + 4} textAnchor="end">
            {metricValue(run.metric, tick, language)}
          </text>
        </g>
      ))}
      {Array.from({ length: folds }, (_, fold) => (
        <g key={fold}>
          <line
            x1={x(fold)}
            x2={x(fold)}
            y1={y(a.folds[fold]!)}
            y2={y(b.folds[fold]!)}
            stroke={worse(fold) ? 'var(--attention)' : 'var(--gain)'}
            strokeWidth="1.5"
          />
          <circle cx={x(fold)} cy={y(a.folds[fold]!)} r="5" fill="var(--category-1)" />
          <circle
            cx={x(fold)}
            cy={y(b.folds[fold]!)}
            r="4.5"
            fill="var(--sunken)"
            stroke="var(--category-3)"
            strokeWidth="2"
          />
          <text x={x(fold)} y={HEIGHT - 8} textAnchor="middle">
            {fold + 1}
          </text>
        </g>
      ))}
      <text x={x(folds - 1) + 12} y={y(a.folds[folds - 1]!) + 4} className="letter-A">
        A
      </text>
      <text
        x={x(folds - 1) + 12}
        y={y(b.folds[folds - 1]!) + (worse(folds - 1) ? -2 : 10)}
        className="letter-B"
      >
        B
      </text>
    </svg>
  );
}
