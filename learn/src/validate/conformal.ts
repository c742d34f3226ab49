/** A level and how far from the prediction it reaches, or why there is none. */
export type ConformalOffset = { level: number; offset: number } | { level: number; reason: string };
export type ConformalFactor = { level: number; factor: number } | { level: number; reason: string };

/**
 * Half-widths of intervals prediction ± offset that hold a new y with probability `level` or more,
 * if rows are exchangeable (split conformal; Vovk et al. 2005, Lei et al. 2018). `residuals` are
 * y - predicted of rows not trained on; those of cross validation serve, with a guarantee that is a
 * little weaker (Barber et al. 2021). `NaN` residuals are left out.
 */
export function conformalInterval(
  residuals: ArrayLike<number>,
  levels: readonly number[],
): ConformalOffset[] {
  const sizes = Float64Array.from(residuals, Math.abs);
  return levels.map((level) => {
    const found = conformalQuantile(sizes, level);
    return typeof found === 'number' ? { level, offset: found } : { level, reason: found.reason };
  });
}

/** For prices: the interval is predicted / factor to predicted × factor. All values above 0. */
export function conformalFactors(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  levels: readonly number[],
): ConformalFactor[] {
  const sizes = Float64Array.from(actual, (value, row) => {
    const ratio = value / predicted[row]!;
    if (ratio <= 0 || value <= 0)
      throw new RangeError(
        `row ${row} is ${value} against ${predicted[row]} predicted, expected both above 0`,
      );
    return Math.abs(Math.log(ratio));
  });
  return levels.map((level) => {
    const found = conformalQuantile(sizes, level);
    return typeof found === 'number'
      ? { level, factor: Math.exp(found) }
      : { level, reason: found.reason };
  });
}

/** The ⌈(n + 1) level⌉-th smallest size: n + 1 because the new row is one more. */
function conformalQuantile(sizes: Float64Array, level: number): number | { reason: string } {
  const known = sizes.filter((size) => !Number.isNaN(size)).sort();
  const rank = conformalRank(known.length, level);
  return typeof rank === 'number' ? known[rank - 1]! : rank;
}

/** Which of so many sizes, the smallest being 1, a new one stays below with the level's probability. */
export function conformalRank(points: number, level: number): number | { reason: string } {
  if (!(level > 0 && level < 1))
    throw new RangeError(`level is ${level}, expected a number between 0 and 1`);
  // Rounded first: 20 × 0.95 is 19, and must not become 20 by its last bit.
  const rank = Math.ceil(Number(((points + 1) * level).toFixed(9)));
  if (rank <= points) return rank;
  const needed = Math.ceil(Number((level / (1 - level)).toFixed(9)));
  return {
    reason: `${points} calibration points cannot support level ${level}; it takes ${needed}`,
  };
}
