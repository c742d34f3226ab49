import { decodeArtifact, encodeArtifact } from '../artifact.js';

/**
 * What is believed of log demand = a + elasticity × log(price ÷ reference) + context · c + noise: a
 * normal distribution. Plain immutable data; travels as JSON.
 */
export interface DemandPosterior {
  referencePrice: number;
  /** Names of the context, in the order of the coefficients after the first two. */
  context: readonly string[];
  /** Log units a day at the reference price, elasticity, context. */
  mean: readonly number[];
  /** Rows of the covariance. */
  covariance: readonly (readonly number[])[];
  /** Variance of log demand of one observation besides counting. */
  noise: number;
  /** Observations that `noise` rests on; absent when it is taken as known. */
  noiseObservations?: number;
  observations: number;
}

export interface DemandPrior {
  referencePrice: number;
  /** Expected units a day at the reference price. */
  units: number;
  /** Standard error of log units. */
  unitsError: number;
  elasticity: number;
  elasticityError: number;
  context?: readonly string[];
  contextError?: number;
  noise?: number;
  /** Observations that the guess of `noise` is worth; absent takes it as known. */
  noiseObservations?: number;
}

/** What followed a price. */
export interface PriceOutcome {
  price: number;
  units: number;
  /** Days the price stood, 1 by default. */
  days?: number;
  context?: Record<string, number>;
}

export function createPosterior(prior: DemandPrior): DemandPosterior {
  const { referencePrice, units, unitsError, elasticity, elasticityError } = prior;
  const { context = [], contextError = 0.3, noise = 0.1, noiseObservations } = prior;
  const positive = {
    referencePrice,
    units,
    unitsError,
    elasticityError,
    contextError,
    noise,
    ...(noiseObservations !== undefined && { noiseObservations }),
  };
  for (const [name, value] of Object.entries(positive))
    if (!(value > 0)) throw new RangeError(`${name} of the prior is ${value}, expected above 0`);
  const errors = [unitsError, elasticityError, ...context.map(() => contextError)];
  return {
    referencePrice,
    context,
    mean: [Math.log(units), elasticity, ...context.map(() => 0)],
    covariance: errors.map((error, i) => errors.map((_, j) => (i === j ? error ** 2 : 0))),
    noise,
    ...(noiseObservations !== undefined && { noiseObservations }),
    observations: 0,
  };
}

/**
 * The belief after one outcome, in closed form (Kalman, 1960). Counting adds a variance of about 1
 * ÷ units to the logarithm, so a quiet day moves the belief less. The noise is learned by the mean of
 * what each surprise leaves to it (online expectation maximisation; Cappé and Moulines, 2009).
 */
export const updatePosterior = (
  posterior: DemandPosterior,
  outcome: PriceOutcome,
): DemandPosterior => learnFrom(posterior, surpriseOf(posterior, outcome));

/** How far an outcome is from what was believed. */
export interface Surprise {
  /** Log units a day above the mean of the belief. */
  value: number;
  /** Of the value, before it was seen. */
  variance: number;
  /** Covariance of the belief with the value. */
  spread: readonly number[];
}

export function surpriseOf(posterior: DemandPosterior, outcome: PriceOutcome): Surprise {
  const { units, days = 1 } = outcome;
  if (!(units >= 0)) throw new RangeError(`units are ${units}, expected 0 or more`);
  if (!(days > 0)) throw new RangeError(`days are ${days}, expected above 0`);
  const x = featuresOf(posterior, outcome.price, outcome.context);
  const spread = posterior.covariance.map((row) => dot(row, x));
  return {
    value: Math.log((units + 0.5) / days) - dot(posterior.mean, x),
    variance: dot(spread, x) + posterior.noise + 1 / (units + 0.5),
    spread,
  };
}

export function learnFrom(
  posterior: DemandPosterior,
  { value, variance, spread }: Surprise,
): DemandPosterior {
  const { mean, covariance } = posterior;
  return {
    ...posterior,
    ...noiseAfter(posterior, value, variance),
    mean: mean.map((own, i) => own + (spread[i]! * value) / variance),
    covariance: covariance.map((row, i) =>
      row.map((own, j) => own - (spread[i]! * spread[j]!) / variance),
    ),
    observations: posterior.observations + 1,
  };
}

/** Expected square of the noise given the surprise, averaged with what was known of it. */
function noiseAfter(
  { noise, noiseObservations }: DemandPosterior,
  surprise: number,
  variance: number,
): Partial<DemandPosterior> {
  if (noiseObservations === undefined) return {};
  const share = noise / variance;
  const square = noise * (1 - share) + (share * surprise) ** 2;
  return {
    noise: (noiseObservations * noise + square) / (noiseObservations + 1),
    noiseObservations: noiseObservations + 1,
  };
}

/** 1, log price relative to the reference, context. */
export function featuresOf(
  { referencePrice, context }: DemandPosterior,
  price: number,
  given: Record<string, number> = {},
): number[] {
  if (!(price > 0)) throw new RangeError(`price is ${price}, expected above 0`);
  const values = context.map((name) => {
    const value = given[name];
    if (value === undefined || !Number.isFinite(value))
      throw new Error(`context ${name} is ${value}, expected a number`);
    return value;
  });
  return [1, Math.log(price / referencePrice), ...values];
}

export const posteriorBytes = (posterior: DemandPosterior): Uint8Array =>
  encodeArtifact({ kind: 'demandPosterior', meta: { posterior }, sections: {} });

export function loadPosterior(bytes: Uint8Array): DemandPosterior {
  const { kind, meta } = decodeArtifact(bytes);
  if (kind !== 'demandPosterior')
    throw new Error(`this file holds a ${kind}, expected a demandPosterior`);
  return meta['posterior'] as DemandPosterior;
}

export const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);
