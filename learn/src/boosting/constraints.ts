import type { Frame } from '../frame.js';

function indexOf(x: Frame, name: string, parameter: string): number {
  const index = x.columns.findIndex((column) => column.name === name);
  if (index < 0) throw new RangeError(`${parameter} names column ${name}, which the frame lacks`);
  return index;
}

/** One sign a column. */
export function monotoneSigns(x: Frame, monotone: Record<string, number>): Int8Array {
  const signs = new Int8Array(x.columns.length);
  for (const [name, sign] of Object.entries(monotone)) {
    const index = indexOf(x, name, 'monotone');
    if (x.columns[index]!.kind !== 'number')
      throw new RangeError(`monotone names column ${name}, which is no number`);
    if (![-1, 0, 1].includes(sign))
      throw new RangeError(`monotone of ${name} is ${sign}, expected 1, 0 or -1`);
    signs[index] = sign;
  }
  return signs;
}

/** The lists as column indices; undefined where there are none. */
export const interactionLists = (
  x: Frame,
  interactions: readonly (readonly string[])[],
): readonly (readonly number[])[] | undefined =>
  interactions.length === 0
    ? undefined
    : interactions.map((list) => list.map((name) => indexOf(x, name, 'interactions')));
