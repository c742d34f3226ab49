import type { Covariates } from '@tino/learn';
import type { Batch } from '../../engine/port.js';
import type { ForecastDeclaration } from '../../workspace/types.js';
import { columnOf, keyText, keyValue, numbersOf, type Key } from './forecast-keys.js';
import { stepIndex } from './forecast-steps.js';

/**
 * What is known ahead (promotions, holidays): rows with all, some or none of the key columns, `at`,
 * and numbers. Rows of one step are added up; a step without a row is 0.
 */
export async function readKnown(
  read: (file: string) => Promise<Batch>,
  declaration: ForecastDeclaration,
  keys: readonly Key[],
): Promise<Covariates> {
  const file = declaration.known!;
  const batch = await read(file);
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
    const index = stepIndex(moment, declaration.step);
    const cell = steps.get(index) ?? new Float64Array(names.length);
    steps.set(index, cell);
    for (let c = 0; c < names.length; c++)
      if (!Number.isNaN(values[c]![row])) cell[c]! += values[c]![row]!;
  }
  const bySeries = keys.map((key) => cells.get(keyText(by, key)));
  return {
    names,
    kinds: names.map(() => 'known'),
    at: (series, step, covariate) => bySeries[series]?.get(step)?.[covariate] ?? 0,
  };
}
