import { keeps, type Candidates, type Relation } from './menu-tree.js';

/** A sum of binary variables between two bounds. */
export interface LinearConstraint {
  variables: Int32Array;
  coefficients: Float64Array;
  /** −∞ for none. */
  lower: number;
  /** ∞ for none. */
  upper: number;
}

/** Maximise a linear objective over variables that are 0 or 1. */
export interface BinaryProgram {
  /** One a variable. */
  objective: Float64Array;
  constraints: readonly LinearConstraint[];
}

/** A solver of mixed-integer programmes, handed in: `learn` has none of its own. */
export interface Solver {
  /** 0 or 1 a variable, or `infeasible`; throws when it could not finish. */
  maximise(program: BinaryProgram): Promise<ArrayLike<number> | 'infeasible'>;
}

/**
 * The choice of one price an item as a binary programme: one variable a price. A relation says, for
 * each price of the lower item, that taking it or a dearer one needs an upper price that goes with it:
 * the convex hull of the pair.
 */
export function programOf(
  items: readonly Candidates[],
  relations: readonly Relation[],
  changesMax: number | null,
): BinaryProgram {
  const starts: number[] = [];
  let variables = 0;
  for (const { prices } of items) {
    starts.push(variables);
    variables += prices.length;
  }
  const objective = new Float64Array(variables);
  items.forEach(({ worth }, item) => objective.set(worth, starts[item]));
  const constraints: LinearConstraint[] = items.map(({ prices }, item) => ({
    variables: Int32Array.from(prices, (_, p) => starts[item]! + p),
    coefficients: new Float64Array(prices.length).fill(1),
    lower: 1,
    upper: 1,
  }));
  for (const relation of relations) {
    const { lower, upper } = relation;
    items[lower]!.prices.forEach((price, p) => {
      const dearer = range(p, items[lower]!.prices.length).map((q) => starts[lower]! + q);
      const fitting = range(0, items[upper]!.prices.length)
        .filter((q) => keeps(relation, price, items[upper]!.prices[q]!))
        .map((q) => starts[upper]! + q);
      constraints.push({
        variables: Int32Array.from([...fitting, ...dearer]),
        coefficients: Float64Array.from([...fitting.map(() => 1), ...dearer.map(() => -1)]),
        lower: 0,
        upper: Infinity,
      });
    });
  }
  if (changesMax !== null) {
    const changing = items.flatMap(({ prices, current }, item) =>
      range(0, prices.length)
        .filter((p) => p !== current)
        .map((p) => starts[item]! + p),
    );
    constraints.push({
      variables: Int32Array.from(changing),
      coefficients: new Float64Array(changing.length).fill(1),
      lower: -Infinity,
      upper: changesMax,
    });
  }
  return { objective, constraints };
}

/** Index of each item's price in a solution of `programOf`. */
export function chosenIn(items: readonly Candidates[], solution: ArrayLike<number>): Int32Array {
  let start = 0;
  return Int32Array.from(items, ({ prices }, item) => {
    const own = Array.from(prices, (_, p) => solution[start + p]! > 0.5);
    start += prices.length;
    const chosen = own.indexOf(true);
    if (chosen < 0 || own.lastIndexOf(true) !== chosen)
      throw new Error(`the solver chose no single price for item ${item} of the menu`);
    return chosen;
  });
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
