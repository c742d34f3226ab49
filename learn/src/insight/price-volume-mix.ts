/** What was sold of each item in two periods, items in the same order. */
export interface ItemSales {
  unitsBefore: ArrayLike<number>;
  unitsAfter: ArrayLike<number>;
  revenueBefore: ArrayLike<number>;
  revenueAfter: ArrayLike<number>;
}

/** Parts of a change of revenue, in money; they add up to `change` exactly. */
export interface PriceVolumeMix {
  change: number;
  /** Same items at other prices. */
  price: number;
  /** More or fewer units at the average price of before. */
  volume: number;
  /** Units moved between cheap and dear items. */
  mix: number;
  /** Items sold only after. */
  launched: number;
  /** Items sold only before. */
  dropped: number;
  /** Items: own price effect and own volume-and-mix effect. */
  items: { price: Float64Array; volumeAndMix: Float64Array };
}

/**
 * Why revenue moved between two periods: price at the quantities of after, volume and mix at the
 * prices of before (the order of a Paasche price and a Laspeyres quantity index).
 */
export function priceVolumeMix(sales: ItemSales): PriceVolumeMix {
  const { unitsBefore, unitsAfter, revenueBefore, revenueAfter } = sales;
  const items = unitsBefore.length;
  for (const [name, column] of Object.entries(sales) as [string, ArrayLike<number>][]) {
    if (column.length !== items)
      throw new RangeError(`${name} has ${column.length} items, unitsBefore has ${items}`);
    for (let i = 0; i < items; i++)
      if (!Number.isFinite(column[i]!) || (name.startsWith('units') && column[i]! < 0))
        throw new RangeError(`${name} of item ${i} is ${column[i]}, expected a number from 0`);
  }
  const price = new Float64Array(items);
  const volumeAndMix = new Float64Array(items);
  let [all, launched, dropped, priced] = [0, 0, 0, 0];
  let [units, unitsLater, revenue, quantity] = [0, 0, 0, 0];
  for (let i = 0; i < items; i++) {
    const change = revenueAfter[i]! - revenueBefore[i]!;
    all += change;
    if (unitsBefore[i] === 0 || unitsAfter[i] === 0) {
      // Money without units (a fee, a correction) counts with the period that it is in.
      volumeAndMix[i] = change;
      launched += unitsBefore[i] === 0 ? change : 0;
      dropped += unitsBefore[i] === 0 ? 0 : change;
      continue;
    }
    const before = revenueBefore[i]! / unitsBefore[i]!;
    volumeAndMix[i] = before * (unitsAfter[i]! - unitsBefore[i]!);
    price[i] = change - volumeAndMix[i]!;
    priced += price[i]!;
    quantity += volumeAndMix[i]!;
    units += unitsBefore[i]!;
    unitsLater += unitsAfter[i]!;
    revenue += revenueBefore[i]!;
  }
  const volume = units > 0 ? (revenue / units) * (unitsLater - units) : 0;
  return {
    change: all,
    price: priced,
    volume,
    mix: quantity - volume,
    launched,
    dropped,
    items: { price, volumeAndMix },
  };
}
