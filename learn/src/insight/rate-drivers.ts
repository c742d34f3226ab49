import type { Frame } from '../frame.js';
import { atomsOf, cellsOf, cutNumbers, sumByAtom, type Part } from './cells.js';
import { falseDiscoveryRate } from './false-discovery.js';
import { fisherExact, normalQuantile } from './probability.js';
import { unitCounts, unitScorer } from './unit-rates.js';

/** Things that happened or not: orders that were late. */
export interface RateRows {
  /** Columns to look for reasons in. */
  x: Frame;
  /** Rows: 1 it happened, 0 it did not. */
  happened: ArrayLike<number>;
  /** Rows of one unit (customer, seller) come together: they are not independent. */
  units?: ArrayLike<number>;
}

export interface RateDriverOptions {
  /** Columns combined in one reason. */
  depthMax?: number;
  /** Least rows of a reason. */
  rowsMin?: number;
  qMax?: number;
  limit?: number;
  level?: number;
}

/** A reason. The rows of the reasons found before it are neither in it nor in `rateElsewhere`. */
export interface RateDriver {
  parts: Part[];
  rows: number;
  happened: number;
  rate: number;
  rateElsewhere: number;
  /** rate ÷ rate elsewhere, with its interval (Katz and others, 1978), wider as units differ. */
  lift: number;
  lower: number;
  upper: number;
  /** Times that it would not have happened at the rate elsewhere; below 0 where it is rarer. */
  excess: number;
  q: number;
}

export interface RateDrivers {
  rate: number;
  drivers: RateDriver[];
  /** Combinations that were looked at. */
  looks: number;
}

/**
 * Where a rate is higher or lower than elsewhere: the surest combination of levels is taken, its
 * rows are set aside, and the rest is searched again, so that nothing is told twice. With units it
 * must be sure of rows and of units: a place is not late because one seller there is.
 */
export function rateDrivers(
  { x, happened, units }: RateRows,
  { depthMax = 2, rowsMin = 30, qMax = 0.05, limit = 10, level = 0.95 }: RateDriverOptions = {},
): RateDrivers {
  if (happened.length !== x.rows)
    throw new RangeError(`happened has ${happened.length} rows, the frame has ${x.rows}`);
  for (let row = 0; row < x.rows; row++)
    if (happened[row] !== 0 && happened[row] !== 1)
      throw new RangeError(`happened of row ${row} is ${happened[row]}, expected 0 or 1`);
  if (units !== undefined && units.length !== x.rows)
    throw new RangeError(`units has ${units.length} rows, the frame has ${x.rows}`);
  const columns = cutNumbers(x);
  const atoms = atomsOf(columns, x.rows);
  const byUnit = units && unitCounts(atoms, units, happened);
  const rows = sumByAtom(atoms, () => 1);
  const yes = sumByAtom(atoms, (row) => happened[row]!);
  const cells = cellsOf(columns, atoms, rows, { depthMax, supportMin: rowsMin });
  const countOf = (members: Iterable<number>) => {
    let [all, events] = [0, 0];
    for (const atom of members) {
      all += rows[atom]!;
      events += yes[atom]!;
    }
    return { all, events };
  };
  const whole = countOf(rows.keys());
  const drivers: RateDriver[] = [];
  const total = { ...whole };
  while (drivers.length < limit) {
    const counts = cells.map(({ atoms: members }) => countOf(members));
    const score = byUnit && unitScorer(byUnit, (atom) => rows[atom]! > 0);
    const p = counts.map(({ all, events }, i) => {
      if (all < rowsMin || all === total.all) return 1;
      const own = { both: events, rows: all, marked: total.events, all: total.all };
      return Math.max(fisherExact(own), score?.(cells[i]!.atoms).p ?? 0);
    });
    const best = p.reduce(
      (top, one, i) =>
        one < p[top]! || (one === p[top]! && counts[i]!.all > counts[top]!.all) ? i : top,
      0,
    );
    const q = cells.length > 0 ? falseDiscoveryRate(p)[best]! : 1;
    if (!(q <= qMax)) break;
    const design = score?.(cells[best]!.atoms).design ?? 1;
    const compared = compare(counts[best]!, total, { level, design });
    drivers.push({ parts: cells[best]!.parts, q, ...compared });
    for (const atom of cells[best]!.atoms) rows[atom] = yes[atom] = 0;
    total.all -= counts[best]!.all;
    total.events -= counts[best]!.events;
  }
  drivers.sort((a, b) => Math.abs(b.excess) - Math.abs(a.excess));
  return { rate: whole.events / whole.all, drivers, looks: cells.length };
}

interface Count {
  all: number;
  events: number;
}

function compare(own: Count, total: Count, { level, design }: { level: number; design: number }) {
  const rest = { all: total.all - own.all, events: total.events - own.events };
  const rate = own.events / own.all;
  const rateElsewhere = rest.events / rest.all;
  // Half an event on each side keeps the logarithm where one of them has none (Haldane, 1956).
  const [a, b] = [own.events + 0.5, rest.events + 0.5];
  const middle = Math.log(a / (own.all + 0.5)) - Math.log(b / (rest.all + 0.5));
  const ofOwn = design * (1 / a - 1 / (own.all + 0.5));
  const spread = Math.sqrt(ofOwn + 1 / b - 1 / (rest.all + 0.5));
  const z = normalQuantile((1 + level) / 2);
  return {
    rows: own.all,
    happened: own.events,
    rate,
    rateElsewhere,
    lift: rate / rateElsewhere,
    lower: Math.exp(middle - z * spread),
    upper: Math.exp(middle + z * spread),
    excess: own.events - own.all * rateElsewhere,
  };
}
