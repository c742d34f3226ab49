import type { Language, ModelAnswer, Prediction } from '@tino/system/contract';
import { scaleLinear } from 'd3-scale';
import { area as areaShape, line } from 'd3-shape';
import { number, valueOf } from '../format.js';
import { useLanguage } from '../language.js';
import { BottomAxis, ValueAxis } from './axes.js';
import type { ChartTable } from './chart-table.js';
import { Plot, type Area } from './plot.js';
import { axisScale } from './scales.js';

type Unit = ModelAnswer['page']['unit'];

/** The answer at one value of the varied column. */
export interface WhatIfPoint {
  at: number;
  prediction: Pick<Prediction, 'value' | 'intervals'>;
}

interface WhatIfProps {
  points: WhatIfPoint[];
  /** The value in the form; null when unknown. */
  now: number | null;
  unit: Unit;
  name: string;
}

/** How the answer would move with one column, all else equal; the present value is ruled. */
export function WhatIfChart(props: WhatIfProps) {
  const { language } = useLanguage();
  const label = tableOfWhatIf(props.points, props.name, props.unit, language)
    .rows.map((row) => row.slice(0, 2).join(': '))
    .join('; ');
  return (
    <Plot height={180} margin={{ top: 20, right: 12, bottom: 26, left: 44 }} label={label}>
      {(area) => <Drawing {...props} area={area} />}
    </Plot>
  );
}

function Drawing({ points, now, unit, area }: WhatIfProps & { area: Area }) {
  const { language, t } = useLanguage();
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const band = (point: WhatIfPoint) =>
    point.prediction.intervals.toSorted((a, b) => a.level - b.level)[0] ?? {
      lower: point.prediction.value,
      upper: point.prediction.value,
    };
  const ends = points.flatMap((point) => [band(point).lower, band(point).upper]);
  const x = scaleLinear([first.at, last.at], [area.left, area.right]);
  const y = scaleLinear([Math.min(...ends), Math.max(...ends)], [area.bottom, area.top]);
  const shape = areaShape<WhatIfPoint>()
    .x(({ at }) => x(at))
    .y0((point) => y(band(point).lower))
    .y1((point) => y(band(point).upper));
  const middle = line<WhatIfPoint>(
    ({ at }) => x(at),
    ({ prediction }) => y(prediction.value),
  );
  const scale = axisScale(y.domain()[1]!, unit, language);
  const here = now === null ? undefined : nearest(points, now);
  return (
    <g className="what-if">
      <ValueAxis area={area} ticks={y.ticks(4)} y={y} write={scale.write} />
      <BottomAxis
        area={area}
        ticks={x.ticks(5).map((tick) => ({ at: x(tick), text: number(tick, language) }))}
      />
      <path className="band-80" d={shape(points) ?? ''} />
      <path className="predicted-line" d={middle(points) ?? ''} />
      {here && (
        <g className="now" transform={`translate(${x(here.at)} 0)`}>
          <line y1={area.top - 6} y2={area.bottom} />
          <circle className="predicted-dot" cy={y(here.prediction.value)} r={4} />
          <text y={area.top - 9} textAnchor="middle">
            {t({ pt: 'agora', en: 'now' })}
          </text>
        </g>
      )}
    </g>
  );
}

const nearest = (points: WhatIfPoint[], now: number) =>
  points.reduce((best, point) =>
    Math.abs(point.at - now) < Math.abs(best.at - now) ? point : best,
  );

/** The varied value, the answer and its interval. */
export function tableOfWhatIf(
  points: WhatIfPoint[],
  name: string,
  unit: Unit,
  language: Language,
): ChartTable {
  const write = (value: number | undefined) =>
    value === undefined ? '—' : valueOf(value, unit, language);
  return {
    columns:
      language === 'pt' ? [name, 'Previsto', 'De', 'Até'] : [name, 'Predicted', 'From', 'To'],
    rows: points.map(({ at, prediction }) => {
      const band = prediction.intervals[0];
      return [
        number(at, language),
        `~${write(prediction.value)}`,
        write(band?.lower),
        write(band?.upper),
      ];
    }),
  };
}
