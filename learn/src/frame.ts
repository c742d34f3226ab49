/** Single precision halves the memory of a large table; sums and models are of double precision. */
export type Numbers = Float64Array | Float32Array;

/** Numbers of one column; `NaN` is missing. */
export interface NumberColumn {
  kind: 'number';
  name: string;
  values: Numbers;
}

/** Codes into `levels`; `-1` is missing or a level never seen. */
export interface CategoryColumn {
  kind: 'category';
  name: string;
  codes: Int32Array;
  levels: readonly string[];
}

export type Column = NumberColumn | CategoryColumn;

/** Named columns of one length: the only table that `learn` knows. */
export interface Frame {
  rows: number;
  columns: readonly Column[];
}

/** What a fitted model remembers of its columns, so that it can read rows it has never seen. */
export type ColumnSchema =
  | { kind: 'number'; name: string }
  | { kind: 'category'; name: string; levels: readonly string[] };

export function frame(columns: readonly Column[]): Frame {
  const rows = columns.length === 0 ? 0 : lengthOf(columns[0]!);
  for (const column of columns)
    if (lengthOf(column) !== rows)
      throw new RangeError(
        `column ${column.name} has ${lengthOf(column)} rows, expected ${rows} as in ${columns[0]!.name}`,
      );
  return { rows, columns };
}

export const lengthOf = (column: Column): number =>
  column.kind === 'number' ? column.values.length : column.codes.length;

/** Keeps typed arrays as they are, of either precision; other lists become doubles. */
export function numberColumn<Values extends Numbers = Float64Array>(
  name: string,
  values: Values | readonly number[],
): NumberColumn & { values: Values | Float64Array } {
  return { kind: 'number', name, values: isList(values) ? Float64Array.from(values) : values };
}

const isList = (values: Numbers | readonly number[]): values is readonly number[] =>
  Array.isArray(values);

/** The same numbers in double precision: what to compute with where results are stored beside them. */
export const doubles = (values: Numbers): Float64Array =>
  values instanceof Float64Array ? values : new Float64Array(values);

/** Categories in order of first appearance, unless `levels` are given; unknown ones become missing. */
export function categoryColumn(
  name: string,
  values: readonly (string | null | undefined)[],
  levels?: readonly string[],
): CategoryColumn {
  const index = new Map((levels ?? []).map((level, code) => [level, code]));
  const codes = Int32Array.from(values, (value) => {
    if (value === null || value === undefined) return -1;
    if (levels === undefined && !index.has(value)) index.set(value, index.size);
    return index.get(value) ?? -1;
  });
  return { kind: 'category', name, codes, levels: levels ?? [...index.keys()] };
}

export const schemaOf = (x: Frame): ColumnSchema[] =>
  x.columns.map((column) =>
    column.kind === 'number'
      ? { kind: 'number', name: column.name }
      : { kind: 'category', name: column.name, levels: column.levels },
  );

/** Rows of a frame by index, in the order of `rows`. */
export function takeRows(x: Frame, rows: ArrayLike<number>): Frame {
  const columns = x.columns.map((column): Column => {
    if (column.kind === 'number') {
      const values = new (column.values instanceof Float32Array ? Float32Array : Float64Array)(
        rows.length,
      );
      for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i]!]!;
      return { ...column, values };
    }
    const codes = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i]!]!;
    return { ...column, codes };
  });
  return { rows: rows.length, columns };
}

/**
 * The columns that `schema` names, in its order and with its codes: how a model reads a frame that was
 * built later, with other levels or another order of columns. A column that is absent is an error.
 */
export function conform(x: Frame, schema: readonly ColumnSchema[]): Frame {
  const byName = new Map(x.columns.map((column) => [column.name, column]));
  const columns = schema.map((wanted): Column => {
    const column = byName.get(wanted.name);
    if (column === undefined)
      throw new Error(`column ${wanted.name} is missing; the model was trained with it`);
    if (column.kind !== wanted.kind)
      throw new Error(
        `column ${wanted.name} is a ${column.kind}, the model was trained with a ${wanted.kind}`,
      );
    if (
      column.kind === 'number' ||
      wanted.kind === 'number' ||
      sameLevels(column.levels, wanted.levels)
    )
      return column;
    const codeOf = new Map(wanted.levels.map((level, code) => [level, code]));
    const recode = Int32Array.from(column.levels, (level) => codeOf.get(level) ?? -1);
    return {
      ...column,
      levels: wanted.levels,
      codes: column.codes.map((code) => (code < 0 ? -1 : recode[code]!)),
    };
  });
  return { rows: x.rows, columns };
}

const sameLevels = (a: readonly string[], b: readonly string[]) =>
  a === b || (a.length === b.length && a.every((level, code) => level === b[code]));
