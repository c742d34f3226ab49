import { quantileSorted, sortedKnown } from '../forecast/series/statistics.js';
import type { CategoryColumn, Column, Frame } from '../frame.js';

/** One condition of a cell: `store` is `Ilhéus`. */
export interface Part {
  column: string;
  level: string;
}

/** Rows alike in every column are one atom: what any search looks at instead of rows. */
export interface Atoms {
  count: number;
  /** Rows: the row's atom. */
  of: Int32Array;
  /** By column, by atom: code of the level, −1 unknown. */
  codes: Int32Array[];
}

/** A combination of levels, and the atoms in it. */
export interface Cell {
  parts: Part[];
  atoms: Int32Array;
}

export function atomsOf(columns: readonly CategoryColumn[], rows: number): Atoms {
  let of = new Int32Array(rows);
  let count = Math.min(rows, 1);
  for (const { codes, levels } of columns) {
    const ids = new Map<number, number>();
    const width = levels.length + 1;
    of = of.map((atom, row) => {
      const key = atom * width + codes[row]! + 1;
      let id = ids.get(key);
      if (id === undefined) ids.set(key, (id = ids.size));
      return id;
    });
    count = ids.size;
  }
  const codes = columns.map((column) => {
    const own = new Int32Array(count);
    for (let row = 0; row < rows; row++) own[of[row]!] = column.codes[row]!;
    return own;
  });
  return { count, of, codes };
}

/** Sum of one number a row over the rows of each atom. */
export function sumByAtom(atoms: Atoms, of: (row: number) => number): Float64Array {
  const sums = new Float64Array(atoms.count);
  for (let row = 0; row < atoms.of.length; row++) sums[atoms.of[row]!]! += of(row);
  return sums;
}

/**
 * Every combination of levels of up to `depthMax` columns whose support is at least `supportMin`;
 * unknown levels make none.
 * @param support by atom, ≥ 0
 */
export function cellsOf(
  columns: readonly CategoryColumn[],
  atoms: Atoms,
  support: Float64Array,
  { depthMax, supportMin }: { depthMax: number; supportMin: number },
): Cell[] {
  const cells: Cell[] = [];
  const within = (parts: Part[], members: Int32Array, from: number) => {
    for (let c = from; c < columns.length; c++) {
      const { name, levels } = columns[c]!;
      const codes = atoms.codes[c]!;
      for (const [code, held] of groups(members, codes, levels.length)) {
        // A part of too small a cell is too small as well (Agrawal and Srikant, 1994).
        if (total(held, support) < supportMin) continue;
        const cell = { parts: [...parts, { column: name, level: levels[code]! }], atoms: held };
        cells.push(cell);
        if (cell.parts.length < depthMax) within(cell.parts, held, c + 1);
      }
    }
  };
  within(
    [],
    Int32Array.from({ length: atoms.count }, (_, atom) => atom),
    0,
  );
  return cells;
}

const total = (atoms: Int32Array, of: Float64Array) => {
  let sum = 0;
  for (const atom of atoms) sum += of[atom]!;
  return sum;
};

function groups(members: Int32Array, codes: Int32Array, levels: number): [number, Int32Array][] {
  const starts = new Int32Array(levels + 1);
  for (const atom of members) if (codes[atom]! >= 0) starts[codes[atom]! + 1]!++;
  for (let code = 0; code < levels; code++) starts[code + 1]! += starts[code]!;
  const sorted = new Int32Array(starts[levels]!);
  const fill = starts.slice();
  for (const atom of members) if (codes[atom]! >= 0) sorted[fill[codes[atom]!]!++] = atom;
  const found: [number, Int32Array][] = [];
  for (let code = 0; code < levels; code++)
    if (starts[code + 1]! > starts[code]!)
      found.push([code, sorted.subarray(starts[code]!, starts[code + 1]!)]);
  return found;
}

/**
 * The columns to search, as categories: numbers are cut at their quantiles, and the name of a level
 * says its bounds.
 */
export function cutNumbers(x: Frame, { cuts = 4 }: { cuts?: number } = {}): CategoryColumn[] {
  if (!Number.isInteger(cuts) || cuts < 2)
    throw new RangeError(`cuts is ${cuts}, expected a whole number from 2`);
  return x.columns.map((column) => (column.kind === 'category' ? column : cut(column, cuts)));
}

function cut({ name, values }: Column & { kind: 'number' }, cuts: number): CategoryColumn {
  const sorted = sortedKnown(values);
  const top = sorted[sorted.length - 1] ?? NaN;
  const quantiles = Array.from({ length: cuts - 1 }, (_, i) =>
    quantileSorted(sorted, (i + 1) / cuts),
  );
  const edges = [...new Set(quantiles)].filter((edge) => edge < top);
  const show = (edge: number) => String(Number(edge.toPrecision(4)));
  const levels = [...edges, Infinity].map((edge, i) => {
    if (edges.length === 0) return `≤ ${show(top)}`;
    if (i === 0) return `≤ ${show(edge)}`;
    return edge === Infinity
      ? `> ${show(edges[i - 1]!)}`
      : `${show(edges[i - 1]!)} – ${show(edge)}`;
  });
  const codes = Int32Array.from(values, (value) =>
    Number.isNaN(value) ? -1 : edges.filter((edge) => value > edge).length,
  );
  return { kind: 'category', name, codes, levels };
}
