import { categoryColumn, numberColumn, type Column } from '@tino/learn';
import type { Batch } from '../../../engine/port.js';
import type { ForecastDeclaration } from '../../../workspace/types.js';
import { keyText, keyValue, scalarValue, type Key } from './keys.js';

export type Attributes = Record<string, string | number | boolean | null>;

interface Statics {
  /** Keys that it names in full: members even without history. */
  whole: Key[];
  of(key: Key): Attributes;
  /** Columns for learning, one row a key: key parts and all attributes but names. */
  columns(keys: readonly Key[]): Column[];
}

// A name identifies but does not describe: as a category it would only repeat the key.
const NAME = /(^|_)name$/;

/**
 * Attributes of members: rows that hold all key columns, or some of them (then joined over those).
 */
export async function readAttributes(
  read: (file: string) => Promise<Batch>,
  declaration: ForecastDeclaration,
): Promise<Statics> {
  const batch = await read(declaration.statics!);
  const names = declaration.key.filter((name) => batch.columns.some((c) => c.name === name));
  const own = batch.columns.filter(({ name }) => !names.includes(name));
  const keyColumns = names.map((name) => batch.columns.find((column) => column.name === name)!);
  const rows = new Map<string, Attributes>();
  const whole: Key[] = [];
  for (let row = 0; row < batch.rows; row++) {
    const key = Object.fromEntries(names.map((name, k) => [name, keyValue(keyColumns[k]!, row)]));
    rows.set(
      keyText(names, key),
      Object.fromEntries(own.map((column) => [column.name, scalarValue(column, row)])),
    );
    if (names.length === declaration.key.length) whole.push(key);
  }
  const of = (key: Key) => rows.get(keyText(names, key)) ?? {};
  const learned = own.filter(({ name }) => !NAME.test(name));
  return {
    whole,
    of,
    columns: (keys) => [
      ...declaration.key.map((name) =>
        categoryColumn(
          name,
          keys.map((key) => key[name]),
        ),
      ),
      ...learned.map(({ name, type, values }) =>
        values instanceof Float64Array || type === 'boolean'
          ? numberColumn(
              name,
              keys.map((key) => Number(of(key)[name] ?? NaN)),
            )
          : categoryColumn(
              name,
              keys.map((key) => text(of(key)[name])),
            ),
      ),
    ],
  };
}

const text = (value: string | number | boolean | null | undefined) =>
  value === null || value === undefined ? null : String(value);
