import type { Forecast, ModelAnswer } from '@tino/system/contract';
import { scaleLinear } from 'd3-scale';
import { day, valueOf } from '../format.js';
import { useLanguage } from '../language.js';
import { BottomAxis, ValueAxis } from './axes.js';
import { Plot, type Area } from './plot.js';
import { axisScale } from './scales.js';
import { SeriesMarks } from './series-marks.js';
import { extentOf, seriesOf, type Series } from './series.js';

type Unit = ModelAnswer['page']['unit'];

interface NextStepsProps {
  forecast: Forecast;
  unit: Unit;
  reference?: boolean;
  height?: number;
}

/** The predicted steps alone, enlarged, each value at its mark. */
export function NextStepsChart({
  forecast,
  unit,
  reference = false,
  height = 240,
}: NextStepsProps) {
  const { language } = useLanguage();
  const series = { ...seriesOf(forecast), history: [] };
  const label = series.points
    .map(({ at, value }) => `${day(at, language)}: ${valueOf(value, unit, language)}`)
    .join('; ');
  return (
    <Plot height={height} margin={{ top: 28, right: 24, bottom: 28, left: 44 }} label={label}>
      {(area) => <Steps area={area} series={series} unit={unit} reference={reference} />}
    </Plot>
  );
}

interface StepsProps {
  area: Area;
  series: Series;
  unit: Unit;
  reference: boolean;
}

function Steps({ area, series, unit, reference }: StepsProps) {
  const { language } = useLanguage();
  const { points } = series;
  const times = points.map(({ time }) => time);
  const x = scaleLinear([times[0] ?? 0, times.at(-1) ?? 1], [area.left + 14, area.right]);
  const y = scaleLinear(extentOf(series, reference), [area.bottom, area.top]);
  const scale = axisScale(y.domain()[1]!, unit, language);
  const every = Math.ceil(points.length / Math.max(2, Math.floor(area.width / 46)));
  const labelled = points.filter((_, index) => index % every === 0);
  return (
    <>
      <ValueAxis area={area} ticks={y.ticks(5)} y={y} write={scale.write} />
      <BottomAxis
        area={area}
        marks={false}
        ticks={labelled.map(({ at, time }) => ({ at: x(time), text: day(at, language) }))}
      />
      <SeriesMarks series={series} x={x} y={y} reference={reference} />
      {points.map(({ at, time, value, bands }, index) => (
        <g key={at} transform={`translate(${x(time)} 0)`}>
          <circle className="predicted-dot" cy={y(value)} r={3.25} />
          {index % every === 0 && (
            <text
              className="predicted-label"
              textAnchor="middle"
              y={y(bands.at(-1)?.upper ?? value) - 7}
            >
              {scale.write(value)}
            </text>
          )}
        </g>
      ))}
    </>
  );
}
