import type { Estimator, TrainingData } from '../estimator.js';
import { frame, schemaOf, type CategoryColumn, type Column, type Frame } from '../frame.js';
import { inRange, oneOf } from '../parameters.js';
import type { Rng } from '../random.js';
import { admit, anyNumber, classIndex } from '../training-data.js';
import { kFold, type Fold } from '../validate/folds.js';
import {
  encodeColumns,
  encodings,
  frequencyCode,
  lookUp,
  oneHotCode,
  targetCode,
  type CategoryCode,
  type Encoding,
} from './code.js';
import { encodedModel } from './model.js';

export interface EncodedOptions {
  encoding: Encoding;
  /** Names of the categories to encode; all of them when absent. */
  columns: readonly string[];
  /** Levels with an indicator of their own, of `oneHot`. */
  levelsMax: number;
  /** Rows with the mean of all that are added to each level, of `target`. */
  smoothing: number;
  /** Parts of the rows, each encoded from the others, of `target`. */
  folds: number;
  /** Above 2: y holds class indices and `target` gives a number a class. */
  classes: number;
}

/**
 * An estimator that is handed numbers in place of categories. `target` encodes each training row
 * from rows of other folds, so that no row sees its own target; new rows are encoded from all.
 * Explanations and importance are of the columns before encoding.
 */
export function encoded(inner: Estimator, options: Partial<EncodedOptions> = {}): Estimator {
  const settings = {
    encoding: oneOf('encoding', options.encoding ?? 'target', encodings),
    columns: options.columns,
    levelsMax: inRange('levelsMax', options.levelsMax ?? 100, { from: 1, whole: true }),
    smoothing: inRange('smoothing', options.smoothing ?? 10, { from: 0 }),
    folds: inRange('folds', options.folds ?? 5, { from: 2, whole: true }),
    classes: inRange('classes', options.classes ?? 2, { from: 2, whole: true }),
  };
  return {
    async fit(given, effects) {
      const rule = settings.classes > 2 ? classIndex(settings.classes) : anyNumber;
      const data = admit(given, rule);
      const chosen = categoriesOf(data.x, settings.columns);
      const { codes, columns } = encode(data, chosen, settings, effects.rng.fork('encode'));
      distinct(columns);
      const model = await inner.fit({ ...data, x: frame(columns) }, effects);
      return encodedModel({ columns: schemaOf(data.x), codes, inner: model });
    },
  };
}

function categoriesOf(x: Frame, names: readonly string[] | undefined): CategoryColumn[] {
  if (names === undefined) return x.columns.filter((column) => column.kind === 'category');
  return names.map((name) => {
    const column = x.columns.find((one) => one.name === name);
    if (!column) throw new RangeError(`encoded names column ${name}, which the frame lacks`);
    if (column.kind !== 'category')
      throw new RangeError(`encoded names column ${name}, which is no category`);
    return column;
  });
}

/** Models read columns by name, so that two of one name would be one. */
function distinct(columns: readonly Column[]): void {
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (seen.has(name))
      throw new RangeError(
        `encoding makes a second column ${name}; rename the column of that name`,
      );
    seen.add(name);
  }
}

type Settings = Omit<EncodedOptions, 'columns'>;

function encode(
  data: TrainingData,
  chosen: readonly CategoryColumn[],
  settings: Settings,
  rng: Rng,
): { codes: CategoryCode[]; columns: Column[] } {
  const { x, weights } = data;
  if (settings.encoding === 'target') return encodeByTarget(data, chosen, settings, rng);
  const codes = chosen.map((column) =>
    settings.encoding === 'oneHot'
      ? oneHotCode(column, settings.levelsMax)
      : frequencyCode(column, weights),
  );
  return { codes, columns: encodeColumns(x.columns, new Map(codes.map((c) => [c.column, c]))) };
}

function encodeByTarget(
  { x, y, weights, groups }: TrainingData,
  chosen: readonly CategoryColumn[],
  { smoothing, folds, classes }: Settings,
  rng: Rng,
): { codes: CategoryCode[]; columns: Column[] } {
  const targets =
    classes === 2
      ? [y]
      : Array.from({ length: classes }, (_, k) => y.map((value) => (value === k ? 1 : 0)));
  const all = Int32Array.from({ length: x.rows }, (_, row) => row);
  const parts: Fold[] =
    x.rows < folds ? [] : kFold(x.rows, { folds, rng, ...(groups && { groups }) });
  const codes: CategoryCode[] = [];
  const crossed = new Map<string, Column[]>();
  for (const column of chosen) {
    const input = { column, targets, weights };
    const code = targetCode(input, all, smoothing);
    codes.push(code);
    // Too few rows for folds: what all rows say, which is then the mean of little.
    const columns = lookUp(column, code);
    for (const { train, test } of parts) {
      const fold = targetCode(input, train, smoothing);
      const width = column.levels.length + 1;
      columns.forEach(({ values }, output) => {
        for (const row of test) {
          const level = column.codes[row]!;
          values[row] = fold.table[output * width + (level < 0 ? width - 1 : level)]!;
        }
      });
    }
    crossed.set(column.name, columns);
  }
  return { codes, columns: x.columns.flatMap((column) => crossed.get(column.name) ?? [column]) };
}
