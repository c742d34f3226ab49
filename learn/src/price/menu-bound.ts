import type { CrossWorth } from './menu-cross.js';
import { keeps, type Candidates, type Relation } from './menu-tree.js';

interface Proving {
  candidates: readonly Candidates[];
  relations: readonly Relation[];
  changesMax: number | null;
  /** The best known so far; replaced where the search finds better. */
  chosen: Int32Array;
  /** The most that separate worths can be together under the rules. */
  mostOf(worths: readonly Candidates[]): Promise<number>;
}

export interface Proven {
  chosen: Int32Array;
  worth: number;
  /** No prices that keep the rules are worth more than this. */
  most: number;
  /** Whether the search ended, so that nothing is better than what was chosen. */
  exact: boolean;
}

/** Prices of each item from one index to another, both included. */
interface Box {
  from: Int32Array;
  to: Int32Array;
}

/** Boxes times the square of items: few are halved where many could never be searched to the end. */
const EFFORT_MAX = 40_000;

/**
 * How good prices with cross effects can be at all, by branch and bound. In a box of prices the worth of
 * an item, own worth × what others' prices do to its demand, is bounded by McCormick's envelope (1976)
 * and the chord of the exponential: a sum of one term a price, whose most is found at once. Boxes are
 * halved, the most promising first, until none is better than what is known or the work is spent.
 */
export async function prove(cross: CrossWorth, proving: Proving): Promise<Proven> {
  const { candidates, mostOf } = proving;
  let chosen = proving.chosen;
  let worth = cross.total(chosen);
  const whole: Box = {
    from: new Int32Array(candidates.length),
    to: Int32Array.from(candidates, ({ prices }) => prices.length - 1),
  };
  const root = relax(cross, proving, whole, chosen);
  // The rules are left out of the search's bounds, so the whole menu is bounded once more with them.
  const ruled = await mostOf(candidates.map((own, i) => ({ ...own, worth: root.terms[i]! })));
  const most = Math.min(root.most, ruled + root.constant);
  const open = [{ box: whole, ...root, most }];
  const slack = () => 1e-9 * (1 + Math.abs(worth));
  for (let effort = 0; effort < EFFORT_MAX; effort += candidates.length ** 2) {
    const best = open.reduce((top, { most: own }, i) => (own > open[top]!.most ? i : top), 0);
    const node = open[best];
    if (node === undefined || node.most <= worth + slack()) break;
    open.splice(best, 1);
    for (const box of halves(node)) {
      if (broken(box, proving)) continue;
      const next = relax(cross, proving, box, chosen);
      if (keepsAll(next.at, proving)) {
        const found = cross.total(next.at);
        if (found > worth + slack()) [worth, chosen] = [found, next.at];
      }
      const bound = Math.min(node.most, next.most);
      if (bound > worth + slack()) open.push({ box, ...next, most: bound });
    }
  }
  const left = Math.max(worth, ...open.map((node) => node.most));
  const exact = left <= worth + slack();
  return { chosen, worth, most: exact ? worth : left, exact };
}

interface Relaxed {
  /** By item and price: the terms of the bound. */
  terms: Float64Array[];
  constant: number;
  /** Most of the terms in the box, rules left out, and where. */
  most: number;
  at: Int32Array;
  /** By item: how much of what the bound may be too high lies in the range of its prices. */
  gaps: Float64Array;
}

function relax(cross: CrossWorth, { candidates }: Proving, box: Box, near: Int32Array): Relaxed {
  const terms = candidates.map(({ prices }) => new Float64Array(prices.length).fill(-Infinity));
  const slackOf = new Float64Array(candidates.length);
  let constant = 0;
  candidates.forEach((_, i) => {
    for (let p = box.from[i]!; p <= box.to[i]!; p++) terms[i]![p] = 0;
  });
  candidates.forEach((_, i) => {
    const { rest, slack } = addBound(cross, box, { item: i, near, terms });
    constant += rest;
    slackOf[i] = slack;
  });
  let most = constant;
  const at = Int32Array.from(candidates, (_, i) => {
    let best = box.from[i]!;
    for (let p = best; p <= box.to[i]!; p++) if (terms[i]![p]! > terms[i]![best]!) best = p;
    most += terms[i]![best]!;
    return best;
  });
  const gaps = Float64Array.from(candidates, (_, i) => {
    const range = box.to[i]! - box.from[i]!;
    if (range === 0) return 0;
    const own = cross.on[i]!.length > 0 ? slackOf[i]! : 0;
    return cross.of[i]!.reduce((sum, { item }) => sum + slackOf[item]!, own) + EVEN * range;
  });
  return { terms, constant, most, at, gaps };
}
// Where nothing is left to tighten, the widest range is halved.
const EVEN = 1e-12;

interface Adding {
  item: number;
  near: Int32Array;
  terms: Float64Array[];
}

/**
 * Adds an item's bound to the terms of its own prices and of those that move it; answers the rest, and
 * how far the bound may be above the worth.
 */
function addBound(
  cross: CrossWorth,
  box: Box,
  { item, near, terms }: Adding,
): { rest: number; slack: number } {
  const own = terms[item]!;
  const [low, high] = logsOf(cross, box, item);
  const [vLow, vHigh] = [Math.exp(low), Math.exp(high)];
  const slopes = new Float64Array(own.length);
  let [uLow, uHigh] = [Infinity, -Infinity];
  for (let p = box.from[item]!; p <= box.to[item]!; p++) {
    const { base, slope } = cross.above(item, p, { lower: vLow, upper: vHigh });
    own[p]! += base;
    slopes[p] = slope;
    uLow = Math.min(uLow, slope);
    uHigh = Math.max(uHigh, slope);
  }
  // Of the two planes above the product, the one that is nearer at the best prices known.
  const known = Math.min(box.to[item]!, Math.max(box.from[item]!, near[item]!));
  const v = Math.exp(
    cross.on[item]!.reduce((sum, { other, logs }) => {
      const within = Math.min(box.to[other]!, Math.max(box.from[other]!, near[other]!));
      return sum + logs[within]!;
    }, 0),
  );
  const u = slopes[known]!;
  const first = (uHigh - u) * (v - vLow) <= (u - uLow) * (vHigh - v);
  const [ofV, ofU] = first ? [uHigh, vLow] : [uLow, vHigh];
  for (let p = box.from[item]!; p <= box.to[item]!; p++) own[p]! += ofU * slopes[p]!;
  // Above the exponential lies its chord, below it its tangent.
  const middle = Math.exp((low + high) / 2);
  const rise = ofV < 0 ? middle : high > low ? (vHigh - vLow) / (high - low) : 0;
  const start = ofV < 0 ? middle * (1 - (low + high) / 2) : vLow - rise * low;
  for (const { other, logs } of cross.on[item]!)
    for (let p = box.from[other]!; p <= box.to[other]!; p++)
      terms[other]![p]! += ofV * rise * logs[p]!;
  const curved = (Math.abs(ofV) * vHigh * (high - low) ** 2) / 8;
  return {
    rest: ofV * start - ofU * ofV,
    slack: ((uHigh - uLow) * (vHigh - vLow)) / 4 + curved,
  };
}

/** Least and most that the others do to the logarithm of an item's demand. */
function logsOf(cross: CrossWorth, { from, to }: Box, item: number): [number, number] {
  let [low, high] = [0, 0];
  for (const { other, logs } of cross.on[item]!) {
    const [a, b] = [logs[from[other]!]!, logs[to[other]!]!];
    low += Math.min(a, b);
    high += Math.max(a, b);
  }
  return [low, high];
}

/** The box in two, between the prices of the item that matters most. */
function halves({ box, at, gaps }: { box: Box } & Relaxed): Box[] {
  const item = gaps.reduce((top, gap, i) => (gap > gaps[top]! ? i : top), 0);
  const [from, to] = [box.from[item]!, box.to[item]!];
  if (from === to) return [];
  const cut = Math.min(at[item]!, to - 1);
  return [
    { from: box.from, to: box.to.with(item, cut) },
    { from: box.from.with(item, cut + 1), to: box.to },
  ];
}

/** Whether no prices of a box keep the rules, as far as its ends tell. */
function broken({ from, to }: Box, { candidates, relations, changesMax }: Proving): boolean {
  const priceAt = (item: number, p: number) => candidates[item]!.prices[p]!;
  if (
    relations.some(
      (relation) =>
        !keeps(
          relation,
          priceAt(relation.lower, from[relation.lower]!),
          priceAt(relation.upper, to[relation.upper]!),
        ),
    )
  )
    return true;
  const moved = candidates.filter(({ current }, i) => current < from[i]! || current > to[i]!);
  return changesMax !== null && moved.length > changesMax;
}

const keepsAll = (at: Int32Array, proving: Proving): boolean =>
  !broken({ from: at, to: at }, proving);
