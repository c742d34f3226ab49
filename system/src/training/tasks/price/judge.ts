import { elasticity, takeRows, unitsAt, type PriceHistory } from '@tino/learn';
import type { Sales } from './data.js';

/** How well units that were held out are foretold: mean Poisson deviance, lower is better. */
export interface PriceJudgement {
  metric: 'poissonDeviance';
  /** By fold, oldest first. */
  folds: number[];
  /** The same with demand that does not answer to price. */
  baseline: number[];
  rows: number[];
}

/**
 * Rolling in time: the last two fifths of the days in `folds` windows; each is foretold by what was
 * sold before it, with the item's elasticity and with none.
 */
export function judgeDemand(sales: Sales, folds = 4): PriceJudgement {
  const days = [...new Set(sales.day)].filter((day) => !Number.isNaN(day)).sort((a, b) => a - b);
  const judgement: PriceJudgement = {
    metric: 'poissonDeviance',
    folds: [],
    baseline: [],
    rows: [],
  };
  const start = Math.floor(days.length * 0.6);
  const width = (days.length - start) / folds;
  for (let fold = 0; fold < folds; fold++) {
    const from = days[Math.floor(start + fold * width)];
    const to = days[Math.floor(start + (fold + 1) * width)] ?? Infinity;
    if (from === undefined || from === to) continue;
    const before = rowsWhere(sales.day, (day) => day < from);
    const held = rowsWhere(sales.day, (day) => day >= from && day < to);
    const known = new Map(
      elasticity(pick(sales.history, before)).map((one) => [one.item, one.demand]),
    );
    const plain = meanUnits(sales.history, before);
    const sums = { answering: 0, constant: 0, rows: 0 };
    for (const row of held) {
      const { item, price, units } = sales.history;
      const demand = known.get(item[row]!);
      const level = plain.get(item[row]!);
      if (!demand || !level || !(price[row]! > 0) || !(units[row]! >= 0)) continue;
      sums.answering += deviance(units[row]!, unitsAt(demand, price[row]!).units);
      sums.constant += deviance(units[row]!, level);
      sums.rows++;
    }
    if (sums.rows === 0) continue;
    judgement.folds.push(sums.answering / sums.rows);
    judgement.baseline.push(sums.constant / sums.rows);
    judgement.rows.push(sums.rows);
  }
  return judgement;
}

const deviance = (units: number, expected: number): number =>
  2 * ((units > 0 ? units * Math.log(units / expected) : 0) - (units - expected));

const rowsWhere = (day: Float64Array, test: (day: number) => boolean): number[] =>
  Array.from(day.keys()).filter((row) => test(day[row]!));

export function pick(history: PriceHistory, rows: readonly number[]): PriceHistory {
  const take = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  return {
    price: take(history.price),
    units: take(history.units),
    controls: takeRows(history.controls, rows),
    item: rows.map((row) => history.item[row]!),
    category: rows.map((row) => history.category[row]!),
    ...(history.weights && { weights: take(history.weights) }),
  };
}

function meanUnits({ item, units, price }: PriceHistory, rows: readonly number[]) {
  const sums = new Map<string, { units: number; rows: number }>();
  for (const row of rows) {
    if (!(price[row]! > 0) || !(units[row]! >= 0)) continue;
    const own = sums.get(item[row]!) ?? { units: 0, rows: 0 };
    sums.set(item[row]!, own);
    own.units += units[row]!;
    own.rows++;
  }
  return new Map(
    [...sums].flatMap(([key, own]) => (own.units > 0 ? [[key, own.units / own.rows]] : [])),
  );
}
