/** Prices that one item may take, ascending, with what each is worth. */
export interface Candidates {
  prices: Float64Array;
  worth: Float64Array;
  /** Index of today's price; −1 when it may not stay. */
  current: number;
}

/** Price of `upper` ≥ ratio × price of `lower` + gap; both are indices of items. */
export interface Relation {
  lower: number;
  upper: number;
  ratio: number;
  gap: number;
}

export const keeps = ({ ratio, gap }: Relation, lower: number, upper: number): boolean =>
  upper >= ratio * lower + gap - 1e-9;

/** The best worth with exactly so many changes, −∞ where there is none, and the choice behind it. */
interface Best {
  /** By number of changes. */
  worth: Float64Array;
  /** Writes the index of each item's price into `chosen`. */
  pick(changes: number, chosen: Int32Array): void;
}

/**
 * The best prices of items whose relations form a forest, for each number of changes: dynamic
 * programming from the leaves, then over the trees; exact.
 * @param changesMax numbers of changes that are told apart, 0 to this; no change is counted at `null`
 */
export function bestOfForest(
  items: readonly Candidates[],
  relations: readonly Relation[],
  changesMax: number | null,
): Best {
  const most = changesMax ?? 0;
  const neighbours = items.map((): Relation[] => []);
  for (const relation of relations) {
    neighbours[relation.lower]!.push(relation);
    neighbours[relation.upper]!.push(relation);
  }
  const seen = new Set<number>();
  const roots: Best[] = [];
  items.forEach((_, item) => {
    if (seen.has(item)) return;
    const walk = (at: number): Node => {
      seen.add(at);
      const children = neighbours[at]!.flatMap((relation) => {
        const other = relation.lower === at ? relation.upper : relation.lower;
        return seen.has(other) ? [] : [{ relation, node: walk(other) }];
      });
      return nodeOf({ items, at, children, most, counts: changesMax !== null });
    };
    roots.push(rootOf(walk(item)));
  });
  return roots.reduce((standing, next) => both(standing, next, most));
}

interface Node {
  item: number;
  prices: Float64Array;
  /** By own price: the best of the subtree. */
  best: Best[];
}

interface Building {
  items: readonly Candidates[];
  at: number;
  children: readonly { relation: Relation; node: Node }[];
  most: number;
  counts: boolean;
}

function nodeOf({ items, at, children, most, counts }: Building): Node {
  const { prices, worth, current } = items[at]!;
  const best = Array.from(prices, (price, p) => {
    const own = new Float64Array(most + 1).fill(-Infinity);
    const change = counts && p !== current ? 1 : 0;
    if (change <= most) own[change] = worth[p]!;
    const start: Best = { worth: own, pick: (_, chosen) => void (chosen[at] = p) };
    return children.reduce((standing, { relation, node }) => {
      const fits = (other: number) =>
        relation.lower === at ? keeps(relation, price, other) : keeps(relation, other, price);
      const allowed = node.best.filter((_, q) => fits(node.prices[q]!));
      return both(standing, upperEnvelope(allowed, most), most);
    }, start);
  });
  return { item: at, prices, best };
}

const rootOf = ({ best }: Node): Best =>
  upperEnvelope(best, Math.max(0, ...best.map(({ worth }) => worth.length - 1)));

/** For each number of changes, the better of several choices. */
function upperEnvelope(choices: readonly Best[], most: number): Best {
  const worth = new Float64Array(most + 1).fill(-Infinity);
  const from = new Int32Array(most + 1);
  choices.forEach((choice, c) => {
    for (let changes = 0; changes <= most; changes++)
      if (choice.worth[changes]! > worth[changes]!) {
        worth[changes] = choice.worth[changes]!;
        from[changes] = c;
      }
  });
  return { worth, pick: (changes, chosen) => choices[from[changes]!]!.pick(changes, chosen) };
}

/** Two parts that share the changes between them. */
function both(a: Best, b: Best, most: number): Best {
  const worth = new Float64Array(most + 1).fill(-Infinity);
  const ofB = new Int32Array(most + 1);
  for (let changes = 0; changes <= most; changes++)
    for (let own = 0; own <= changes; own++) {
      const sum = a.worth[changes - own]! + b.worth[own]!;
      if (sum > worth[changes]!) {
        worth[changes] = sum;
        ofB[changes] = own;
      }
    }
  return {
    worth,
    pick: (changes, chosen) => {
      a.pick(changes - ofB[changes]!, chosen);
      b.pick(ofB[changes]!, chosen);
    },
  };
}
