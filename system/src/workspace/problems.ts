import type { z } from 'zod';
import { TinoError } from '../contract/error.js';

/** All that is wrong with a declaration, one error a place, each naming the value found there. */
export function parseDeclaration<T>(
  schema: z.ZodType,
  value: unknown,
  file: string,
  problems: TinoError[],
): T | undefined {
  const result = schema.safeParse(value);
  if (result.success) return value as T;
  for (const issue of result.error.issues) {
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [];
    const at = [...issue.path, ...unknown.slice(0, 1)].map(String);
    problems.push(
      new TinoError(
        'CONFIG_INVALID',
        {
          file,
          path: at.join('.') || 'export default',
          value: shown(valueAt(value, at)),
          expected: unknown.length > 0 ? 'no such property' : expectedBy(issue),
        },
        { where: file },
      ),
    );
  }
  return undefined;
}

/** An error of a reference to a name that is not there. */
export const unknownName = (
  file: string,
  kind: string,
  name: string,
  known: readonly string[],
): TinoError =>
  new TinoError(
    'UNKNOWN_NAME',
    { file, kind, name, known: known.join(', ') || '–' },
    { where: file },
  );

const expectedBy = (issue: z.core.$ZodIssue): string =>
  issue.code === 'invalid_value' ? issue.values.map(String).join(' | ') : issue.message;

const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (inside, key) =>
      typeof inside === 'object' && inside !== null
        ? (inside as Record<string, unknown>)[key]
        : undefined,
    value,
  );

function shown(value: unknown): string {
  if (value === undefined) return 'undefined';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
