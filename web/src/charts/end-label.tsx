import type { ModelAnswer } from '@tino/system/contract';
import { valueOf } from '../format.js';
import { useLanguage } from '../language.js';
import type { Series } from './series.js';

interface EndLabelProps {
  series: Series;
  x: (time: number) => number;
  y: (value: number) => number;
  unit: ModelAnswer['page']['unit'];
}

/** The last predicted value and its interval, at the mark. */
export function EndLabel({ series, x, y, unit }: EndLabelProps) {
  const { language, t } = useLanguage();
  const last = series.points.at(-1);
  if (!last) return null;
  const band = last.bands.at(-1);
  const write = (value: number) => valueOf(value, unit, language);
  return (
    <g transform={`translate(${x(last.time)} ${y(last.value)})`}>
      <circle className="predicted-dot" r={3.5} />
      <text className="predicted-label" x={8} dy="0.1em">
        ~{write(last.value)}
      </text>
      {band && (
        <text className="band-label" x={8} dy="1.35em">
          {write(band.lower).replace(/^\D+/, '')} {t({ pt: 'a', en: 'to' })}{' '}
          {write(band.upper).replace(/^\D+/, '')}
        </text>
      )}
    </g>
  );
}
