import type { Language, PriceHistoryAnswer } from '@tino/system/contract';
import { scaleLinear } from 'd3-scale';
import { date } from '../dates.js';
import { number } from '../format.js';
import { useLanguage } from '../language.js';
import { ValueAxis } from './axes.js';
import type { ChartTable } from './chart-table.js';
import { Plot, type Area } from './plot.js';
import { priceOf } from './price-ladder.js';

const LABEL_PX = 44;

/** Units a day at a price: as the sales say, or as somebody told. */
interface Point {
  at: string;
  price: number;
  unitsPerDay: number;
  told: boolean;
}

/** Sales by week and what was told, in order of time. */
export const pointsOf = ({ sold, outcomes }: PriceHistoryAnswer): Point[] =>
  [
    ...sold.map((one) => ({ ...one, told: false })),
    ...outcomes.map((one) => ({ ...one, told: true })),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));

/** Units a day over time as dots; a line marks where the price changed, with the new price. */
export function PriceSteps({ points }: { points: Point[] }) {
  const { language, t } = useLanguage();
  const first = points[0]!;
  const last = points.at(-1)!;
  const label = t({
    pt: `de ${number(first.unitsPerDay, language, 1)} unidades por dia a ${priceOf(first.price, language)} para ${number(last.unitsPerDay, language, 1)} a ${priceOf(last.price, language)}`,
    en: `from ${number(first.unitsPerDay, language, 1)} units a day at ${priceOf(first.price, language)} to ${number(last.unitsPerDay, language, 1)} at ${priceOf(last.price, language)}`,
  });
  return (
    <Plot height={130} margin={{ top: 24, right: 14, bottom: 10, left: 46 }} label={label}>
      {(area) => <Steps area={area} points={points} language={language} />}
    </Plot>
  );
}

function Steps({ area, points, language }: { area: Area; points: Point[]; language: Language }) {
  const times = points.map(({ at }) => Date.parse(at));
  const most = Math.max(...points.map(({ unitsPerDay }) => unitsPerDay), 1);
  const x = scaleLinear([times[0]!, times.at(-1)!], [area.left + 6, area.right - 6]);
  const y = scaleLinear([0, most * 1.05], [area.bottom, area.top]);
  const changes = changesOf(points);
  const labelled = labelledOf(
    times.map((time) => x(time)),
    changes,
  );
  return (
    <g className="margin-curve">
      <ValueAxis area={area} ticks={y.ticks(3)} y={y} write={(value) => number(value, language)} />
      {points.map(({ at, price, unitsPerDay, told }, i) => {
        const at0 = x(times[i]!);
        return (
          <g key={`${at} ${price} ${told}`}>
            {changes[i] && (
              <line className="price-change" x1={at0} x2={at0} y1={area.top - 6} y2={area.bottom} />
            )}
            {labelled.has(i) && (
              <text x={at0} y={area.top - 10} textAnchor="middle">
                {priceOf(price, language)}
              </text>
            )}
            <circle className={told ? 'told' : 'tried'} cx={at0} cy={y(unitsPerDay)} r={3} />
          </g>
        );
      })}
    </g>
  );
}

/** Where the price is another than before; what was told and what was sold are two accounts of it. */
function changesOf(points: readonly Point[]): boolean[] {
  const before = new Map<boolean, number>();
  const sold = points.some(({ told }) => !told);
  return points.map(({ price, told }) => {
    const changed = before.get(told) !== price;
    before.set(told, price);
    return changed && told !== sold;
  });
}

/** Changes whose label does not cover the one before it; the table has them all. */
function labelledOf(places: readonly number[], changes: readonly boolean[]): Set<number> {
  const labelled = new Set<number>();
  let last = -Infinity;
  for (const [i, place] of places.entries()) {
    if (!changes[i] || place - last < LABEL_PX) continue;
    labelled.add(i);
    last = place;
  }
  return labelled;
}

/** Sold and told, in order of time. */
export function tableOfSteps(points: Point[], language: Language): ChartTable {
  const [sold, said] = language === 'pt' ? ['vendas', 'informado'] : ['sales', 'told'];
  return {
    columns:
      language === 'pt'
        ? ['Dia', 'Preço', 'Unidades por dia', 'Fonte']
        : ['Day', 'Price', 'Units a day', 'Source'],
    rows: points.map(({ at, price, unitsPerDay, told }) => [
      date(at, language),
      priceOf(price, language),
      number(unitsPerDay, language, 1),
      (told ? said : sold)!,
    ]),
  };
}
