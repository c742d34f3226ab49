import type { Forecast, ModelAnswer, Words } from '@tino/system/contract';
import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { date, share, valueOf } from '../format.js';
import { useLanguage } from '../language.js';
import { BottomAxis, ValueAxis } from './axes.js';
import type { ChartTable } from './chart-table.js';
import { CutOff } from './cut-off.js';
import { EndLabel } from './end-label.js';
import { Plot, type Area } from './plot.js';
import { ReadingLine } from './reading-line.js';
import { axisScale } from './scales.js';
import { SeriesMarks } from './series-marks.js';
import { extentOf, seriesOf, type Series } from './series.js';
import { timeTicks } from './time-ticks.js';
import { useReading } from './use-reading.js';

type Unit = ModelAnswer['page']['unit'];

interface ForecastChartProps {
  forecast: Forecast;
  unit: Unit;
  dataUntil: string | null;
  /** Draws the same steps of a year before, thin and dashed. */
  reference?: boolean;
  height?: number;
  /** Steps of history when the box is wide. */
  historyMax?: number;
  /** Common value range of several equal charts. */
  range?: [number, number] | undefined;
  /** Largest value of several charts that share a unit. */
  unitFor?: number | undefined;
  /** Small charts of a grid: no words at the cut-off, no reading line, no end label. */
  small?: boolean;
  /** Value and band beside the last point instead of a legend. */
  endLabel?: boolean;
}

const NARROW = 480;

/** Measured ink, the rule "data until", predicted anil with its bands; zero is not forced. */
export function ForecastChart(props: ForecastChartProps) {
  const { height = 240, small = false, endLabel = false, historyMax = 62 } = props;
  const { forecast, unit } = props;
  const full = seriesOf(forecast, historyMax);
  const steps = [...full.history, ...full.points].length;
  const reading = useReading(steps);
  const { language } = useLanguage();
  const margin = {
    top: small ? 12 : 28,
    right: endLabel ? 96 : 12,
    bottom: 28,
    left: small ? 36 : 44,
  };
  return (
    <Plot
      height={height}
      margin={margin}
      label={summaryOf(forecast, unit, language)}
      onKey={small ? undefined : reading.onKey}
    >
      {(area) => (
        <Drawing
          {...props}
          area={area}
          series={area.width < NARROW && !small ? seriesOf(forecast, 30) : full}
          reading={reading}
        />
      )}
    </Plot>
  );
}

interface DrawingProps extends ForecastChartProps {
  area: Area;
  series: Series;
  reading: ReturnType<typeof useReading>;
}

function Drawing({ area, series, reading, ...props }: DrawingProps) {
  const { language } = useLanguage();
  const { unit, dataUntil, reference = false, small = false, endLabel = false } = props;
  const steps = [...series.history, ...series.points];
  const [first = 0, last = 1] = extent(steps, ({ time }) => time);
  const x = scaleLinear([first, last], [area.left, area.right]);
  const y = scaleLinear(props.range ?? extentOf(series, reference), [area.bottom, area.top]);
  const cut = series.history.findLast(({ value }) => value !== null);
  const most = y.domain()[1]!;
  const scale = axisScale(props.unitFor ?? most, unit, language, most);
  return (
    <>
      <ValueAxis area={area} ticks={y.ticks(small ? 3 : 5)} y={y} write={scale.write} />
      <BottomAxis
        area={area}
        ticks={timeTicks(
          steps.map(({ at }) => at),
          x,
          language,
        )}
      />
      <SeriesMarks series={series} x={x} y={y} reference={reference} />
      {cut && <CutOff area={area} x={x(cut.time)} date={small ? null : (dataUntil ?? cut.at)} />}
      {endLabel && <EndLabel series={series} x={x} y={y} unit={unit} />}
      {!small && <ReadingLine area={area} series={series} x={x} y={y} unit={unit} {...reading} />}
    </>
  );
}

function summaryOf(forecast: Forecast, unit: Unit, language: 'pt' | 'en'): string {
  const [first, last] = [forecast.points[0], forecast.points.at(-1)];
  if (!first || !last) return forecast.name;
  const write = (value: number) => valueOf(value, unit, language);
  const span = `${date(first.at, language)} – ${date(last.at, language)}`;
  return language === 'pt'
    ? `${forecast.name}: previsto de ${write(first.value)} a ${write(last.value)}, ${span}`
    : `${forecast.name}: predicted from ${write(first.value)} to ${write(last.value)}, ${span}`;
}

/**
 * The rows of the figure: what happened, then what is predicted with its intervals and what such
 * intervals held so many steps ahead.
 */
export function tableOfForecast(
  forecast: Forecast,
  unit: Unit,
  language: 'pt' | 'en',
  historyMax = 62,
): ChartTable {
  const { history, points } = forecast;
  const write = (value: number | null | undefined) =>
    value === null || value === undefined ? '—' : valueOf(value, unit, language);
  const words = WORDS[language];
  const levels = [
    ...new Set(points.flatMap(({ intervals }) => intervals.map(({ level }) => level))),
  ].toSorted((a, b) => a - b);
  const bandAt = ({ intervals }: Forecast['points'][number], level: number) => {
    const band = intervals.find((one) => one.level === level);
    if (band === undefined) return ['—', '—'];
    const held = band.measured === null ? '—' : share(band.measured, language);
    const winkler = band.winkler === null ? '' : ` · ${write(band.winkler)}`;
    return [`${write(band.lower)} – ${write(band.upper)}`, `${held}${winkler}`];
  };
  return {
    columns: [
      (STEPS[forecast.step] ?? STEP)[language],
      words.measured,
      words.predicted,
      ...levels.flatMap((level) => words.band.map((word) => `${share(level, language)} ${word}`)),
    ],
    rows: [
      ...history
        .slice(-historyMax)
        .map(({ at, value }) => [
          date(at, language),
          write(value),
          '—',
          ...levels.flatMap(() => ['—', '—']),
        ]),
      ...points.map((point) => [
        date(point.at, language),
        '—',
        `~${write(point.value)}`,
        ...levels.flatMap((level) => bandAt(point, level)),
      ]),
    ].toReversed(),
  };
}

const WORDS = {
  pt: { measured: 'Medido', predicted: 'Previsto', band: ['de – até', 'conteve · Winkler'] },
  en: { measured: 'Measured', predicted: 'Predicted', band: ['from – to', 'held · Winkler'] },
};

const STEP: Words = { pt: 'Passo de', en: 'Step of' };
const STEPS: Readonly<Record<string, Words>> = {
  hour: { pt: 'Hora', en: 'Hour' },
  day: { pt: 'Dia', en: 'Day' },
  week: { pt: 'Semana de', en: 'Week of' },
  month: { pt: 'Mês de', en: 'Month of' },
  quarter: { pt: 'Trimestre de', en: 'Quarter of' },
  year: { pt: 'Ano de', en: 'Year of' },
};
