import { choleskyInPlace } from './dense-cholesky.js';

/**
 * A covariance of n forecast errors as diagonal + V V': what shrinkage makes of a few residuals of
 * many series, in n × (T + 1) numbers instead of n².
 */
export interface LowRankCovariance {
  /** n: variance that a series does not share. */
  own: Float64Array;
  /** n × rank, row-major. */
  shared: Float64Array;
  rank: number;
  /** Share of the diagonal target, 0..1; 1 when nothing is shared. */
  shrinkage: number;
}

// Without any shrinkage the covariance of few residuals has no inverse.
const SHRINKAGE_MIN = 1e-6;

export const diagonalCovariance = (variances: Float64Array): LowRankCovariance => ({
  own: floored(variances),
  shared: new Float64Array(0),
  rank: 0,
  shrinkage: 1,
});

/** Mean squares of the known residuals of each series: WLS by variance. */
export function residualVariances(residuals: Float64Array, count: number): Float64Array {
  const length = residuals.length / count;
  return Float64Array.from({ length: count }, (_, i) => {
    let squares = 0;
    let known = 0;
    for (let t = i * length; t < (i + 1) * length; t++) {
      if (Number.isNaN(residuals[t]!)) continue;
      squares += residuals[t]! ** 2;
      known++;
    }
    if (known === 0)
      throw new Error(`series ${i} has no known residual; reconcile it by structure`);
    return squares / known;
  });
}

/**
 * Covariance of residuals with correlations shrunk towards none (Schäfer and Strimmer, 2005). The
 * intensity needs sums over all pairs; they are read off the T × T products, so the whole takes
 * n T² steps.
 * @param residuals n × T, row-major; `NaN` unknown, which then speaks for no correlation
 */
export function shrunkCovariance(residuals: Float64Array, count: number): LowRankCovariance {
  const length = residuals.length / count;
  if (!Number.isInteger(length) || length < 2)
    throw new RangeError(
      `${residuals.length} residuals of ${count} series, expected 2 or more a series`,
    );
  const { centred, variances } = centre(residuals, count, length);
  const shrinkage = intensity(centred, variances, count, length);
  const scale = Math.sqrt((1 - shrinkage) / (length - 1));
  const floors = floored(variances);
  const own = floors.map((variance, i) => variance - (1 - shrinkage) * variances[i]!);
  const shared = centred.map((value) => value * scale);
  if (shrinkage === 1) return { ...diagonalCovariance(floors), shrinkage };
  return length <= count
    ? { own, shared, rank: length, shrinkage }
    : { own, shared: compressed(shared, count, length), rank: count, shrinkage };
}

/** Residuals less their mean, unknown ones 0; variances over length − 1. */
function centre(residuals: Float64Array, count: number, length: number) {
  const centred = new Float64Array(residuals.length);
  const variances = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const own = residuals.subarray(i * length, (i + 1) * length);
    let sum = 0;
    let known = 0;
    for (const value of own)
      if (!Number.isNaN(value)) {
        sum += value;
        known++;
      }
    if (known < 2)
      throw new Error(`series ${i} has ${known} known residuals, a covariance needs 2 or more`);
    // Unknown residuals are stretched over: n known ones of T count as T.
    const stretch = Math.sqrt((length - 1) / (known - 1));
    own.forEach((value, t) => {
      const centredValue = Number.isNaN(value) ? 0 : (value - sum / known) * stretch;
      centred[i * length + t] = centredValue;
      variances[i]! += centredValue ** 2 / (length - 1);
    });
  }
  return { centred, variances };
}

/** Σ Var(r) ÷ Σ r² over all pairs i ≠ j of correlations, within 0..1. */
function intensity(
  centred: Float64Array,
  variances: Float64Array,
  count: number,
  length: number,
): number {
  const gram = new Float64Array(length * length);
  const squares = new Float64Array(length);
  let ownProducts = 0;
  let ownSquares = 0;
  const x = new Float64Array(length);
  for (let i = 0; i < count; i++) {
    if (variances[i] === 0) continue;
    const deviation = Math.sqrt((variances[i]! * (length - 1)) / length);
    for (let t = 0; t < length; t++) x[t] = centred[i * length + t]! / deviation;
    ownSquares++;
    for (let t = 0; t < length; t++) {
      squares[t]! += x[t]! ** 2;
      ownProducts += x[t]! ** 4;
      for (let s = 0; s <= t; s++) gram[t * length + s]! += x[t]! * x[s]!;
    }
  }
  let correlations = 0;
  let products = 0;
  for (let t = 0; t < length; t++) {
    products += squares[t]! ** 2;
    for (let s = 0; s <= t; s++)
      correlations += (s === t ? 1 : 2) * (gram[t * length + s]! / length) ** 2;
  }
  const pairs = correlations - ownSquares;
  const spread = products - ownProducts - length * pairs;
  if (!(pairs > 0)) return 1;
  return Math.min(1, Math.max(SHRINKAGE_MIN, spread / (length * (length - 1)) / pairs));
}

/** V with as many columns as rows and the same V V'. */
function compressed(shared: Float64Array, count: number, length: number): Float64Array {
  const product = new Float64Array(count * count);
  for (let i = 0; i < count; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let t = 0; t < length; t++) sum += shared[i * length + t]! * shared[j * length + t]!;
      product[i * count + j] = sum;
    }
  choleskyInPlace(product, count);
  return product;
}

/**
 * A series without error would be trusted without end: no variance is below a billionth of the
 * typical one.
 */
function floored(variances: Float64Array): Float64Array {
  const known = variances.filter((variance) => variance > 0).sort();
  const typical = known.length > 0 ? known[known.length >> 1]! : 1;
  return variances.map((variance) => Math.max(variance, 1e-9 * typical));
}
