import type { Atoms } from './cells.js';
import { studentTwoSided } from './probability.js';

/** Rows and events of each unit in each atom; of atom i from `starts[i]` to `starts[i + 1]`. */
export interface UnitCounts {
  starts: Int32Array;
  units: Int32Array;
  rows: Float64Array;
  yes: Float64Array;
  /** How many units there are. */
  count: number;
}

export function unitCounts(
  atoms: Atoms,
  units: ArrayLike<number>,
  happened: ArrayLike<number>,
): UnitCounts {
  const known = new Map<number, number>();
  const cells = Array.from({ length: atoms.count }, () => new Map<number, [number, number]>());
  for (let row = 0; row < atoms.of.length; row++) {
    const unit = known.get(units[row]!) ?? known.size;
    known.set(units[row]!, unit);
    const cell = cells[atoms.of[row]!]!;
    const counts = cell.get(unit) ?? [0, 0];
    counts[0]++;
    counts[1] += happened[row]!;
    cell.set(unit, counts);
  }
  const starts = new Int32Array(atoms.count + 1);
  cells.forEach((cell, atom) => (starts[atom + 1] = starts[atom]! + cell.size));
  const all = cells.flatMap((cell) => [...cell]);
  return {
    starts,
    units: Int32Array.from(all, ([unit]) => unit),
    rows: Float64Array.from(all, ([, [rows]]) => rows),
    yes: Float64Array.from(all, ([, [, yes]]) => yes),
    count: known.size,
  };
}

/** How a cell's rate stands out when whole units, and not rows, are what varies. */
export interface UnitScore {
  /** Two-sided chance. */
  p: number;
  /** Variance of the events against that of independent rows (Kish, 1965), from 1. */
  design: number;
}

/**
 * Scores cells of the atoms that are open: the rate inside against that outside, by their spread
 * between units, or between rows where that is more (variance of a ratio over clusters, Cochran,
 * 1977; degrees of freedom of the fewer units). One unit alone is never sure, whatever its rows.
 */
export function unitScorer(
  { starts, units, rows, yes, count }: UnitCounts,
  isOpen: (atom: number) => boolean,
): (atoms: ArrayLike<number>) => UnitScore {
  const all = { rows: new Float64Array(count), yes: new Float64Array(count) };
  const own = { rows: new Float64Array(count), yes: new Float64Array(count) };
  const add = (to: typeof all, atom: number, seen?: (unit: number) => void) => {
    if (!isOpen(atom)) return;
    for (let i = starts[atom]!; i < starts[atom + 1]!; i++) {
      const unit = units[i]!;
      if (to.rows[unit] === 0) seen?.(unit);
      to.rows[unit]! += rows[i]!;
      to.yes[unit]! += yes[i]!;
    }
  };
  for (let atom = 0; atom + 1 < starts.length; atom++) add(all, atom);
  const total = noPowers();
  for (let unit = 0; unit < count; unit++) addUnit(total, all.rows[unit]!, all.yes[unit]!, 1);
  return (atoms) => {
    const touched: number[] = [];
    for (let i = 0; i < atoms.length; i++) add(own, atoms[i]!, (unit) => touched.push(unit));
    const [inside, outside] = [noPowers(), { ...total }];
    for (const unit of touched) {
      const [n, y] = [own.rows[unit]!, own.yes[unit]!];
      addUnit(inside, n, y, 1);
      addUnit(outside, all.rows[unit]!, all.yes[unit]!, -1);
      addUnit(outside, all.rows[unit]! - n, all.yes[unit]! - y, 1);
      own.rows[unit] = own.yes[unit] = 0;
    }
    const freedom = Math.min(inside.units, outside.units) - 1;
    if (freedom < 1) return { p: 1, design: 1 };
    const [here, elsewhere] = [rateOf(inside), rateOf(outside)];
    const spread = Math.sqrt(here.variance + elsewhere.variance);
    const p = studentTwoSided((here.rate - elsewhere.rate) / spread, freedom);
    return { p, design: here.design };
  };
}

/** Sums over units of their rows n and events y. */
interface Powers {
  units: number;
  n: number;
  y: number;
  nn: number;
  ny: number;
  yy: number;
}

const noPowers = (): Powers => ({ units: 0, n: 0, y: 0, nn: 0, ny: 0, yy: 0 });

function addUnit(to: Powers, n: number, y: number, way: 1 | -1): void {
  if (n === 0) return;
  to.units += way;
  to.n += way * n;
  to.y += way * y;
  to.nn += way * n * n;
  to.ny += way * n * y;
  to.yy += way * y * y;
}

function rateOf({ units, n, y, nn, ny, yy }: Powers) {
  const rate = y / n;
  const between = (Math.max(0, yy - 2 * rate * ny + rate * rate * nn) * units) / (units - 1);
  // Half an event on each side: none of few rows is no certainty.
  const smooth = (y + 0.5) / (n + 1);
  const independent = n * smooth * (1 - smooth);
  const design = Math.max(1, between / independent);
  return { rate, design, variance: (design * independent) / (n * n) };
}
