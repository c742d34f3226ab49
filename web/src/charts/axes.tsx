import type { Area } from './plot.js';

interface ValueAxisProps {
  area: Area;
  ticks: number[];
  y: (value: number) => number;
  write: (value: number) => string;
}

/** Hairlines across and their values at the left. */
export function ValueAxis({ area, ticks, y, write }: ValueAxisProps) {
  return (
    <g className="axis" aria-hidden="true">
      {ticks.map((tick) => (
        <g key={tick} transform={`translate(0 ${y(tick)})`}>
          <line className="grid" x1={area.left} x2={area.right} />
          <text x={area.left - 8} dy="0.32em" textAnchor="end">
            {write(tick)}
          </text>
        </g>
      ))}
    </g>
  );
}

interface BottomAxisProps {
  area: Area;
  ticks: { at: number; text: string }[];
  marks?: boolean;
}

/** Labels under the figure; the outer ones stay inside it. */
export function BottomAxis({ area, ticks, marks = true }: BottomAxisProps) {
  return (
    <g className="axis" aria-hidden="true" transform={`translate(0 ${area.bottom})`}>
      {ticks.map(({ at, text }) => (
        <g key={`${at} ${text}`} transform={`translate(${at} 0)`}>
          {marks && <line className="mark" y2={4} />}
          <text y={18} textAnchor={anchorAt(at, area)}>
            {text}
          </text>
        </g>
      ))}
    </g>
  );
}

function anchorAt(at: number, area: Area): 'start' | 'middle' | 'end' {
  if (at > area.width - 14) return 'end';
  return at < 14 ? 'start' : 'middle';
}
