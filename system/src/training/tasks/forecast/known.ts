import type { Covariates } from '@tino/learn';
import { TinoError } from '../../../contract/index.js';
import type { Batch } from '../../../engine/port.js';
import type { ForecastDeclaration } from '../../../workspace/types.js';
import { columnOf, keyText, keyValue, numbersOf, type Key } from './keys.js';
import { stepIndex } from './steps.js';

/** Numbers by step, for each series of the keys that it was read for. */
interface Table {
  names: readonly string[];
  /** By series; absent where nothing was said of its key. */
  bySeries: readonly (ReadonlyMap<number, Float64Array> | undefined)[];
}

/**
 * What is known ahead (promotions, holidays) and what only once it has happened: rows with all,
 * some or none of the key columns, `at`, and numbers. Rows of one step are added up; a step without
 * a row is 0, and of what is not known ahead unknown after step `end`. Undefined without either.
 */
export async function readCovariates(
  read: (file: string) => Promise<Batch>,
  declaration: ForecastDeclaration,
  { keys, end }: { keys: readonly Key[]; end: number },
): Promise<Covariates | undefined> {
  const { known: ahead, past: behind, calendar = [] } = declaration;
  if (ahead === undefined && behind === undefined) return undefined;
  const known = ahead === undefined ? null : tableOf(await read(ahead), ahead, declaration, keys);
  const past = behind === undefined ? null : tableOf(await read(behind), behind, declaration, keys);
  const knownNames = known?.names ?? [];
  const names = [...knownNames, ...(past?.names ?? [])];
  for (const column of calendar)
    if (!knownNames.includes(column))
      throw new TinoError('SQL_COLUMNS', { file: ahead!, column, found: knownNames.join(', ') });
  if (past !== null) refuseFuture(past, behind!, end);
  const count = knownNames.length;
  return {
    names,
    kinds: names.map((_, c) => (c < count ? ('known' as const) : ('past' as const))),
    at(series, step, covariate) {
      if (covariate < count) return known!.bySeries[series]?.get(step)?.[covariate] ?? 0;
      if (step > end) return NaN;
      return past!.bySeries[series]?.get(step)?.[covariate - count] ?? 0;
    },
  };
}

function tableOf(
  batch: Batch,
  file: string,
  declaration: ForecastDeclaration,
  keys: readonly Key[],
): Table {
  const at = columnOf(batch, 'at', file).values;
  const by = declaration.key.filter((name) => batch.columns.some((c) => c.name === name));
  const keyColumns = by.map((name) => columnOf(batch, name, file));
  const names = batch.columns
    .map(({ name }) => name)
    .filter((name) => name !== 'at' && !by.includes(name));
  const values = names.map((name) => numbersOf(batch, name, file));
  const cells = new Map<string, Map<number, Float64Array>>();
  for (let row = 0; row < batch.rows; row++) {
    const moment = at[row];
    if (typeof moment !== 'string') continue;
    const key = keyText(
      by,
      Object.fromEntries(by.map((name, k) => [name, keyValue(keyColumns[k]!, row)])),
    );
    const steps = cells.get(key) ?? new Map<number, Float64Array>();
    cells.set(key, steps);
    const index = stepIndex(moment, declaration);
    const cell = steps.get(index) ?? new Float64Array(names.length);
    steps.set(index, cell);
    for (let c = 0; c < names.length; c++)
      if (!Number.isNaN(values[c]![row])) cell[c]! += values[c]![row]!;
  }
  return { names, bySeries: keys.map((key) => cells.get(keyText(by, key))) };
}

/** The step that the cut-off falls in has begun; one after it cannot have happened. */
function refuseFuture({ bySeries }: Table, file: string, end: number): void {
  for (const steps of bySeries)
    for (const step of steps?.keys() ?? [])
      if (step > end + 1) throw new TinoError('PAST_IN_FUTURE', { file, steps: step - end });
}
