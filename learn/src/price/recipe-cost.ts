import { normalWidth } from './demand.js';

/** A price a unit of an ingredient, now or foretold, with its interval. */
export interface IngredientPrice {
  price: number;
  lower: number;
  upper: number;
}

/** What goes into one portion of a dish. */
export interface RecipeLine {
  dish: string;
  ingredient: string;
  /** In the unit of the ingredient's price. */
  quantity: number;
  /** Share that is left after cleaning and cooking, 1 by default. */
  yield?: number;
}

export interface DishCost {
  dish: string;
  cost: number;
  lower: number;
  upper: number;
  /** Cost of each ingredient, the largest first. */
  parts: { ingredient: string; cost: number }[];
}

/**
 * Cost of one portion of each dish from its recipe, in order of first appearance, so that a rising
 * ingredient moves the floor of every dish that has it. Ingredients are taken to err independently, each
 * normally; the answer keeps the level of their intervals.
 */
export function dishCosts(
  recipes: readonly RecipeLine[],
  prices: ReadonlyMap<string, IngredientPrice>,
): DishCost[] {
  const dishes = new Map<
    string,
    { cost: number; squares: [number, number]; parts: Map<string, number> }
  >();
  for (const { dish, ingredient, quantity, yield: kept = 1 } of recipes) {
    const price = prices.get(ingredient);
    if (price === undefined)
      throw new Error(`ingredient ${ingredient} of ${dish} has no price; give it one`);
    if (!(quantity >= 0))
      throw new RangeError(`quantity of ${ingredient} in ${dish} is ${quantity}`);
    if (!(kept > 0 && kept <= 1))
      throw new RangeError(`yield of ${ingredient} in ${dish} is ${kept}, expected above 0 to 1`);
    if (!(price.lower <= price.price && price.price <= price.upper && price.lower >= 0))
      throw new RangeError(
        `price of ${ingredient} is ${price.price} between ${price.lower} and ${price.upper}`,
      );
    const own = dishes.get(dish) ?? { cost: 0, squares: [0, 0], parts: new Map<string, number>() };
    dishes.set(dish, own);
    const units = quantity / kept;
    own.cost += units * price.price;
    own.squares[0] += (units * (price.price - price.lower)) ** 2;
    own.squares[1] += (units * (price.upper - price.price)) ** 2;
    own.parts.set(ingredient, (own.parts.get(ingredient) ?? 0) + units * price.price);
  }
  return [...dishes].map(([dish, { cost, squares, parts }]) => ({
    dish,
    cost,
    lower: Math.max(0, cost - Math.sqrt(squares[0])),
    upper: cost + Math.sqrt(squares[1]),
    parts: [...parts]
      .map(([ingredient, own]) => ({ ingredient, cost: own }))
      .sort((a, b) => b.cost - a.cost || (a.ingredient < b.ingredient ? -1 : 1)),
  }));
}

/**
 * The cost that a floor should stand on, not passed with the given probability: a cautious owner asks for
 * more than the mean.
 * @param level of the interval of `cost`
 */
export function cautiousCost(
  { cost, upper }: Pick<DishCost, 'cost' | 'upper'>,
  { level, probability }: { level: number; probability: number },
): number {
  if (!(probability >= 0.5 && probability < 1))
    throw new RangeError(`probability is ${probability}, expected 0.5 to below 1`);
  const error = (upper - cost) / normalWidth(level);
  return cost + error * (probability === 0.5 ? 0 : normalWidth(2 * probability - 1));
}
