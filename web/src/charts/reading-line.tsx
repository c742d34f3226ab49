import type { ModelAnswer } from '@tino/system/contract';
import { date, valueOf } from '../format.js';
import { useLanguage } from '../language.js';
import type { Area } from './plot.js';
import type { Series } from './series.js';

interface ReadingLineProps {
  area: Area;
  series: Series;
  x: (time: number) => number;
  y: (value: number) => number;
  unit: ModelAnswer['page']['unit'];
  at: number | null;
  setAt(at: number | null): void;
}

/** The value under the pointer, or where ←/→ have moved; announced as it moves. */
export function ReadingLine({ area, series, x, y, unit, at, setAt }: ReadingLineProps) {
  const { language } = useLanguage();
  const steps = [...series.history, ...series.points];
  const step = at === null ? undefined : steps[at];
  const nearest = (pixel: number) =>
    steps.reduce(
      (best, { time }, index) =>
        Math.abs(x(time) - pixel) < Math.abs(x(steps[best]!.time) - pixel) ? index : best,
      0,
    );
  const text =
    step && [date(step.at, language), readingOf(step, unit, language)].filter(Boolean).join(' · ');
  return (
    <>
      <rect
        className="reading-field"
        x={area.left}
        y={area.top}
        width={Math.max(0, area.right - area.left)}
        height={area.bottom - area.top}
        onPointerMove={(event) =>
          setAt(
            nearest(
              event.clientX - event.currentTarget.ownerSVGElement!.getBoundingClientRect().left,
            ),
          )
        }
        onPointerLeave={() => setAt(null)}
      />
      {step && (
        <g className="reading">
          <line x1={x(step.time)} x2={x(step.time)} y1={area.top} y2={area.bottom} />
          {step.value !== null && <circle cx={x(step.time)} cy={y(step.value)} r={3.5} />}
          <text
            x={Math.min(Math.max(x(step.time), area.left + 80), area.width - 90)}
            y={12}
            textAnchor="middle"
            aria-live="polite"
          >
            {text}
          </text>
        </g>
      )}
    </>
  );
}

function readingOf(
  step: Series['history'][number] | Series['points'][number],
  unit: ModelAnswer['page']['unit'],
  language: 'pt' | 'en',
): string {
  if (step.value === null) return '—';
  const value = valueOf(step.value, unit, language);
  if (!('bands' in step)) return value;
  const band = step.bands.at(-1);
  const width = band
    ? ` (${valueOf(band.lower, unit, language)} – ${valueOf(band.upper, unit, language)})`
    : '';
  return `~${value}${width}`;
}
