import type { Language, Suggestion } from '@tino/system/contract';
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { area as areaShape, curveMonotoneX, line } from 'd3-shape';
import { money, number } from '../format.js';
import { useLanguage } from '../language.js';
import { BottomAxis, ValueAxis } from './axes.js';
import type { ChartTable } from './chart-table.js';
import { Plot, type Area } from './plot.js';
import { priceOf } from './price-ladder.js';
import { axisScale, type AxisScale } from './scales.js';

type Point = Suggestion['curve'][number];

/** What a curve draws of each price, with its interval. */
interface Measure {
  of(point: Point): number;
  lower(point: Point): number;
  upper(point: Point): number;
}

const PROFIT: Measure = {
  of: ({ profit }) => profit,
  lower: ({ lower }) => lower,
  upper: ({ upper }) => upper,
};

const UNITS: Measure = {
  of: ({ units }) => units,
  lower: ({ units, unitsLower = units }) => unitsLower,
  upper: ({ units, unitsUpper = units }) => unitsUpper,
};

/** Units a week by price with its band; tried prices as dots, the allowed window, two marks. */
export function DemandCurve({ suggestion }: { suggestion: Suggestion }) {
  const { language, t } = useLanguage();
  const { curve, current, price } = suggestion;
  const [now, then] = [current, price].map((at) => number(valueAt(curve, at, UNITS), language, 1));
  const label = t({
    pt: `de ${now} por semana a ${priceOf(current, language)} para ${then} a ${priceOf(price, language)}`,
    en: `from ${now} a week at ${priceOf(current, language)} to ${then} at ${priceOf(price, language)}`,
  });
  return (
    <Plot height={170} margin={{ top: 24, right: 14, bottom: 28, left: 46 }} label={label}>
      {(area) => <Curve area={area} suggestion={suggestion} measure={UNITS} />}
    </Plot>
  );
}

/** Profit a week by price with its band; tried prices as dots, the allowed window, three marks. */
export function MarginCurve({ suggestion }: { suggestion: Suggestion }) {
  const { language, t } = useLanguage();
  const { current, price, gain } = suggestion;
  const label = t({
    pt: `de ${priceOf(current, language)} para ${priceOf(price, language)}, ${money(gain.value, language, { sign: true })} por semana`,
    en: `from ${priceOf(current, language)} to ${priceOf(price, language)}, ${money(gain.value, language, { sign: true })} a week`,
  });
  return (
    <Plot height={210} margin={{ top: 24, right: 14, bottom: 28, left: 46 }} label={label}>
      {(area) => <Curve area={area} suggestion={suggestion} measure={PROFIT} />}
    </Plot>
  );
}

interface CurveProps {
  area: Area;
  suggestion: Suggestion;
  measure: Measure;
}

function Curve({ area, suggestion, measure }: CurveProps) {
  const { language } = useLanguage();
  const { curve } = suggestion;
  const prices = curve.map((point) => point.price);
  const most = Math.max(...curve.map(measure.upper), 0);
  const least = Math.min(...curve.map(measure.lower), 0);
  const x = scaleLinear([Math.min(...prices), Math.max(...prices)], [area.left, area.right]);
  const y = scaleLinear([least, most * 1.05], [area.bottom - 14, area.top]);
  const band = areaShape<Point>()
    .x((point) => x(point.price))
    .y0((point) => y(measure.lower(point)))
    .y1((point) => y(measure.upper(point)))
    .curve(curveMonotoneX);
  const middle = line<Point>(
    (point) => x(point.price),
    (point) => y(measure.of(point)),
  ).curve(curveMonotoneX);
  const scale = axisScale(most, 'number', language);
  const inside = (value: number) => Math.min(area.right, Math.max(area.left, x(value)));
  return (
    <g className="margin-curve">
      <AllowedWindow area={area} suggestion={suggestion} inside={inside} />
      <ValueAxis area={area} ticks={y.ticks(4)} y={y} write={(value) => withSize(value, scale)} />
      <BottomAxis
        area={area}
        marks={false}
        ticks={x
          .ticks(Math.max(2, Math.floor(area.width / 70)))
          .map((tick) => ({ at: x(tick), text: priceOf(tick, language) }))}
      />
      <path className="band-80" d={band(curve) ?? ''} />
      <path className="predicted-line" d={middle(curve) ?? ''} />
      {curve
        .filter(({ tried }) => tried)
        .map((point) => (
          <circle
            key={point.price}
            className="tried"
            cx={x(point.price)}
            cy={area.bottom - 4}
            r={2.5}
          />
        ))}
      <Marks suggestion={suggestion} measure={measure} x={x} y={y} />
    </g>
  );
}

interface WindowProps {
  area: Area;
  suggestion: Suggestion;
  /** The place of a price, kept inside the figure. */
  inside: (price: number) => number;
}

/** The prices that the guardrails allow this time. */
function AllowedWindow({ area, suggestion: { allowed }, inside }: WindowProps) {
  const { t } = useLanguage();
  return (
    <>
      <rect
        className="window"
        x={inside(allowed.low)}
        width={Math.max(0, inside(allowed.high) - inside(allowed.low))}
        y={area.top - 8}
        height={area.bottom - area.top + 8}
      />
      <text
        className="window-label"
        x={(inside(allowed.low) + inside(allowed.high)) / 2}
        y={area.top - 12}
        textAnchor="middle"
      >
        {t({ pt: 'permitido', en: 'allowed' })}
      </text>
    </>
  );
}

interface MarksProps {
  suggestion: Suggestion;
  measure: Measure;
  x: ScaleLinear<number, number>;
  y: ScaleLinear<number, number>;
}

/** Free optimum, today and suggestion on the curve. */
function Marks({ suggestion, measure, x, y }: MarksProps) {
  const { t } = useLanguage();
  const { curve, price, current, optimum } = suggestion;
  const height = (at: number) => y(valueAt(curve, at, measure));
  return (
    <>
      {measure === PROFIT &&
        optimum !== null &&
        optimum >= x.domain()[0]! &&
        optimum <= x.domain()[1]! && (
          <Mark
            kind="optimum"
            x={x(optimum)}
            y={height(optimum)}
            above
            text={t({ pt: 'ótimo livre', en: 'free optimum' })}
          />
        )}
      <Mark
        kind="today"
        x={x(current)}
        y={height(current)}
        above
        text={t({ pt: 'hoje', en: 'today' })}
      />
      <Mark
        kind="suggestion"
        x={x(price)}
        y={height(price)}
        above={false}
        text={t({ pt: 'sugestão', en: 'suggestion' })}
      />
    </>
  );
}

/** `4 mil`; a plain zero. */
const withSize = (value: number, scale: AxisScale) =>
  value === 0 || scale.divisor === 1 ? scale.write(value) : `${scale.write(value)}${scale.short}`;

interface MarkProps {
  kind: 'optimum' | 'today' | 'suggestion';
  x: number;
  y: number;
  above: boolean;
  text: string;
}

function Mark({ kind, x, y, above, text }: MarkProps) {
  return (
    <g className={`curve-mark curve-mark-${kind}`} transform={`translate(${x} ${y})`}>
      {kind === 'optimum' ? <line y1={-6} y2={6} /> : <circle r={4} />}
      <text y={above ? -10 : 19} textAnchor="middle">
        {text}
      </text>
    </g>
  );
}

/** The curve between its nearest points. */
function valueAt(curve: Point[], price: number, measure: Measure): number {
  const next = curve.findIndex((point) => point.price >= price);
  const right = curve[next === -1 ? curve.length - 1 : next]!;
  const left = curve[Math.max(0, next - 1)]!;
  if (next === -1 || right.price === left.price) return measure.of(right);
  const share = (price - left.price) / (right.price - left.price);
  return measure.of(left) + share * (measure.of(right) - measure.of(left));
}

/** Price, units, profit and its interval. */
export function tableOfCurve({ curve }: Suggestion, language: Language): ChartTable {
  return {
    columns:
      language === 'pt'
        ? ['Preço', 'Vendas por semana', 'Margem por semana', 'De', 'Até']
        : ['Price', 'Units a week', 'Margin a week', 'From', 'To'],
    rows: curve.map(({ price, units, profit, lower, upper }) => [
      priceOf(price, language),
      number(units, language),
      ...[profit, lower, upper].map((value) => money(value, language)),
    ]),
  };
}
