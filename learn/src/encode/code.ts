import { numberColumn, type CategoryColumn, type Column, type NumberColumn } from '../frame.js';

export const encodings = ['oneHot', 'target', 'frequency'] as const;
export type Encoding = (typeof encodings)[number];

/** How one category becomes numbers: a look-up table, saved with the model. */
export interface CategoryCode {
  column: string;
  /** Names of the numbers, one an output. */
  names: string[];
  /** outputs × (levels + 1), row-major; the last of a row is for missing and unknown levels. */
  table: Float64Array;
}

/** The number columns that a category becomes. */
export function lookUp(column: CategoryColumn, { names, table }: CategoryCode): NumberColumn[] {
  const width = table.length / names.length;
  return names.map((name, output) =>
    numberColumn(
      name,
      Float64Array.from(
        column.codes,
        (code) => table[output * width + (code < 0 ? width - 1 : code)]!,
      ),
    ),
  );
}

/** An indicator for each of the most frequent levels, and one for all others together. */
export function oneHotCode({ name, codes, levels }: CategoryColumn, levelsMax: number) {
  const counts = countsOf(codes, levels.length);
  const kept = [...levels.keys()]
    .filter((code) => counts[code]! > 0)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, levelsMax);
  const width = levels.length + 1;
  const table = new Float64Array((kept.length + 1) * width);
  table.fill(1, kept.length * width);
  kept.forEach((code, output) => {
    table[output * width + code] = 1;
    table[kept.length * width + code] = 0;
  });
  const names = [...kept.map((code) => `${name}=${levels[code]!}`), `${name} other`];
  return { column: name, names, table };
}

/** Share of the weight that has the level: how common it is. */
export function frequencyCode(
  { name, codes, levels }: CategoryColumn,
  weights: Float64Array | undefined,
): CategoryCode {
  const table = new Float64Array(levels.length + 1);
  let total = 0;
  codes.forEach((code, row) => {
    const weight = weights ? weights[row]! : 1;
    table[code < 0 ? levels.length : code]! += weight;
    total += weight;
  });
  return { column: name, names: [`${name} frequency`], table: table.map((sum) => sum / total) };
}

/** What a target encoder reads: rows of one column, and the targets, one array an output. */
export interface TargetInput {
  column: CategoryColumn;
  targets: readonly Float64Array[];
  weights: Float64Array | undefined;
}

/**
 * Mean target of each level, pulled towards the mean of all by `smoothing` rows (Micci-Barreca
 * 2001); `rows` says of which rows.
 */
export function targetCode(
  { column, targets, weights }: TargetInput,
  rows: ArrayLike<number>,
  smoothing: number,
): CategoryCode {
  const width = column.levels.length + 1;
  const table = new Float64Array(targets.length * width);
  const weight = new Float64Array(width);
  const place = (row: number) => (column.codes[row]! < 0 ? width - 1 : column.codes[row]!);
  for (let i = 0; i < rows.length; i++)
    weight[place(rows[i]!)]! += weights ? weights[rows[i]!]! : 1;
  const total = weight.reduce((sum, value) => sum + value, 0);
  targets.forEach((target, output) => {
    const sums = table.subarray(output * width, (output + 1) * width);
    let all = 0;
    for (let i = 0; i < rows.length; i++) {
      const value = (weights ? weights[rows[i]!]! : 1) * target[rows[i]!]!;
      sums[place(rows[i]!)]! += value;
      all += value;
    }
    const mean = total > 0 ? all / total : 0;
    for (let code = 0; code < width; code++) {
      const known = weight[code]! + smoothing;
      sums[code] = known > 0 ? (sums[code]! + smoothing * mean) / known : mean;
    }
  });
  const names = targets.map((_, output) =>
    targets.length === 1 ? `${column.name} target` : `${column.name} target ${output}`,
  );
  return { column: column.name, names, table };
}

function countsOf(codes: Int32Array, levels: number): Int32Array {
  const counts = new Int32Array(levels);
  for (const code of codes) if (code >= 0) counts[code]!++;
  return counts;
}

/** The columns with each coded category in place of itself. */
export const encodeColumns = (
  columns: readonly Column[],
  codeOf: ReadonlyMap<string, CategoryCode>,
): Column[] =>
  columns.flatMap((column): Column[] => {
    const code = codeOf.get(column.name);
    return code && column.kind === 'category' ? lookUp(column, code) : [column];
  });
