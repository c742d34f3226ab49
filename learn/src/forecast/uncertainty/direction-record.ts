import type { WayProbabilities } from './direction-calibration.js';
import { ways, type Way } from './direction-way.js';

/** How past calls went, and how often the most frequent way happened: what a call must beat. */
export interface DirectionRecord {
  calls: number;
  hits: number;
  /** Share of the most frequent way among all outcomes, 0..1. */
  naiveRate: number;
}

/** Past calls of all series: what few calls of one are read beside. */
export interface CallPool {
  /** Share of calls that came true. */
  rate: number;
  /** Calls' worth of trust in it beside a series' own. */
  weight: number;
  /** Whether, by odds of three to one, the calls of all come true more often than chance. */
  beatsChance: boolean;
}

export interface Direction {
  probabilities: WayProbabilities;
  /** `null` abstains. */
  called: Way | null;
  reason:
    | 'likely and proven'
    | 'no way is likely enough'
    | 'past calls did not beat chance'
    | 'no past calls';
  record: DirectionRecord;
}

/** A call that would have been made on its probability alone. */
export interface Candidate {
  series: number;
  origin: number;
  likely: Way | undefined;
  happened: Way;
}

export function groupBySeries(candidates: readonly Candidate[]): Map<number, Candidate[]> {
  const groups = new Map<number, Candidate[]>();
  for (const one of candidates) {
    const own = groups.get(one.series);
    if (own === undefined) groups.set(one.series, [one]);
    else own.push(one);
  }
  return groups;
}

export function recordOf(candidates: readonly Candidate[]): DirectionRecord {
  const called = candidates.filter(({ likely }) => likely !== undefined);
  const most = Math.max(
    ...ways.map((way) => candidates.filter(({ happened }) => happened === way).length),
  );
  return {
    calls: called.length,
    hits: called.filter(({ likely, happened }) => likely === happened).length,
    naiveRate: candidates.length > 0 ? most / candidates.length : 1,
  };
}

/** Least and most trust in the pool, in calls; the least is for what few series say. */
const POOL_WEIGHTS = { least: 5, most: 100, series: 5 };

/**
 * How much series differ in their rates of hits beyond chance says how much one may be judged by
 * all (empirical Bayes for the beta-binomial, by moments).
 */
export function poolOf(records: readonly DirectionRecord[]): CallPool {
  const judged = records.filter(({ calls }) => calls > 0);
  const sum = (of: (one: DirectionRecord) => number) =>
    judged.reduce((total, one) => total + of(one), 0);
  const calls = sum((one) => one.calls);
  const hits = sum((one) => one.hits);
  const chance = sum((one) => one.calls * one.naiveRate) / calls;
  const beatsChance = wilsonLower(hits, calls) > chance;
  const rate = (hits + 1) / (calls + 2);
  const { least, most, series } = POOL_WEIGHTS;
  // Trust in the pool never exceeds what the pool itself has seen.
  if (judged.length < series) return { rate, weight: Math.min(least, calls), beatsChance };
  const spread = rate * (1 - rate);
  const between = sum((one) => one.calls * (one.hits / one.calls - rate) ** 2) / calls;
  const excess = between - (spread * judged.length) / calls;
  const weight = excess > 0 ? Math.max(least, spread / excess - 1) : most;
  return { rate, weight: Math.min(most, calls, weight), beatsChance };
}

export const likelyWay = (probabilities: WayProbabilities, least: number) =>
  ways.find((way) => probabilities[way] >= least);

export function decide(
  probabilities: WayProbabilities,
  record: DirectionRecord,
  pool: CallPool,
  least: number,
): Direction {
  const likely = likelyWay(probabilities, least);
  // A bound on its own few calls would ask for more of them than a monthly series makes in ten years:
  // that calls beat chance is shown by all of them; its own must not speak against it, and with
  // those of all beside them must be expected to go on.
  const calls = record.calls + pool.weight;
  const expected = (record.hits + pool.weight * pool.rate) / Math.max(1, calls);
  const proven =
    record.calls > 0 &&
    pool.beatsChance &&
    expected > record.naiveRate &&
    record.hits > record.calls * record.naiveRate;
  const reason =
    likely === undefined
      ? 'no way is likely enough'
      : record.calls === 0
        ? 'no past calls'
        : proven
          ? 'likely and proven'
          : 'past calls did not beat chance';
  return { probabilities, called: proven && likely !== undefined ? likely : null, reason, record };
}

/** Three to one that a rate is above it (lower end of the 50 % interval; Wilson, 1927). */
function wilsonLower(hits: number, calls: number): number {
  if (calls === 0) return 0;
  const z = 0.6745;
  const rate = hits / calls;
  const centre = rate + z ** 2 / (2 * calls);
  const half = z * Math.sqrt((rate * (1 - rate)) / calls + z ** 2 / (4 * calls ** 2));
  return (centre - half) / (1 + z ** 2 / calls);
}
