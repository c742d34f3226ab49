import { createHash } from 'node:crypto';
import type { Item } from '../../training/tasks/price/data.js';
import type { HoldOut } from '../../workspace/types.js';

/**
 * The side that a whole group, or a group in a cycle, was drawn for, kept with the suggestion: drawn
 * before anything came of it, and looked up when it did.
 */
export interface Arm {
  hold: 'groups' | 'cycles';
  /** Column of the items; null where all items are one group. */
  by: string | null;
  /** Value of the column. */
  unit: string;
  held: boolean;
}

interface Drawn {
  held: boolean;
  /** Absent where single items are drawn: then the state of a suggestion says it all. */
  arm?: Arm;
}

interface Drawing {
  model: string;
  items: ReadonlyMap<string, Item>;
  holdOut: HoldOut;
  cycle: number;
}

const kept = new WeakMap<Drawing['items'], { key: string; drawn: ReadonlyMap<string, Drawn> }>();

/** Whether each item keeps its price in a cycle, by text of the key; drawn once for a cycle's items. */
export function holdOutOf(drawing: Drawing): ReadonlyMap<string, Drawn> {
  const { model, items, holdOut, cycle } = drawing;
  const key = JSON.stringify([model, holdOut, cycle]);
  const standing = kept.get(items);
  if (standing?.key === key) return standing.drawn;
  const drawn = drawAll(drawing);
  kept.set(items, { key, drawn });
  return drawn;
}

function drawAll({ model, items, holdOut, cycle }: Drawing): ReadonlyMap<string, Drawn> {
  const texts = [...items.keys()];
  if (typeof holdOut === 'number') {
    const held = heldOut(model, texts, holdOut);
    return new Map(texts.map((text) => [text, { held: held.has(text) }]));
  }
  const { hold, by = null, share } = holdOut;
  const unitOf = new Map([...items].map(([text, item]) => [text, groupOf(item, by)]));
  const units = [...new Set(unitOf.values())];
  const held =
    hold === 'groups'
      ? heldOut(model, units, share)
      : new Set(units.filter((unit) => isHeldCycle(model, unit, cycle, share)));
  return new Map(
    [...unitOf].map(([text, unit]) => {
      const arm = { hold, by, unit, held: held.has(unit) };
      return [text, { held: arm.held, arm }];
    }),
  );
}

/** Items without a value are a group too. */
function groupOf({ key, name, category, attributes }: Item, by: string | null): string {
  if (by === null) return '';
  return String({ ...attributes, category, name, ...key }[by] ?? '');
}

/**
 * The items, or groups of them, that keep their price to measure the others by: those whose digests are
 * smallest, so that the draw has nothing to do with what they are, and the same are held cycle after
 * cycle but for a few at the edge as they come and go. As many as the share says, in whole ones.
 */
export function heldOut(model: string, keys: readonly string[], share: number): Set<string> {
  return smallest(keys, Math.round(share * keys.length), (key) => `hold-out ${model} ${key}`);
}

/**
 * Whether prices of a group stay for a cycle. Cycles come in rounds of a fixed length, and in each round
 * those of the smallest digests are held: what was sold has no say, the share is kept in every round, and
 * a trend or season weighs alike on both sides.
 */
export function isHeldCycle(model: string, unit: string, cycle: number, share: number): boolean {
  const length = roundLength(share);
  const first = roundOf(cycle, share) * length;
  const cycles = Array.from({ length }, (_, i) => first + i);
  const textOf = (one: number) => `hold-out ${model} ${JSON.stringify(unit)} ${one}`;
  return smallest(cycles, Math.round(share * length), textOf).has(cycle);
}

/** Number of the round that a cycle is in. */
export const roundOf = (cycle: number, share: number): number =>
  Math.floor(cycle / roundLength(share));

/** Cycles of a round: the fewest that come closest to the share, at least four so that it can surprise. */
function roundLength(share: number): number {
  let [best, least] = [SHORTEST, Infinity];
  for (let length = SHORTEST; length <= LONGEST; length++) {
    const off = Math.abs(Math.round(share * length) / length - share);
    if (off < least - 1e-9) [best, least] = [length, off];
  }
  return best;
}
const SHORTEST = 4;
const LONGEST = 20;

function smallest<T>(all: readonly T[], count: number, textOf: (one: T) => string): Set<T> {
  const drawn = all
    .map((one) => ({ one, digest: createHash('sha256').update(textOf(one)).digest() }))
    .sort((a, b) => a.digest.compare(b.digest));
  return new Set(drawn.slice(0, count).map(({ one }) => one));
}
