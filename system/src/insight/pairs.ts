import { itemPairs, itemSequences, type CategoryColumn } from '@tino/learn';
import type { LoadedInsight, SqlInsight } from '../workspace/types.js';
import type { Finding, Found } from './finding.js';
import type { Rows } from './read.js';

interface Lines {
  baskets: Float64Array;
  items: Float64Array;
  values: Float64Array;
  units: Float64Array;
  daysAgo: Float64Array;
}

const LIMIT = 20;

/** What is bought together, and what one after the other, within the last period. */
export function searchPairs({ name, declaration }: LoadedInsight<SqlInsight>, rows: Rows): Found {
  if (declaration.look !== 'pairs') throw new Error(`${name} looks for ${declaration.look}`);
  const { basketsMin: countMin } = declaration;
  const item = rows.categories('item');
  const lines = linesOf(rows, item, rows.categories('basket'));
  const own = byItem(lines, item.levels.length);
  const together = itemPairs(lines, { countMin, limit: LIMIT });
  const ofPeople = known(lines);
  const later = itemSequences(
    {
      customers: ofPeople.units,
      items: ofPeople.items,
      times: ofPeople.daysAgo.map((ago) => -ago),
    },
    { countMin, limit: LIMIT },
  );
  const findings = [
    ...together.pairs.map((pair): Finding => {
      const [first, next] = [own[pair.a]!, own[pair.b]!];
      const worth = meanValue(lines, next, new Set(first.map((line) => lines.baskets[line]!)));
      const money = beyondChance(pair, worth);
      return {
        ...namesOf(name, item, [pair.a, pair.b], '+'),
        family: name,
        what: 'together',
        figures: { ...figuresOf(pair), worth },
        sure: { q: pair.q },
        money,
        people: peopleWith(lines, first, next),
      };
    }),
    ...later.sequences.map((one): Finding => {
      const worth = meanValue(lines, own[one.next]!);
      return {
        ...namesOf(name, item, [one.first, one.next], '>'),
        family: `${name}-later`,
        what: 'later',
        figures: { ...figuresOf(one), gap: one.gap, worth },
        sure: { q: one.q },
        money: beyondChance(one, worth),
        people: peopleWith(lines, own[one.first]!, own[one.next]!),
      };
    }),
  ];
  const looks = together.looks + later.looks;
  return { findings, headline: { baskets: together.baskets }, families: 2, looks };
}

const namesOf = (
  family: string,
  { levels }: CategoryColumn,
  [first, next]: [number, number],
  joined: '+' | '>',
) => ({
  id: `${family}/${levels[first]}${joined}${levels[next]}`,
  parts: [
    { column: 'first', level: levels[first]! },
    { column: 'next', level: levels[next]! },
  ],
});

interface Pair {
  count: number;
  confidence: number;
  lift: number;
  lower: number;
  upper: number;
}

const figuresOf = ({ count, confidence, lift, lower, upper }: Pair) => ({
  count,
  confidence,
  lift,
  lower,
  upper,
});

/** Money of the second item in those who have both, beyond what chance would bring together. */
function beyondChance({ count, lift, lower, upper }: Pair, worth: number) {
  const beyond = (times: number) => count * worth * (1 - 1 / times);
  return { effect: beyond(lift), lower: beyond(lower), upper: beyond(upper) };
}

/** Lines of something bought, in a basket. */
function linesOf(rows: Rows, item: CategoryColumn, basket: CategoryColumn): Lines {
  const values = rows.numbers('value');
  const all = {
    baskets: basket.codes,
    items: item.codes,
    values,
    units: rows.unit.codes,
    daysAgo: rows.daysAgo,
  };
  return linesWhere(
    all,
    (row) => item.codes[row]! >= 0 && basket.codes[row]! >= 0 && values[row]! > 0,
  );
}

const known = (lines: Lines): Lines => linesWhere(lines, (line) => lines.units[line]! >= 0);

function linesWhere(
  lines: { [K in keyof Lines]: ArrayLike<number> },
  holds: (line: number) => boolean,
): Lines {
  const kept = new Int32Array(lines.items.length);
  let count = 0;
  for (let line = 0; line < kept.length; line++) if (holds(line)) kept[count++] = line;
  const pick = (of: ArrayLike<number>) => {
    const picked = new Float64Array(count);
    for (let i = 0; i < count; i++) picked[i] = of[kept[i]!]!;
    return picked;
  };
  return {
    baskets: pick(lines.baskets),
    items: pick(lines.items),
    values: pick(lines.values),
    units: pick(lines.units),
    daysAgo: pick(lines.daysAgo),
  };
}

/** Lines of each item, found once: every pair asks for two of them. */
function byItem({ items }: Lines, count: number): number[][] {
  const lines = Array.from({ length: count }, (): number[] => []);
  items.forEach((item, line) => lines[item]!.push(line));
  return lines;
}

/** Mean money of an item in a basket (of those given). */
function meanValue(
  { baskets, values }: Lines,
  own: readonly number[],
  among?: ReadonlySet<number>,
): number {
  const held = new Set<number>();
  let sum = 0;
  for (const line of own) {
    if (among !== undefined && !among.has(baskets[line]!)) continue;
    held.add(baskets[line]!);
    sum += values[line]!;
  }
  return held.size === 0 ? 0 : sum / held.size;
}

function peopleWith({ units }: Lines, first: readonly number[], next: readonly number[]): number {
  const had = new Set(first.map((line) => units[line]!));
  const both = new Set(next.map((line) => units[line]!));
  return [...both].filter((unit) => unit >= 0 && had.has(unit)).length;
}
