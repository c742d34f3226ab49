import type { Language, ModelAnswer, Reason } from '@tino/system/contract';
import { scaleLinear } from 'd3-scale';
import { number } from '../format.js';
import { useLanguage } from '../language.js';
import type { ChartTable } from './chart-table.js';
import { Plot, type Area } from './plot.js';
import { axisScale } from './scales.js';

export interface Explained {
  base: number;
  raw: number;
  reasons: Reason[];
}

interface WaterfallProps {
  explained: Explained;
  unit: ModelAnswer['page']['unit'];
  baseLabel: string;
  totalLabel: string;
}

const ROW = 32;

/** From the base to the value: full bars add, hollow bars subtract; visible parts make the total. */
export function Waterfall(props: WaterfallProps) {
  const { language } = useLanguage();
  const { explained, unit } = props;
  const label = tableOfWaterfall(explained, unit, language)
    .rows.map(([name, value]) => `${name} ${value}`)
    .join(', ');
  const height = (explained.reasons.length + 2) * ROW + 8;
  return (
    <Plot height={height} margin={{ top: 4, right: 64, bottom: 4, left: 0 }} label={label}>
      {(area) => <Bars {...props} area={area} />}
    </Plot>
  );
}

interface Step {
  label: string;
  from: number;
  to: number;
  text: string;
}

function Bars({ area, explained, unit, baseLabel, totalLabel }: WaterfallProps & { area: Area }) {
  const { language } = useLanguage();
  const { steps, scale } = stepsOf(explained, unit, language);
  const left = Math.min(230, area.width * 0.4);
  // Whoever is typical in all has no steps: two equal marks.
  const ends = [explained.base, explained.raw, ...steps.map(({ to }) => to)];
  const x = scaleLinear(
    [Math.min(...ends), Math.max(...ends)],
    [left + 64, Math.max(left + 90, area.right)],
  );
  return (
    <g className="waterfall">
      <Total
        y={area.top}
        x={x(explained.base)}
        label={baseLabel}
        text={`${scale.write(explained.base)}${scale.short}`}
        kind="base"
      />
      {steps.map((step, index) => (
        <Bar
          key={`${step.label}${index}`}
          step={step}
          y={area.top + (index + 1) * ROW}
          x={x}
          left={left}
        />
      ))}
      <Total
        y={area.top + (steps.length + 1) * ROW}
        x={x(explained.raw)}
        label={totalLabel}
        text={`~${scale.write(explained.raw)}${scale.short}`}
        kind="total"
      />
    </g>
  );
}

function Bar({
  step,
  y,
  x,
  left,
}: {
  step: Step;
  y: number;
  x: (value: number) => number;
  left: number;
}) {
  const [start, end] = [Math.min(x(step.from), x(step.to)), Math.max(x(step.from), x(step.to))];
  const adds = step.to >= step.from;
  return (
    <g>
      <text className="name" x={0} y={y + ROW / 2} dy="0.32em">
        {step.label.length > left / 6.4
          ? `${step.label.slice(0, Math.floor(left / 6.4) - 1)}…`
          : step.label}
        <title>{step.label}</title>
      </text>
      <line className="joint" x1={x(step.from)} x2={x(step.from)} y1={y - 4} y2={y + ROW - 6} />
      <rect
        className={adds ? 'adds' : 'subtracts'}
        x={start}
        y={y + 5}
        width={Math.max(1.5, end - start)}
        height={ROW - 11}
      />
      <text
        className="amount"
        x={adds ? end + 6 : start - 6}
        y={y + ROW / 2}
        dy="0.32em"
        textAnchor={adds ? 'start' : 'end'}
      >
        {step.text}
      </text>
    </g>
  );
}

interface TotalProps {
  y: number;
  x: number;
  label: string;
  text: string;
  kind: 'base' | 'total';
}

const Total = ({ y, x, label, text, kind }: TotalProps) => (
  <g className={kind}>
    <text className="name" x={0} y={y + ROW / 2} dy="0.32em">
      {label}
    </text>
    <rect x={x - 1.25} y={y + 4} width={2.5} height={ROW - 8} />
    <text className="amount" x={x - 8} y={y + ROW / 2} dy="0.32em" textAnchor="end">
      {text}
    </text>
  </g>
);

// Parts are rounded in the axis' unit and the last one takes what rounding left, so that they add up.
function stepsOf(
  { base, raw, reasons }: Explained,
  unit: ModelAnswer['page']['unit'],
  language: Language,
) {
  const scale = axisScale(Math.max(Math.abs(base), Math.abs(raw)), unit, language);
  const digits = scale.divisor > 1 ? 1 : 2;
  const write = (value: number) => number(value / scale.divisor, language, digits);
  let at = base;
  const steps = reasons.map(({ phrase, contribution }) => {
    const from = at;
    at += contribution;
    const sign = contribution > 0 ? '+' : '';
    const label = phrase[language];
    return {
      label: `${label.charAt(0).toUpperCase()}${label.slice(1)}`,
      from,
      to: at,
      text: `${sign}${write(contribution)}`,
    };
  });
  return { steps, scale: { ...scale, write } };
}

/** The base, each part and the value they make. */
export function tableOfWaterfall(
  explained: Explained,
  unit: ModelAnswer['page']['unit'],
  language: Language,
): ChartTable {
  const { steps, scale } = stepsOf(explained, unit, language);
  const [part, amount] = language === 'pt' ? ['Parte', 'Valor'] : ['Part', 'Value'];
  return {
    columns: [part!, `${amount} (${scale.words})`],
    rows: [
      [language === 'pt' ? 'ponto de partida' : 'start', scale.write(explained.base)],
      ...steps.map(({ label, text }) => [label, text]),
      [language === 'pt' ? 'soma' : 'total', `~${scale.write(explained.raw)}`],
    ],
  };
}
