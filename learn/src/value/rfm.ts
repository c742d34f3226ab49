import { quantileSorted, sortedKnown } from '../forecast/statistics.js';

export interface RfmInput {
  recencyDays: Float64Array;
  frequency: Float64Array;
  monetary: Float64Array;
}

export const rfmNames = [
  'champions',
  'loyal',
  'new',
  'promising',
  'needAttention',
  'atRisk',
  'hibernating',
  'unknown',
] as const;
export type RfmName = (typeof rfmNames)[number];

export interface RfmScores {
  /** 1 (worst) … cuts (best); 0 when missing. A recent purchase is best. */
  recency: Int8Array;
  frequency: Int8Array;
  monetary: Int8Array;
  names: RfmName[];
}

/**
 * Recency, frequency and monetary value as ranks among all customers, and a name for the usual
 * corners.
 */
export function rfm(
  { recencyDays, frequency, monetary }: RfmInput,
  { cuts = 5 }: { cuts?: number } = {},
): RfmScores {
  if (!Number.isInteger(cuts) || cuts < 2 || cuts > 10)
    throw new RangeError(`cuts is ${cuts}, expected a whole number from 2 to 10`);
  if (frequency.length !== recencyDays.length || monetary.length !== recencyDays.length)
    throw new RangeError(
      `recency, frequency and monetary have ${recencyDays.length}, ${frequency.length} and ${monetary.length} rows`,
    );
  const scores = {
    recency: scoresOf(
      recencyDays.map((days) => -days),
      cuts,
    ),
    frequency: scoresOf(frequency, cuts),
    monetary: scoresOf(monetary, cuts),
  };
  const names = Array.from(scores.recency, (recency, i) =>
    nameOf(recency / cuts, scores.frequency[i]! / cuts, scores.monetary[i]! / cuts),
  );
  return { ...scores, names };
}

/** Edges are quantiles, so equal values always get the same score. */
function scoresOf(values: Float64Array, cuts: number): Int8Array {
  const sorted = sortedKnown(values);
  const edges = Array.from({ length: cuts - 1 }, (_, c) => quantileSorted(sorted, (c + 1) / cuts));
  return Int8Array.from(values, (value) =>
    Number.isNaN(value) ? 0 : 1 + edges.filter((edge) => value > edge).length,
  );
}

function nameOf(recency: number, frequency: number, monetary: number): RfmName {
  if (recency === 0 || frequency === 0) return 'unknown';
  const worth = (frequency + monetary) / 2;
  if (recency > 0.6) {
    if (worth > 0.7) return 'champions';
    if (worth > 0.45) return 'loyal';
    return recency > 0.8 ? 'new' : 'promising';
  }
  if (recency > 0.4) return worth > 0.6 ? 'loyal' : 'needAttention';
  return worth > 0.5 ? 'atRisk' : 'hibernating';
}
