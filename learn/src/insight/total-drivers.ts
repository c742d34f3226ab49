import type { Frame } from '../frame.js';
import { atomsOf, cellsOf, cutNumbers, sumByAtom, type Cell, type Part } from './cells.js';
import { falseDiscoveryRate } from './false-discovery.js';
import { normalQuantile, twoSided } from './probability.js';

/** Rows of two periods, or of two groups, below each other. */
export interface TotalRows {
  /** Columns to look for reasons in. */
  x: Frame;
  /** Rows: what the total is of, money say. */
  values: ArrayLike<number>;
  /** Rows: 0 of the period before, 1 of the period after. */
  after: ArrayLike<number>;
  /** Rows of one unit (customer, order) come together: they are not independent. */
  units?: ArrayLike<number>;
}

export interface TotalDriverOptions {
  /** Columns combined in one reason. */
  depthMax?: number;
  /** Least share of all absolute values that a reason must hold. */
  supportMin?: number;
  qMax?: number;
  /** Reasons at most. */
  limit?: number;
  level?: number;
}

/** A reason. The rows of the reasons found before it are not in it, so changes add up. */
export interface TotalDriver {
  parts: Part[];
  before: number;
  after: number;
  change: number;
  /** Interval of `change`, as of a bootstrap over units. */
  lower: number;
  upper: number;
  /** change ÷ change of the total; above 1 when others moved the other way. */
  contribution: number;
  /** What of the change is left when it had moved as everything else did. */
  excess: number;
  /** Share of false ones among reasons as sure as this one. */
  q: number;
}

export interface TotalDrivers {
  before: number;
  after: number;
  change: number;
  /** The most money first. */
  drivers: TotalDriver[];
  /** Combinations that were looked at. */
  looks: number;
}

interface Sums {
  before: number;
  after: number;
  /** Sums of squares: the variance of a total of a random number of rows. */
  varianceBefore: number;
  varianceAfter: number;
}

/**
 * Why a total moved: the combinations of levels that moved, and moved otherwise than the rest. The
 * surest is taken, its rows are set aside, and the rest is searched again; so a part of a reason,
 * or a whole that moved for one of its parts alone, is not told a second time.
 */
export function totalDrivers(rows: TotalRows, options: TotalDriverOptions = {}): TotalDrivers {
  const { depthMax = 2, supportMin = 0.01, qMax = 0.05, limit = 10, level = 0.95 } = options;
  check(rows);
  const { x, values, after } = rows;
  const columns = cutNumbers(x);
  const atoms = atomsOf(columns, x.rows);
  const part = (later: number, of: (row: number) => number) =>
    sumByAtom(atoms, (row) => (after[row] === later ? of(row) : 0));
  const value = (row: number) => values[row]!;
  const square = (row: number) => values[row]! ** 2;
  const sums = {
    before: part(0, value),
    after: part(1, value),
    varianceBefore: part(0, square),
    varianceAfter: part(1, square),
  };
  const support = sumByAtom(atoms, (row) => Math.abs(values[row]!));
  const least = supportMin * support.reduce((sum, one) => sum + one, 0);
  const cells = cellsOf(columns, atoms, support, { depthMax, supportMin: least });
  const unitOf = unitsOf(rows);
  const claimed = new Uint8Array(atoms.count);
  const all = { parts: [], atoms: Int32Array.from(claimed.keys()) };
  const whole = sumsOf(all, sums, claimed);
  const change = whole.after - whole.before;
  const drivers: TotalDriver[] = [];
  let open = cells;
  // Where units hold many rows the rows look surer than they are; the surest few are tried.
  for (let tries = 0; tries < 4 * limit && drivers.length < limit; tries++) {
    const total = sumsOf(all, sums, claimed);
    const p = open.map((cell) => chance(sumsOf(cell, sums, claimed), total));
    const best = p.reduce((top, one, i) => (one < p[top]! ? i : top), 0);
    const cell = open[best];
    if (cell === undefined || p[best]! > qMax) break;
    open = open.filter((one) => one !== cell);
    const inside = new Uint8Array(atoms.count);
    for (const atom of cell.atoms) inside[atom] = 1;
    const units = unitSums(rows, unitOf, (row) => {
      const atom = atoms.of[row]!;
      return claimed[atom] === 1 ? -1 : inside[atom]!;
    });
    p[best] = chance(units.inside, units.total);
    // Every look of the search counts, also those at cells already told.
    const q = falseDiscoveryRate(p, { looks: cells.length })[best]!;
    if (q > qMax) continue;
    const { before, after: later } = units.inside;
    drivers.push({
      parts: cell.parts,
      before,
      after: later,
      change: later - before,
      ...intervalOf(units.changes, level),
      contribution: (later - before) / change,
      excess: excessOf(units.inside, units.total).excess,
      q,
    });
    for (const atom of cell.atoms) claimed[atom] = 1;
  }
  drivers.sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
  return { before: whole.before, after: whole.after, change, drivers, looks: cells.length };
}

function check({ x, values, after, units }: TotalRows): void {
  for (const [name, column] of Object.entries({ values, after, ...(units && { units }) }))
    if (column.length !== x.rows)
      throw new RangeError(`${name} has ${column.length} rows, the frame has ${x.rows}`);
  for (let row = 0; row < x.rows; row++) {
    if (!Number.isFinite(values[row]!))
      throw new RangeError(`value of row ${row} is ${values[row]}, expected a finite number`);
    if (after[row] !== 0 && after[row] !== 1)
      throw new RangeError(`after of row ${row} is ${after[row]}, expected 0 or 1`);
  }
}

function sumsOf(cell: Cell, sums: { [K in keyof Sums]: Float64Array }, claimed: Uint8Array): Sums {
  const found = { before: 0, after: 0, varianceBefore: 0, varianceAfter: 0 };
  for (const atom of cell.atoms) {
    if (claimed[atom] === 1) continue;
    found.before += sums.before[atom]!;
    found.after += sums.after[atom]!;
    found.varianceBefore += sums.varianceBefore[atom]!;
    found.varianceAfter += sums.varianceAfter[atom]!;
  }
  return found;
}

/** What a cell moved beyond the growth of the rest, with its variance by the delta method. */
function excessOf(own: Sums, total: Sums): { excess: number; variance: number } {
  const rest = total.before - own.before;
  const growth = rest === 0 ? 1 : (total.after - own.after) / rest;
  const ofRest = total.varianceAfter - own.varianceAfter;
  const ofRestBefore = total.varianceBefore - own.varianceBefore;
  const ofGrowth = rest === 0 ? 0 : (ofRest + growth ** 2 * ofRestBefore) / rest ** 2;
  return {
    excess: own.after - growth * own.before,
    variance: own.varianceAfter + growth ** 2 * own.varianceBefore + own.before ** 2 * ofGrowth,
  };
}

/**
 * A driver must have moved and have moved otherwise than the rest: the larger of both chances holds
 * for the pair (Berger, 1982). So of two halves, the one that stood still is no driver.
 */
function chance(own: Sums, total: Sums): number {
  const { excess, variance } = excessOf(own, total);
  const moved = own.after - own.before;
  const spread = own.varianceAfter + own.varianceBefore;
  if (!(variance > 0 && spread > 0)) return 1;
  return Math.max(twoSided(excess / Math.sqrt(variance)), twoSided(moved / Math.sqrt(spread)));
}

interface Units {
  count: number;
  /** Rows: number of the row's unit, from 0. */
  of: Int32Array;
}

/** Without units each row is one. */
function unitsOf({ x: { rows }, units }: TotalRows): Units {
  const of = new Int32Array(rows);
  const known = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const unit = units?.[row] ?? row;
    const id = known.get(unit) ?? known.size;
    if (id === known.size) known.set(unit, id);
    of[row] = id;
  }
  return { count: known.size, of };
}

interface UnitSums {
  inside: Sums;
  total: Sums;
  /** Each unit's change inside the cell. */
  changes: Float64Array;
}

/** Sums and squares by unit. `place` is 1 inside the cell, 0 outside, −1 not looked at. */
function unitSums(
  { values, after }: TotalRows,
  units: Units,
  place: (row: number) => number,
): UnitSums {
  const outside = new Float64Array(units.count);
  const outsideLater = new Float64Array(units.count);
  const held = new Float64Array(units.count);
  const later = new Float64Array(units.count);
  for (let row = 0; row < values.length; row++) {
    const where = place(row);
    if (where < 0) continue;
    const sums =
      where === 1 ? (after[row] === 1 ? later : held) : after[row] === 1 ? outsideLater : outside;
    sums[units.of[row]!]! += values[row]!;
  }
  const [rest, restLater] = [powersOf(outside), powersOf(outsideLater)];
  const [before, now] = [powersOf(held), powersOf(later)];
  return {
    inside: {
      before: before.sum,
      after: now.sum,
      varianceBefore: before.squares,
      varianceAfter: now.squares,
    },
    total: {
      before: rest.sum + before.sum,
      after: restLater.sum + now.sum,
      varianceBefore: rest.squares + before.squares,
      varianceAfter: restLater.squares + now.squares,
    },
    changes: later.map((value, unit) => value - held[unit]!),
  };
}

interface Power {
  sum: number;
  squares: number;
}

function powersOf(values: Float64Array): Power {
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  return { sum, squares };
}

/**
 * Interval of a sum over a number of units that varies as well: the percentiles that a Poisson
 * bootstrap tends to, from its cumulants (Cornish and Fisher, 1938), without drawing.
 */
function intervalOf(changes: Float64Array, level: number): { lower: number; upper: number } {
  let [sum, second, third, fourth] = [0, 0, 0, 0];
  for (const change of changes) {
    sum += change;
    second += change ** 2;
    third += change ** 3;
    fourth += change ** 4;
  }
  const spread = Math.sqrt(second);
  if (spread === 0) return { lower: sum, upper: sum };
  const skew = third / spread ** 3;
  const excess = fourth / spread ** 4;
  const at = (z: number) =>
    sum +
    spread *
      (z +
        ((z * z - 1) * skew) / 6 +
        ((z ** 3 - 3 * z) * excess) / 24 -
        ((2 * z ** 3 - 5 * z) * skew * skew) / 36);
  const z = normalQuantile((1 + level) / 2);
  return { lower: at(-z), upper: at(z) };
}
