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

type Told = PriceHistoryAnswer['outcomes'];

/** Units a day over time as dots; a line marks where the price changed, with the new price. */
export function PriceSteps({ outcomes }: { outcomes: Told }) {
  const { language, t } = useLanguage();
  const first = outcomes[0]!;
  const last = outcomes.at(-1)!;
  const label = t({
    pt: `de ${number(first.unitsPerDay, language, 1)} unidades por dia a ${priceOf(first.price, language)} para ${number(last.unitsPerDay, language, 1)} a ${priceOf(last.price, language)}`,
    en: `from ${number(first.unitsPerDay, language, 1)} units a day at ${priceOf(first.price, language)} to ${number(last.unitsPerDay, language, 1)} at ${priceOf(last.price, language)}`,
  });
  return (
    <Plot height={130} margin={{ top: 24, right: 14, bottom: 10, left: 46 }} label={label}>
      {(area) => <Steps area={area} outcomes={outcomes} language={language} />}
    </Plot>
  );
}

function Steps({ area, outcomes, language }: { area: Area; outcomes: Told; language: Language }) {
  const times = outcomes.map(({ at }) => Date.parse(at));
  const most = Math.max(...outcomes.map(({ unitsPerDay }) => unitsPerDay), 1);
  const x = scaleLinear([times[0]!, times.at(-1)!], [area.left + 6, area.right - 6]);
  const y = scaleLinear([0, most * 1.05], [area.bottom, area.top]);
  const changes = outcomes.map(({ price }, i) => i === 0 || outcomes[i - 1]!.price !== price);
  const labelled = labelledOf(
    times.map((time) => x(time)),
    changes,
  );
  return (
    <g className="margin-curve">
      <ValueAxis area={area} ticks={y.ticks(3)} y={y} write={(value) => number(value, language)} />
      {outcomes.map(({ at, price, unitsPerDay }, i) => {
        const at0 = x(times[i]!);
        return (
          <g key={`${at} ${price} ${unitsPerDay}`}>
            {changes[i] && (
              <line className="price-change" x1={at0} x2={at0} y1={area.top - 6} y2={area.bottom} />
            )}
            {labelled.has(i) && (
              <text x={at0} y={area.top - 10} textAnchor="middle">
                {priceOf(price, language)}
              </text>
            )}
            <circle className="tried" cx={at0} cy={y(unitsPerDay)} r={3} />
          </g>
        );
      })}
    </g>
  );
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

/** What was told, in order of time. */
export function tableOfSteps(outcomes: Told, language: Language): ChartTable {
  return {
    columns:
      language === 'pt' ? ['Dia', 'Preço', 'Unidades por dia'] : ['Day', 'Price', 'Units a day'],
    rows: outcomes.map(({ at, price, unitsPerDay }) => [
      date(at, language),
      priceOf(price, language),
      number(unitsPerDay, language, 1),
    ]),
  };
}
