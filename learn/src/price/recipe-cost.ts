import { normalWidth } from './demand.js';

/** A price a unit of an material, now or foretold, with its interval. */
export interface MaterialPrice {
  price: number;
  lower: number;
  upper: number;
}

/** What goes into one portion of a product. */
export interface RecipeLine {
  product: string;
  material: string;
  /** In the unit of the material's price. */
  quantity: number;
  /** Share that is left after cleaning and cooking, 1 by default. */
  yield?: number;
}

export interface ProductCost {
  product: string;
  cost: number;
  lower: number;
  upper: number;
  /** Cost of each material, the largest first. */
  parts: { material: string; cost: number }[];
}

/**
 * Cost of one portion of each product from its recipe, in order of first appearance, so that a rising
 * material moves the floor of every product that has it. Materials are taken to err independently, each
 * normally; the answer keeps the level of their intervals.
 */
export function productCosts(
  recipes: readonly RecipeLine[],
  prices: ReadonlyMap<string, MaterialPrice>,
): ProductCost[] {
  const products = new Map<
    string,
    { cost: number; squares: [number, number]; parts: Map<string, number> }
  >();
  for (const { product, material, quantity, yield: kept = 1 } of recipes) {
    const price = prices.get(material);
    if (price === undefined)
      throw new Error(`material ${material} of ${product} has no price; give it one`);
    if (!(quantity >= 0))
      throw new RangeError(`quantity of ${material} in ${product} is ${quantity}`);
    if (!(kept > 0 && kept <= 1))
      throw new RangeError(`yield of ${material} in ${product} is ${kept}, expected above 0 to 1`);
    if (!(price.lower <= price.price && price.price <= price.upper && price.lower >= 0))
      throw new RangeError(
        `price of ${material} is ${price.price} between ${price.lower} and ${price.upper}`,
      );
    const own = products.get(product) ?? {
      cost: 0,
      squares: [0, 0],
      parts: new Map<string, number>(),
    };
    products.set(product, own);
    const units = quantity / kept;
    own.cost += units * price.price;
    own.squares[0] += (units * (price.price - price.lower)) ** 2;
    own.squares[1] += (units * (price.upper - price.price)) ** 2;
    own.parts.set(material, (own.parts.get(material) ?? 0) + units * price.price);
  }
  return [...products].map(([product, { cost, squares, parts }]) => ({
    product,
    cost,
    lower: Math.max(0, cost - Math.sqrt(squares[0])),
    upper: cost + Math.sqrt(squares[1]),
    parts: [...parts]
      .map(([material, own]) => ({ material, cost: own }))
      .sort((a, b) => b.cost - a.cost || (a.material < b.material ? -1 : 1)),
  }));
}

/**
 * The cost that a floor should stand on, not passed with the given probability: a cautious owner asks for
 * more than the mean.
 * @param level of the interval of `cost`
 */
export function cautiousCost(
  { cost, upper }: Pick<ProductCost, 'cost' | 'upper'>,
  { level, probability }: { level: number; probability: number },
): number {
  if (!(probability >= 0.5 && probability < 1))
    throw new RangeError(`probability is ${probability}, expected 0.5 to below 1`);
  const error = (upper - cost) / normalWidth(level);
  return cost + error * (probability === 0.5 ? 0 : normalWidth(2 * probability - 1));
}
