import type { Language, ModelAnswer, ScoresAnswer } from '@tino/system/contract';
import { scaleLinear } from 'd3-scale';
import { number, valueOf } from '../format.js';
import { useLanguage } from '../language.js';
import { BottomAxis } from './axes.js';
import type { ChartTable } from './chart-table.js';
import { Plot } from './plot.js';
import { axisScale } from './scales.js';

type Bins = ScoresAnswer['histogram'];
type Unit = ModelAnswer['page']['unit'];

interface HistogramProps {
  bins: Bins;
  unit: Unit;
  /** Bins from here to there are tinted. */
  tinted?: { lower: number; upper: number } | undefined;
  /** The value of the one being looked at. */
  mark?: number | undefined;
  height?: number;
}

/** How many fall where; one value marked among all. */
export function Histogram({ bins, unit, tinted, mark, height = 120 }: HistogramProps) {
  const { language } = useLanguage();
  const first = bins[0];
  const last = bins.at(-1);
  if (!first || !last) return null;
  const most = Math.max(...bins.map(({ count }) => count), 1);
  const scale = axisScale(last.to, unit, language);
  const isTinted = (from: number, to: number) =>
    tinted !== undefined && to > tinted.lower && from < tinted.upper;
  const label = tableOfHistogram(bins, unit, language)
    .rows.map((row) => row.join(': '))
    .join('; ');
  return (
    <Plot height={height} margin={{ top: 6, right: 10, bottom: 24, left: 10 }} label={label}>
      {(area) => {
        const x = scaleLinear([first.from, last.to], [area.left, area.right]);
        const tall = scaleLinear([0, most], [0, area.bottom - area.top]);
        const ticks = x.ticks(Math.max(2, Math.floor(area.width / 80)));
        return (
          <g className="histogram">
            {bins.map(({ from, to, count }) => (
              <rect
                key={from}
                className={isTinted(from, to) ? 'bin tinted' : 'bin'}
                x={x(from)}
                width={Math.max(1, x(to) - x(from) - 1)}
                y={area.bottom - tall(count)}
                height={tall(count)}
              />
            ))}
            <line
              className="ground"
              x1={area.left}
              x2={area.right}
              y1={area.bottom}
              y2={area.bottom}
            />
            {mark !== undefined && (
              <rect
                className="value"
                x={Math.min(area.right, Math.max(area.left, x(mark))) - 1.5}
                width={3}
                y={area.top - 4}
                height={area.bottom - area.top + 8}
              />
            )}
            <BottomAxis
              area={area}
              marks={false}
              ticks={ticks.map((tick) => ({ at: x(tick), text: scale.write(tick) }))}
            />
          </g>
        );
      }}
    </Plot>
  );
}

/** From, to and how many. */
export function tableOfHistogram(bins: Bins, unit: Unit, language: Language): ChartTable {
  return {
    columns: language === 'pt' ? ['Faixa', 'Quantos'] : ['Range', 'How many'],
    rows: bins.map(({ from, to, count }) => [
      `${valueOf(from, unit, language)} – ${valueOf(to, unit, language)}`,
      number(count, language),
    ]),
  };
}
