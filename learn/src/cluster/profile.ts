import type { CategoryColumn, Frame, NumberColumn, Numbers } from '../frame.js';

/** What is particular about a cluster, the most telling first. */
export interface ClusterProfile {
  cluster: number;
  size: number;
  /** Of all rows, 0..1. */
  share: number;
  numbers: NumberTrait[];
  categories: CategoryTrait[];
}

export interface NumberTrait {
  column: string;
  mean: number;
  overall: number;
  /** (mean − overall) ÷ deviation of all rows; 0 when the column does not vary. */
  difference: number;
}

export interface CategoryTrait {
  column: string;
  level: string;
  /** Share of the cluster's known rows with this level, 0..1. */
  share: number;
  overall: number;
  /** share ÷ overall. */
  lift: number;
}

/** Each cluster against all rows. Missing values are left out of means and shares. */
export function profile(x: Frame, labels: ArrayLike<number>): ClusterProfile[] {
  if (labels.length !== x.rows)
    throw new RangeError(`labels has ${labels.length} rows, expected ${x.rows}`);
  let k = 0;
  for (let row = 0; row < x.rows; row++) k = Math.max(k, labels[row]! + 1);
  const members = Array.from({ length: k }, (): number[] => []);
  for (let row = 0; row < x.rows; row++) if (labels[row]! >= 0) members[labels[row]!]!.push(row);
  const numbersOf = x.columns.flatMap((column) =>
    column.kind === 'number' ? [numberTraits(column)] : [],
  );
  const categoriesOf = x.columns.flatMap((column) =>
    column.kind === 'category' ? [categoryTraits(column)] : [],
  );
  return members.map((rows, cluster) => {
    const numbers = numbersOf.map((traitOf) => traitOf(rows));
    const categories = categoriesOf.flatMap((traitsOf) => traitsOf(rows));
    return {
      cluster,
      size: rows.length,
      share: rows.length / x.rows,
      numbers: numbers.sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference)),
      categories: categories.sort((a, b) => weight(b) - weight(a)),
    };
  });
}

/** What a column says of some rows beside all. */
function numberTraits({ name, values }: NumberColumn): (rows: readonly number[]) => NumberTrait {
  const all = moments(values);
  return (rows) => {
    const own = moments(Float64Array.from(rows, (row) => values[row]!));
    const difference = all.deviation > 0 ? (own.mean - all.mean) / all.deviation : 0;
    return {
      column: name,
      mean: own.mean,
      overall: all.mean,
      difference: Number.isNaN(difference) ? 0 : difference,
    };
  };
}

function categoryTraits({
  name,
  codes,
  levels,
}: CategoryColumn): (rows: readonly number[]) => CategoryTrait[] {
  const all = shares(codes, levels.length);
  return (rows) => {
    const own = shares(
      rows.map((row) => codes[row]!),
      levels.length,
    );
    return levels.flatMap((level, code) => {
      const overall = all[code]!;
      const share = own[code]!;
      return overall > 0 ? [{ column: name, level, share, overall, lift: share / overall }] : [];
    });
  };
}

/** A rare level with a high lift says less than a common one that is much more common here. */
const weight = ({ share, overall }: CategoryTrait) =>
  Math.abs(share - overall) / Math.sqrt(overall * (1 - overall) + 1e-9);

function shares(codes: ArrayLike<number>, levels: number): Float64Array {
  const counts = new Float64Array(levels);
  let known = 0;
  for (let i = 0; i < codes.length; i++) {
    if (codes[i]! < 0) continue;
    counts[codes[i]!]!++;
    known++;
  }
  return counts.map((count) => (known > 0 ? count / known : 0));
}

function moments(values: Numbers): { mean: number; deviation: number } {
  let known = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) continue;
    sum += values[i]!;
    known++;
  }
  const mean = sum / known;
  let squares = 0;
  for (let i = 0; i < values.length; i++)
    if (!Number.isNaN(values[i]!)) squares += (values[i]! - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / known) };
}
