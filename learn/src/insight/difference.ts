import { studentQuantile } from '../price/student.js';
import { wilson } from './probability.js';

/** What a group's values come to; `variance` is the sample's, over `count - 1`. */
export interface Moments {
  count: number;
  mean: number;
  variance: number;
}

/** First minus second, with the interval that holds the true difference at the asked level. */
export interface GroupDifference {
  value: number;
  lower: number;
  upper: number;
}

/** Count, mean and variance in one pass (Welford, 1962); NaN values are unknown and left out. */
export function momentsOf(values: Iterable<number>): Moments {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const step = value - mean;
    mean += step / ++count;
    squares += step * (value - mean);
  }
  return {
    count,
    mean: count === 0 ? NaN : mean,
    variance: count < 2 ? NaN : squares / (count - 1),
  };
}

/**
 * Difference of two means whose groups vary differently (Welch, 1947).
 * @param level of the interval, in (0, 1)
 * @throws RangeError when a group has fewer than two values: its spread is not known.
 */
export function meanDifference(first: Moments, second: Moments, level: number): GroupDifference {
  for (const { count } of [first, second])
    if (!(count >= 2)) throw new RangeError(`a group has ${count} values, expected 2 or more`);
  const errors = [first.variance / first.count, second.variance / second.count] as const;
  const total = errors[0] + errors[1];
  const value = first.mean - second.mean;
  if (total === 0) return { value, lower: value, upper: value };
  const freedom =
    total ** 2 / (errors[0] ** 2 / (first.count - 1) + errors[1] ** 2 / (second.count - 1));
  const half = studentQuantile((1 + level) / 2, freedom) * Math.sqrt(total);
  return { value, lower: value - half, upper: value + half };
}

/** `count` of `all` have a trait. */
export interface Share {
  count: number;
  all: number;
}

/**
 * Difference of two shares from the Wilson interval of each (Newcombe, 1998, method 10): inside of
 * [-1, 1] also where all or nobody has the trait.
 * @param level of the interval, in (0, 1)
 * @throws RangeError when a group is empty.
 */
export function shareDifference(first: Share, second: Share, level: number): GroupDifference {
  for (const { all } of [first, second])
    if (!(all >= 1)) throw new RangeError(`a group has ${all} members, expected 1 or more`);
  const [one, two] = [first.count / first.all, second.count / second.all];
  const [around, about] = [
    wilson(first.count, first.all, level),
    wilson(second.count, second.all, level),
  ];
  const value = one - two;
  return {
    value,
    lower: value - Math.hypot(one - around.lower, about.upper - two),
    upper: value + Math.hypot(around.upper - one, two - about.lower),
  };
}
