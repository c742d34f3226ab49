import type { Backtest } from './backtest.js';

export type DeadBand = { kind: 'percent'; value: number } | { kind: 'money'; value: number };
export type Way = 'up' | 'flat' | 'down';

/** How past calls went, and how often the most frequent way happened: what a call must beat. */
export interface DirectionRecord {
  calls: number;
  hits: number;
  /** Share of the most frequent way among all outcomes, 0..1. */
  naiveRate: number;
}

export interface Direction {
  probabilities: Record<Way, number>;
  /** `null` abstains. */
  called: Way | null;
  reason:
    | 'likely and proven'
    | 'no way is likely enough'
    | 'past calls did not beat chance'
    | 'no past calls';
  record: DirectionRecord;
}

const PROBABILITY_MIN = 0.55;
const waysInOrder: readonly Way[] = ['up', 'flat', 'down'];

/** Which way a value went, with all moves inside the band called flat. */
export function wayOf(current: number, later: number, { kind, value }: DeadBand): Way {
  const band = kind === 'percent' ? (Math.abs(current) * value) / 100 : value;
  return later > current + band ? 'up' : later < current - band ? 'down' : 'flat';
}

/**
 * Probabilities of up, flat and down, and a call when one of them is at least 0.55 and the calls of
 * the past beat the naive rate by the lower end of Wilson's 90 % interval. One outcome of each way
 * is added to the sample, so a small one is never sure.
 * @param outcomes a sample of what may happen, as from `outcomesOf`, in units of `current`
 */
export function direction(
  outcomes: Float64Array,
  current: number,
  deadBand: DeadBand,
  record: DirectionRecord,
): Direction {
  const probabilities = probabilitiesOf(outcomes, current, deadBand);
  const likely = waysInOrder.find((way) => probabilities[way] >= PROBABILITY_MIN);
  const proven = wilsonLower(record.hits, record.calls) > record.naiveRate;
  const reason =
    likely === undefined
      ? 'no way is likely enough'
      : record.calls === 0
        ? 'no past calls'
        : proven
          ? 'likely and proven'
          : 'past calls did not beat chance';
  return {
    probabilities,
    called: reason === 'likely and proven' ? likely! : null,
    reason,
    record,
  };
}

/**
 * The calls that would have been made at one step of a backtest: each origin with the errors of the
 * others only, relative to the current value.
 * @param step from 0
 * @param series which series count; all by default
 */
export function directionRecord(
  test: Backtest,
  step: number,
  deadBand: DeadBand,
  series: readonly number[] = test.keys.map((_, i) => i),
): DirectionRecord {
  const { horizon, origins, actual, predicted, current } = test;
  const cells = series.flatMap((k) =>
    Array.from(origins, (_, o) => ({ o, cell: k * origins.length + o })),
  );
  const known = cells
    .map(({ o, cell }) => ({
      o,
      now: current[cell]!,
      later: actual[cell * horizon + step]!,
      point: predicted[cell * horizon + step]!,
    }))
    .filter(({ now, later, point }) => !Number.isNaN(now + later + point) && now !== 0);
  const happened: Record<Way, number> = { up: 0, flat: 0, down: 0 };
  let calls = 0;
  let hits = 0;
  for (const one of known) {
    const way = wayOf(one.now, one.later, deadBand);
    happened[way]++;
    const outcomes = Float64Array.from(
      known.filter(({ o }) => o !== one.o),
      ({ now, later, point }) => one.point + ((later - point) / now) * one.now,
    );
    const probabilities = probabilitiesOf(outcomes, one.now, deadBand);
    const called = waysInOrder.find((name) => probabilities[name] >= PROBABILITY_MIN);
    if (called === undefined) continue;
    calls++;
    if (called === way) hits++;
  }
  const naiveRate =
    known.length > 0 ? Math.max(happened.up, happened.flat, happened.down) / known.length : 1;
  return { calls, hits, naiveRate };
}

function probabilitiesOf(
  outcomes: Float64Array,
  current: number,
  deadBand: DeadBand,
): Record<Way, number> {
  const counts: Record<Way, number> = { up: 1, flat: 1, down: 1 };
  let total = 3;
  for (const outcome of outcomes) {
    if (Number.isNaN(outcome)) continue;
    counts[wayOf(current, outcome, deadBand)]++;
    total++;
  }
  return { up: counts.up / total, flat: counts.flat / total, down: counts.down / total };
}

/** Lower end of the 90 % interval of a rate (Wilson, 1927). */
function wilsonLower(hits: number, calls: number): number {
  if (calls === 0) return 0;
  const z = 1.645;
  const rate = hits / calls;
  const centre = rate + z ** 2 / (2 * calls);
  const half = z * Math.sqrt((rate * (1 - rate)) / calls + z ** 2 / (4 * calls ** 2));
  return (centre - half) / (1 + z ** 2 / calls);
}
