import { quantileSorted, sortedKnown } from '../forecast/series/statistics.js';

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

/** Edges by measure, ascending and distinct: score s lies above edge s − 2 and up to edge s − 1. */
export interface RfmCuts {
  /** Days; the score counts from the other end, because a recent purchase is best. */
  recencyDays: readonly number[];
  frequency: readonly number[];
  monetary: readonly number[];
}

export interface RfmScores {
  /** The edges used: to show, to change and to hand in again. */
  cuts: RfmCuts;
  /** 1 (worst) … edges + 1 (best); 0 when missing. A recent purchase is best. */
  recency: Int8Array;
  frequency: Int8Array;
  monetary: Int8Array;
  names: RfmName[];
}

/**
 * Recency, frequency and monetary value as scores, and a name for the usual corners.
 * @param cuts a number of groups, whose edges are quantiles of these customers, or the edges
 */
export function rfm(
  { recencyDays, frequency, monetary }: RfmInput,
  { cuts = 5 }: { cuts?: number | RfmCuts } = {},
): RfmScores {
  if (frequency.length !== recencyDays.length || monetary.length !== recencyDays.length)
    throw new RangeError(
      `recency, frequency and monetary have ${recencyDays.length}, ${frequency.length} and ${monetary.length} rows`,
    );
  const edges =
    typeof cuts === 'number'
      ? {
          recencyDays: quantileEdges(recencyDays, cuts),
          frequency: quantileEdges(frequency, cuts),
          monetary: quantileEdges(monetary, cuts),
        }
      : checked(cuts);
  const from = (values: Float64Array, own: readonly number[]) =>
    Int8Array.from(values, (value) =>
      Number.isNaN(value) ? 0 : 1 + own.filter((edge) => value > edge).length,
    );
  const most = edges.recencyDays.length + 2;
  const scores = {
    recency: from(recencyDays, edges.recencyDays).map((score) => (score === 0 ? 0 : most - score)),
    frequency: from(frequency, edges.frequency),
    monetary: from(monetary, edges.monetary),
  };
  // Where all are alike nobody is best: the middle.
  const share = (score: number, own: readonly number[]) =>
    score > 0 && own.length === 0 ? 0.5 : score / (own.length + 1);
  const names = Array.from(scores.recency, (recency, i) =>
    nameOf(
      share(recency, edges.recencyDays),
      share(scores.frequency[i]!, edges.frequency),
      share(scores.monetary[i]!, edges.monetary),
    ),
  );
  return { cuts: edges, ...scores, names };
}

/** Equal values share a group, so there may be fewer edges than asked for. */
function quantileEdges(values: Float64Array, cuts: number): number[] {
  if (!Number.isInteger(cuts) || cuts < 2 || cuts > 10)
    throw new RangeError(`cuts is ${cuts}, expected a whole number from 2 to 10`);
  const sorted = sortedKnown(values);
  const top = sorted[sorted.length - 1]!;
  const edges = Array.from({ length: cuts - 1 }, (_, c) => quantileSorted(sorted, (c + 1) / cuts));
  return [...new Set(edges)].filter((edge) => edge < top);
}

function checked(cuts: RfmCuts): RfmCuts {
  for (const [name, edges] of Object.entries(cuts) as [string, readonly number[]][]) {
    if (edges.length > 9)
      throw new RangeError(`${name} has ${edges.length} edges, expected at most 9`);
    edges.forEach((edge, i) => {
      if (!Number.isFinite(edge) || (i > 0 && edge <= edges[i - 1]!))
        throw new RangeError(`edge ${i} of ${name} is ${edge}, expected a number above the last`);
    });
  }
  return cuts;
}

function nameOf(recency: number, frequency: number, monetary: number): RfmName {
  if (recency === 0 || frequency === 0) return 'unknown';
  const worth = (frequency + monetary) / 2;
  if (recency > 0.6) {
    if (worth > 0.7) return 'champions';
    if (worth > 0.45) return 'loyal';
    return recency > 0.8 && frequency <= 0.4 ? 'new' : 'promising';
  }
  if (recency > 0.4) return worth > 0.6 ? 'loyal' : 'needAttention';
  return worth > 0.5 ? 'atRisk' : 'hibernating';
}
