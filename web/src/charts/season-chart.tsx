import { scaleBand, scaleLinear } from 'd3-scale';
import { useLanguage } from '../language.js';
import type { ChartTable } from './chart-table.js';
import { Plot, type Area } from './plot.js';
import type { SeasonMonth } from './season-months.js';

interface SeasonChartProps {
  months: SeasonMonth[];
  /** Which way costs: bars that rose take urucum when `high`, folha when `low`. */
  worse: 'low' | 'high' | 'none';
  height?: number;
}

/** Years that rose above the axis, fell below, counts at the marks; the coming months are framed. */
export function SeasonChart({ months, worse, height = 230 }: SeasonChartProps) {
  const { language, t } = useLanguage();
  const label = tableOfSeason(months, language)
    .rows.map(([name, rose, fell]) =>
      t({ pt: `${name}: subiu ${rose}, caiu ${fell}`, en: `${name}: rose ${rose}, fell ${fell}` }),
    )
    .join('; ');
  return (
    <Plot height={height} margin={{ top: 26, right: 4, bottom: 26, left: 44 }} label={label}>
      {(area) => <Bars area={area} months={months} worse={worse} />}
    </Plot>
  );
}

interface BarsProps {
  area: Area;
  months: SeasonMonth[];
  worse: SeasonChartProps['worse'];
}

function Bars({ area, months, worse }: BarsProps) {
  const { language, t } = useLanguage();
  const x = scaleBand(
    months.map(({ month }) => month),
    [area.left, area.right],
  ).padding(0.22);
  const most = Math.max(1, ...months.flatMap(({ rose, fell }) => [rose, fell]));
  const middle = (area.top + area.bottom) / 2;
  const length = scaleLinear([0, most], [0, (area.bottom - area.top) / 2 - 18]);
  return (
    <g className="season">
      <ComingFrame area={area} months={months} x={(month) => x(month)!} step={x.step()} />
      <text className="side" x={0} y={middle - 24}>
        {t({ pt: 'subiu', en: 'rose' })}
      </text>
      <text className="side" x={0} y={middle + 32}>
        {t({ pt: 'caiu', en: 'fell' })}
      </text>
      {months.map(({ month, rose, fell, coming, name }) => (
        <g key={month} transform={`translate(${x(month)! + x.bandwidth() / 2} 0)`}>
          <Bar
            size={length(rose)}
            count={rose}
            most={most}
            at={middle}
            side="up"
            worse={worse}
            width={x.bandwidth()}
          />
          <Bar
            size={length(fell)}
            count={fell}
            most={most}
            at={middle}
            side="down"
            worse={worse}
            width={x.bandwidth()}
          />
          <text className={coming ? 'coming' : 'month'} textAnchor="middle" y={area.bottom + 16}>
            {name[language]}
          </text>
        </g>
      ))}
      <line className="zero" x1={area.left - 6} x2={area.right} y1={middle} y2={middle} />
    </g>
  );
}

interface BarProps {
  size: number;
  count: number;
  most: number;
  at: number;
  side: 'up' | 'down';
  worse: SeasonChartProps['worse'];
  width: number;
}

function Bar({ size, count, most, at, side, worse, width }: BarProps) {
  const bad = (side === 'up') === (worse === 'high');
  const tone = worse === 'none' ? 'neutral' : bad ? 'bad' : 'good';
  const y = side === 'up' ? at - size : at;
  return (
    <>
      <rect
        className={tone}
        x={-width / 2}
        y={y}
        width={width}
        height={size}
        opacity={0.4 + (0.5 * count) / most}
      />
      <text className="count" textAnchor="middle" y={side === 'up' ? y - 5 : y + size + 13}>
        {count}
      </text>
    </>
  );
}

interface FrameProps {
  area: Area;
  months: SeasonMonth[];
  x: (month: number) => number;
  step: number;
}

/** Frames the months that are still to come; two frames when they cross the year's end. */
function ComingFrame({ area, months, x, step }: FrameProps) {
  const runs: number[][] = [];
  for (const { month, coming } of months) {
    const run = runs.at(-1);
    if (coming && run?.at(-1) === month - 1) run.push(month);
    else if (coming) runs.push([month]);
  }
  return runs.map((run) => (
    <rect
      key={run[0]}
      className="coming-frame"
      x={x(run[0]!) - step * 0.11}
      y={area.top - 22}
      width={step * run.length}
      height={area.bottom - area.top + 44}
      rx={2}
    />
  ));
}

/** Month, years that rose, fell and stayed. */
export function tableOfSeason(months: SeasonMonth[], language: 'pt' | 'en'): ChartTable {
  return {
    columns:
      language === 'pt'
        ? ['Mês', 'Subiu', 'Caiu', 'Ficou estável']
        : ['Month', 'Rose', 'Fell', 'Stayed flat'],
    rows: months.map(({ name, rose, fell, flat }) => [
      name[language],
      String(rose),
      String(fell),
      String(flat),
    ]),
  };
}
