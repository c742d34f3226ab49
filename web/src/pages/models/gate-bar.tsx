import type { Verdict } from '@tino/system/contract';
import { scaleLinear } from 'd3-scale';
import { useWidth } from '../../charts/use-width.js';
import { useLanguage } from '../../language.js';
import { metricDifference, metricValue } from '../../metrics.js';

const PIGMENTS = {
  PROMOTE: 'var(--gain)',
  HOLD: 'var(--caution)',
  REJECT: 'var(--attention)',
};

/** Challenger minus champion with its 95% interval; right of the dotted rule is worth the change. */
export function GateBar({ verdict }: { verdict: Verdict }) {
  const { language } = useLanguage();
  const [box, width] = useWidth();
  const { difference, lower, upper, minGain, metric } = verdict;
  const middle = difference ?? 0;
  const [from, to] = [lower ?? middle, upper ?? middle];
  const span = Math.max(Math.abs(from), Math.abs(to), minGain) * 1.15 || 1;
  const x = scaleLinear([-span, span], [8, Math.max(9, width - 8)]);
  const pigment = PIGMENTS[verdict.verdict];
  return (
    <div ref={box} className="gate-bar" aria-hidden="true">
      {width > 0 && (
        <svg width={width} height="44">
          <rect
            x={x(minGain)}
            y="6"
            width={x(span) - x(minGain)}
            height="14"
            rx="2"
            fill="var(--gain-wash)"
          />
          <line
            x1={x(minGain)}
            x2={x(minGain)}
            y1="2"
            y2="24"
            stroke="var(--gain)"
            strokeDasharray="2 2"
          />
          <rect
            x={x(from)}
            y="9"
            width={Math.max(2, x(to) - x(from))}
            height="8"
            rx="2"
            fill={pigment}
            opacity=".35"
          />
          <rect x={x(middle) - 1.5} y="4" width="3" height="18" fill={pigment} />
          <line x1={x(0)} x2={x(0)} y1="2" y2="24" stroke="var(--ink-3)" />
          {x.ticks(Math.max(3, Math.round(width / 130))).map((tick) => (
            <text key={tick} x={x(tick)} y="39" textAnchor="middle">
              {metricDifference(metric, tick, language)}
            </text>
          ))}
        </svg>
      )}
    </div>
  );
}

/** A first version has nobody to beat but the baseline: two marks on one scale. */
export function BaselineBar({ verdict }: { verdict: Verdict }) {
  const { language, t } = useLanguage();
  const [box, width] = useWidth();
  const { baseline, challenger, metric, better } = verdict;
  const high = Math.max(baseline, challenger, better === 'higher' ? 1 : 0) * 1.02;
  const x = scaleLinear(
    [Math.min(0, baseline, challenger), high || 1],
    [8, Math.max(9, width - 8)],
  );
  const near = Math.abs(x(baseline) - x(challenger)) < 110;
  const label = (value: number) => metricValue(metric, value, language);
  const anchor = (at: number) => (at > width - 90 ? 'end' : at < 90 ? 'start' : 'middle');
  return (
    <div ref={box} className="gate-bar" aria-hidden="true">
      {width > 0 && (
        <svg width={width} height={near ? 56 : 42}>
          <line
            x1={x(baseline)}
            x2={x(challenger)}
            y1="13"
            y2="13"
            stroke="var(--gain)"
            strokeWidth="8"
            opacity=".3"
          />
          <rect x={x(baseline) - 1} y="4" width="2" height="18" fill="var(--ink-3)" />
          <rect
            x={x(challenger) - 1.5}
            y="4"
            width="3"
            height="18"
            fill={PIGMENTS[verdict.verdict]}
          />
          <text x={x(baseline)} y={near ? 52 : 37} textAnchor={anchor(x(baseline))}>
            {t({ pt: 'referência', en: 'baseline' })} {label(baseline)}
          </text>
          <text x={x(challenger)} y="37" textAnchor={anchor(x(challenger))} className="strong">
            {t({ pt: 'versão', en: 'version' })} {label(challenger)}
          </text>
        </svg>
      )}
    </div>
  );
}
