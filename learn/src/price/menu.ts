import { priceGrid } from './grid.js';
import { guardrails } from './guardrails.js';
import { conflictOf } from './menu-conflict.js';
import { prove } from './menu-bound.js';
import {
  crossWorth,
  improve,
  type CrossEffect,
  type CrossWorth,
  type Improving,
} from './menu-cross.js';
import { chosenIn, programOf, type Solver } from './menu-program.js';
import { bestOfForest, keeps, type Candidates, type Relation } from './menu-tree.js';
import {
  gainsOver,
  optimiseOne,
  rulesOf,
  type OptimisedPrice,
  type OptimiseOptions,
  type PricedItem,
} from './optimise.js';
import { endsOf, judge, meanOf } from './risk.js';

/** Price of item `upper` ≥ ratio × price of item `lower` + gap: sizes, and steps of a ladder. */
export interface PriceRelation {
  lower: string;
  upper: string;
  /** 1 by default. */
  ratio?: number;
  /** In the currency, 0 by default. */
  gap?: number;
}

export interface MenuOptions extends OptimiseOptions {
  relations?: readonly PriceRelation[];
  /** Most prices that change at once; no limit by default. */
  changesMax?: number;
  /** How the price of one item moves the demand of another. */
  crossEffects?: readonly CrossEffect[];
  /** For relations that form a circle, which the dynamic programme cannot hold. */
  solver?: Solver;
}

export type MenuAnswer =
  | {
      prices: OptimisedPrice[];
      /** `ascent` is a local best, of cross effects that are too many to try all; the others are exact. */
      method: 'tree' | 'solver' | 'branch' | 'ascent';
      /** Gain over today's prices of all items together, judged as the risk says. */
      worth: number;
      /** What no prices that keep the rules can be worth more than; `worth` where the answer is exact. */
      worthMost: number;
    }
  | { prices: null; conflict: { between: string[]; reason: string } };

/**
 * The prices of a menu that are best together, on the grid of each item that keeps its guardrails.
 * Without cross effects the answer is exact: relations that form a forest by dynamic programming,
 * others by the solver. Risk is judged item by item, as if all elasticities were off to the same side.
 * Cross effects tie all prices together: the same exact step is repeated around the last answer, then
 * price by price until nothing improves, and a branch and bound proves that nothing is better or says how
 * much better it could be. Today's price may stay though it lacks the ending or the ladder's step.
 */
export async function optimiseMenu(
  items: readonly PricedItem[],
  options: MenuOptions = {},
): Promise<MenuAnswer> {
  const { changesMax, crossEffects = [] } = options;
  if (changesMax !== undefined && !(Number.isInteger(changesMax) && changesMax >= 0))
    throw new RangeError(`changesMax is ${changesMax}, expected a whole number from 0`);
  if (items.length === 0) return { prices: [], method: 'tree', worth: 0, worthMost: 0 };
  const alone = items.map((item) => optimiseOne(item, options));
  const relations = relationsOf(items, options.relations ?? []);
  const candidates = items.map((item, i) => candidatesOf(item, alone[i]!, options));
  const conflict = conflictOf(items, candidates, relations, options);
  if (conflict !== undefined) return { prices: null, conflict };
  const cap = changesMax === undefined ? null : Math.min(changesMax, items.length);
  const solve = (worths: readonly Candidates[]) => choose(worths, relations, cap, options.solver);
  const first = await solve(candidates);
  if ('needed' in first) return { prices: null, conflict: tooManyChanges(items, first, cap!) };
  const crossed = crossEffects.length > 0;
  const { chosen, ...found } = crossed
    ? await together(crossWorth(items, candidates, crossEffects, options), {
        candidates,
        relations,
        changesMax: cap,
        chosen: first.chosen,
        solve,
      })
    : { ...first, ...exactly(sumOf(candidates, first.chosen)) };
  return {
    prices: items.map((item, i) =>
      said(item, alone[i]!, {
        price: candidates[i]!.prices[chosen[i]!]!,
        rule: ruleOf(i, { alone, candidates, relations, chosen, crossed }),
        options,
      }),
    ),
    ...found,
  };
}

const exactly = (worth: number) => ({ worth, worthMost: worth });

const sumOf = (candidates: readonly Candidates[], chosen: Int32Array): number =>
  candidates.reduce((sum, { worth }, i) => sum + worth[chosen[i]!]!, 0);

async function together(cross: CrossWorth, improving: Improving) {
  const { candidates, relations, changesMax, solve } = improving;
  const { chosen, worth, most, exact } = await prove(cross, {
    candidates,
    relations,
    changesMax,
    chosen: await improve(cross, improving),
    mostOf: async (worths) => sumOf(worths, (await solve(worths)).chosen),
  });
  const method: 'branch' | 'ascent' = exact ? 'branch' : 'ascent';
  return { chosen, method, worth, worthMost: most };
}

function relationsOf(
  items: readonly PricedItem[],
  relations: readonly PriceRelation[],
): Relation[] {
  const index = new Map(items.map(({ id }, i) => [id, i]));
  const found = (id: string) => {
    const item = index.get(id);
    if (item === undefined)
      throw new Error(`a price relation names item ${id}, which is not on the menu`);
    return item;
  };
  return relations.map(({ lower, upper, ratio = 1, gap = 0 }) => {
    if (lower === upper) throw new Error(`a price relation binds item ${lower} to itself`);
    if (!(ratio > 0) || !Number.isFinite(gap))
      throw new RangeError(
        `the relation of ${lower} and ${upper} has ratio ${ratio} and gap ${gap}, expected a ratio above 0`,
      );
    return { lower: found(lower), upper: found(upper), ratio, gap };
  });
}

function candidatesOf(item: PricedItem, alone: OptimisedPrice, options: MenuOptions): Candidates {
  const { cost, price: today, demand } = item;
  const { grid = {}, objective = 'margin', risk } = options;
  const policy = rulesOf(item, options);
  const context = { cost, current: today };
  const ranges = policy.filter(({ rule }) => rule !== 'ladder' && rule !== 'ending');
  // Rules about how prices end are for new prices; what loses money or is out of range must move.
  const stays =
    alone.reason !== undefined || guardrails(ranges, today, context).price === toCents(today);
  const allowed = priceGrid({ ...context, guardrails: policy, ...grid });
  const gains = demand && gainsOver({ ...item, demand }, objective);
  const prices = Float64Array.from(new Set([...(stays ? [today] : []), ...allowed])).sort();
  return {
    prices,
    worth: prices.map((price) => {
      if (price === today) return 0;
      // What nobody can judge stays, and where a relation moves it, goes as little as it must.
      if (gains === undefined) return -UNJUDGED * Math.abs(Math.log(price / today));
      return judge(gains(price), risk ?? { kind: 'mean' });
    }),
    current: prices.indexOf(today),
  };
}
const UNJUDGED = 1e-6;

type Chosen = { chosen: Int32Array; method: 'tree' | 'solver' };

async function choose(
  candidates: readonly Candidates[],
  relations: readonly Relation[],
  changesMax: number | null,
  solver: Solver | undefined,
): Promise<Chosen | { needed: number; chosen: Int32Array }> {
  const chosen = new Int32Array(candidates.length);
  if (!isForest(candidates.length, relations)) {
    if (solver === undefined)
      throw new Error(
        'the price relations form a circle; hand in a solver, or leave out relations that follow from others',
      );
    const solution = await solver.maximise(programOf(candidates, relations, changesMax));
    if (solution !== 'infeasible')
      return { chosen: chosenIn(candidates, solution), method: 'solver' };
    return { needed: changesMax! + 1, chosen };
  }
  const best = bestOfForest(candidates, relations, changesMax);
  const most = argmax(best.worth);
  if (best.worth[most]! > -Infinity) {
    best.pick(most, chosen);
    return { chosen, method: 'tree' };
  }
  const free = bestOfForest(candidates, relations, candidates.length);
  const needed = free.worth.findIndex((worth) => worth > -Infinity);
  free.pick(needed, chosen);
  chosen.forEach((price, i) => {
    if (price === candidates[i]!.current) chosen[i] = -1;
  });
  return { needed, chosen };
}

function tooManyChanges(
  items: readonly PricedItem[],
  { needed, chosen }: { needed: number; chosen: Int32Array },
  changesMax: number,
) {
  const moved = items.filter((_, i) => chosen[i]! > 0 || (chosen[i] === 0 && needed > 0));
  const names = moved.slice(0, 5).map(({ id }) => id);
  return {
    between: ['changesMax', 'relation'],
    reason: `at least ${needed} prices must change to keep the other rules, such as of ${names.join(', ')}; changesMax is ${changesMax}`,
  };
}

/** Whether relations bind items in trees; two relations of one pair already form a circle. */
function isForest(items: number, relations: readonly Relation[]): boolean {
  const parent = Int32Array.from({ length: items }, (_, i) => i);
  const top = (item: number): number => {
    while (parent[item] !== item) item = parent[item] = parent[parent[item]!]!;
    return item;
  };
  return relations.every(({ lower, upper }) => {
    const [a, b] = [top(lower), top(upper)];
    parent[a] = b;
    return a !== b;
  });
}

interface Context {
  alone: readonly OptimisedPrice[];
  candidates: readonly Candidates[];
  relations: readonly Relation[];
  chosen: Int32Array;
  crossed: boolean;
}

/** Which rule between items keeps an item from the price that is best for it by itself. */
function ruleOf(item: number, { alone, candidates, relations, chosen, crossed }: Context): string {
  const at = (other: number) =>
    other === item ? alone[item]!.price : candidates[other]!.prices[chosen[other]!]!;
  const bound = relations.some(
    (relation) =>
      (relation.lower === item || relation.upper === item) &&
      !keeps(relation, at(relation.lower), at(relation.upper)),
  );
  if (bound) return 'relation';
  if (chosen[item] === candidates[item]!.current && !crossed) return 'changesMax';
  return crossed ? 'crossEffects' : 'relation';
}

function said(
  item: PricedItem,
  alone: OptimisedPrice,
  { price, rule, options }: { price: number; rule: string; options: MenuOptions },
): OptimisedPrice {
  const { demand } = item;
  if (price === alone.price) return alone;
  const from = alone.trail.at(-1)?.to ?? alone.price;
  const moved = {
    ...alone,
    price,
    binding: rule,
    trail: [...alone.trail, { rule, from, to: price }],
  };
  if (demand === undefined) return moved;
  const gains = gainsOver({ ...item, demand }, options.objective ?? 'margin')(price);
  return { ...moved, gain: { expected: meanOf(gains), ...endsOf(gains) } };
}

const argmax = (values: Float64Array): number =>
  values.reduce((best, value, i) => (value > values[best]! ? i : best), 0);
const toCents = (price: number) => Math.round(price * 100) / 100;
