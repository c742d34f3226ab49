import { itemPairs, itemSequences, type CategoryColumn } from '@tino/learn';
import type { LoadedInsight, SqlInsight } from '../workspace/types.js';
import type { Found, PairRow, Unlisted } from './finding.js';
import type { Rows } from './read.js';

interface Lines {
  baskets: Float64Array;
  items: Float64Array;
  values: Float64Array;
  units: Float64Array;
  daysAgo: Float64Array;
}

/** Sure pairs with the most money that are weighed to the cent. */
const WEIGHED = 200;
/** Of them in the table, of either kind. */
const SHOWN = 20;

/** What is bought together, and what one after the other, within the last period. */
export function searchPairs(
  { name, declaration }: LoadedInsight<SqlInsight>,
  rows: Rows,
): Found<Unlisted> {
  if (declaration.look !== 'pairs') throw new Error(`${name} looks for ${declaration.look}`);
  const { basketsMin: countMin } = declaration;
  const item = rows.categories('item');
  const lines = linesOf(rows, item, rows.categories('basket'));
  const own = byItem(lines, item.levels.length);
  const worth = own.map((of) => {
    const sum = of.reduce((total, line) => total + lines.values[line]!, 0);
    return sum / Math.max(1, of.length);
  });
  const together = itemPairs(lines, { countMin, limit: WEIGHED, worth });
  const ofPeople = known(lines);
  const later = itemSequences(
    {
      customers: ofPeople.units,
      items: ofPeople.items,
      times: ofPeople.daysAgo.map((ago) => -ago),
    },
    { countMin, limit: WEIGHED, worth },
  );
  const inBaskets = together.pairs.map((pair): Unlisted => {
    const { a, b, confidence, confidenceBack } = pair;
    // The rarer item tells more of the other than the other way round.
    const [from, to] = confidence >= confidenceBack ? [a, b] : [b, a];
    const [first, next] = [own[from]!, own[to]!];
    const each = worthOf(lines, next, new Set(first.map((line) => lines.baskets[line]!)));
    const surest = { ...pair, confidence: Math.max(confidence, confidenceBack) };
    return {
      id: `${name}/${[item.levels[a]!, item.levels[b]!].sort().join('+')}`,
      parts: partsOf(item, from, to),
      family: name,
      what: 'together',
      figures: { ...figuresOf(surest), worth: each.mean },
      sure: { q: pair.q },
      money: beyondChance(pair, each, together.crowding),
      people: peopleWith(lines, first, next),
    };
  });
  const inOrder = later.sequences.map((one): Unlisted => {
    const [first, next] = [own[one.first]!, own[one.next]!];
    const each = worthOf(lines, next);
    return {
      id: `${name}/${item.levels[one.first]}>${item.levels[one.next]}`,
      parts: partsOf(item, one.first, one.next),
      family: `${name}-later`,
      what: 'later',
      figures: { ...figuresOf(one), gap: one.gap, worth: each.mean },
      sure: { q: one.q },
      money: beyondChance(one, each, later.crowding),
      people: peopleWith(lines, first, next),
    };
  });
  const ranked = [inBaskets, inOrder].map((found) => found.sort(byMoney).slice(0, SHOWN));
  return {
    findings: ranked.flatMap(withoutRepeats),
    headline: { baskets: together.baskets },
    pairs: ranked.flat().map(rowOf),
    families: 2,
    looks: together.looks + later.looks,
  };
}

const partsOf = ({ levels }: CategoryColumn, first: number, next: number) => [
  { column: 'first', level: levels[first]! },
  { column: 'next', level: levels[next]! },
];

const byMoney = (a: Unlisted, b: Unlisted) =>
  b.money.lower - a.money.lower || (a.id < b.id ? -1 : 1);

/** Of a set of items that go together each is told once: its other pairs say the same again. */
function withoutRepeats(findings: readonly Unlisted[]): Unlisted[] {
  const told = new Set<string>();
  return findings.filter(({ parts }) => {
    const levels = parts.map(({ level }) => level);
    if (levels.some((level) => told.has(level))) return false;
    for (const level of levels) told.add(level);
    return true;
  });
}

function rowOf({ what, parts, figures, sure }: Unlisted): PairRow {
  const of = (name: string) => Number(figures[name]);
  return {
    kind: what === 'later' ? 'later' : 'together',
    first: parts[0]!.level,
    next: parts[1]!.level,
    count: of('count'),
    confidence: of('confidence'),
    lift: of('lift'),
    lower: of('lower'),
    upper: of('upper'),
    gap: what === 'later' ? of('gap') : null,
    q: sure.q,
  };
}

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

/** 95 %, two-sided. */
const REACH = 1.96;

/**
 * Money of the second item in those who have both, beyond what baskets of these sizes would bring
 * together by chance; the bounds are those of a sum over a number that varies as well.
 */
function beyondChance({ count, lift }: Pair, { mean, square }: Worth, crowding: number) {
  const effect = count * mean * (1 - crowding / lift);
  const reach = REACH * Math.sqrt(count * square);
  return { effect, lower: effect - reach, upper: effect + reach };
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

interface Worth {
  mean: number;
  /** Mean of the squares. */
  square: number;
}

/** Money of an item in a basket (of those given). */
function worthOf(
  { baskets, values }: Lines,
  own: readonly number[],
  among?: ReadonlySet<number>,
): Worth {
  const sums = new Map<number, number>();
  for (const line of own) {
    const basket = baskets[line]!;
    if (among === undefined || among.has(basket))
      sums.set(basket, (sums.get(basket) ?? 0) + values[line]!);
  }
  let [sum, squares] = [0, 0];
  for (const value of sums.values()) {
    sum += value;
    squares += value * value;
  }
  const count = Math.max(1, sums.size);
  return { mean: sum / count, square: squares / count };
}

function peopleWith({ units }: Lines, first: readonly number[], next: readonly number[]): number {
  const had = new Set(first.map((line) => units[line]!));
  const both = new Set(next.map((line) => units[line]!));
  return [...both].filter((unit) => unit >= 0 && had.has(unit)).length;
}
