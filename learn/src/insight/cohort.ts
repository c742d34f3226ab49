export interface Cohorts {
  /** Period of each cohort's first purchase, ascending. */
  periods: Int32Array;
  /** Customers of each cohort. */
  sizes: Int32Array;
  /** Ages looked at: 0 is the period of the first purchase. */
  ages: number;
  /** cohorts × ages, share of the cohort that bought at that age; `NaN` where it is not yet known. */
  retained: Float64Array;
  /** cohorts × ages, value per customer of the cohort; `NaN` where it is not yet known. */
  value: Float64Array;
}

export interface CohortInput {
  /** Rows: customer code ≥ 0. */
  customers: ArrayLike<number>;
  /** Rows: whole number of the period (month, week) of the purchase. */
  periods: ArrayLike<number>;
  /** Rows: money of the purchase. */
  values: ArrayLike<number>;
}

/** Customers by the period of their first purchase, and which share came back at each age. */
export function cohorts(
  { customers, periods, values }: CohortInput,
  { agesMax = 24 }: { agesMax?: number } = {},
): Cohorts {
  const rows = customers.length;
  if (periods.length !== rows || values.length !== rows)
    throw new RangeError(
      `customers, periods and values have ${rows}, ${periods.length} and ${values.length} rows`,
    );
  const firsts = new Map<number, number>();
  let last = -Infinity;
  for (let row = 0; row < rows; row++) {
    firsts.set(customers[row]!, Math.min(firsts.get(customers[row]!) ?? Infinity, periods[row]!));
    last = Math.max(last, periods[row]!);
  }
  const starts = Int32Array.from(new Set(firsts.values())).sort();
  const place = new Map(Array.from(starts, (start, i) => [start, i]));
  const sizes = new Int32Array(starts.length);
  for (const first of firsts.values()) sizes[place.get(first)!]!++;
  const ages = rows === 0 ? 0 : Math.min(agesMax, last - starts[0]!) + 1;
  const bought = new Float64Array(starts.length * ages);
  const value = new Float64Array(starts.length * ages);
  const seen = new Set<number>();
  for (let row = 0; row < rows; row++) {
    const first = firsts.get(customers[row]!)!;
    const age = periods[row]! - first;
    if (age >= ages) continue;
    const at = place.get(first)! * ages + age;
    value[at]! += values[row]!;
    const key = customers[row]! * ages + age;
    if (!seen.has(key)) bought[at]!++;
    seen.add(key);
  }
  starts.forEach((start, i) => {
    for (let age = 0; age < ages; age++) {
      const unknown = start + age > last ? NaN : 1;
      bought[i * ages + age]! *= unknown / sizes[i]!;
      value[i * ages + age]! *= unknown / sizes[i]!;
    }
  });
  return { periods: starts, sizes, ages, retained: bought, value };
}
