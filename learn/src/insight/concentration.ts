export interface Concentration {
  /** 0 all alike, near 1 one has everything (Gini, 1912). */
  gini: number;
  /** By `tops`: what the first share of customers brings, 0..1 of the total. */
  topShares: { top: number; share: number }[];
  /** Share of customers, the largest first, that bring `pareto` of the total, 0..1. */
  paretoCustomers: number;
}

/**
 * How unevenly a total lies on those who bring it.
 * @param values one a customer, ≥ 0
 */
export function concentration(
  values: ArrayLike<number>,
  {
    tops = [0.01, 0.05, 0.1, 0.2],
    pareto = 0.8,
  }: { tops?: readonly number[]; pareto?: number } = {},
): Concentration {
  const n = values.length;
  for (let i = 0; i < n; i++)
    if (!(values[i]! >= 0 && values[i]! < Infinity))
      throw new RangeError(
        `value ${i} is ${values[i]}, expected a number from 0; set those with more returned than bought aside`,
      );
  const sorted = Float64Array.from(values).sort().reverse();
  const upTo = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) upTo[i + 1] = upTo[i]! + sorted[i]!;
  const total = upTo[n]!;
  let ranked = 0;
  sorted.forEach((value, i) => (ranked += (n - i) * value));
  // A top that ends inside a customer takes that part of it.
  const first = (count: number) => {
    const whole = Math.floor(count);
    return upTo[whole]! + (count - whole) * (sorted[whole] ?? 0);
  };
  const reached = upTo.findIndex((sum) => sum >= pareto * total);
  return {
    gini: total > 0 ? (2 * ranked) / (n * total) - (n + 1) / n : 0,
    topShares: tops.map((top) => ({ top, share: total > 0 ? first(top * n) / total : top })),
    paretoCustomers: total > 0 ? reached / n : pareto,
  };
}
