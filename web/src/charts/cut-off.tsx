import { day } from '../format.js';
import { useLanguage } from '../language.js';
import type { Area } from './plot.js';

/** The vertical rule between what was measured and what is predicted. */
export function CutOff({ area, x, date }: { area: Area; x: number; date: string | null }) {
  const { language, t } = useLanguage();
  return (
    <g className="cut-off">
      <line x1={x} x2={x} y1={date === null ? area.top : area.top - 10} y2={area.bottom} />
      {date !== null && (
        <text x={x - 6} y={area.top - 12} textAnchor={x > 110 ? 'end' : 'start'}>
          {t({ pt: 'dados até', en: 'data until' })} {day(date, language)}
        </text>
      )}
    </g>
  );
}
