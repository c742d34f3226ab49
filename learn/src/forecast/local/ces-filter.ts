import { VARIANCE_MIN } from './ets-filter.js';

/** What the complex smoothing repeats: nothing, everything, an index beside it, or a second one. */
export const cesSeasons = ['none', 'simple', 'partial', 'full'] as const;
export type CesSeason = (typeof cesSeasons)[number];

/** α0 + iα1 of the level, β0 + iβ1 of the season (a partial season has β0 alone). */
export type CesParameters = Float64Array;

export const cesSizes: Readonly<Record<CesSeason, number>> = {
  none: 2,
  simple: 2,
  partial: 3,
  full: 4,
};

/**
 * Level and potential (one pair, or one for each phase of a simple season), and index and its
 * potential for each phase.
 */
export interface CesState {
  level: Float64Array;
  potential: Float64Array;
  index: Float64Array;
  indexPotential: Float64Array;
}

/**
 * Complex exponential smoothing with its first states found by running the series forward, backward
 * and forward again (Svetunkov, Kourentzes and Ord, 2022). Leaves the state at the end of the
 * series in `state` and returns the sum of squared errors of the last pass. A missing value moves
 * the state without an error.
 */
export function filterCes(
  values: Float64Array,
  season: CesSeason,
  parameters: CesParameters,
  begin: CesState,
  state: CesState,
  fitted?: Float64Array,
): number {
  copyState(begin, state);
  pass(values, season, parameters, state, 1);
  pass(values, season, parameters, state, -1);
  return pass(values, season, parameters, state, 1, fitted);
}

function pass(
  values: Float64Array,
  season: CesSeason,
  [a0, a1, b0 = 0, b1 = 0]: CesParameters,
  { level, potential, index, indexPotential }: CesState,
  direction: 1 | -1,
  fitted?: Float64Array,
): number {
  const n = values.length;
  const width = level.length;
  const period = index.length;
  const real = a0! - a1!;
  const imaginary = a0! + a1!;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const t = direction === 1 ? i : n - 1 - i;
    const at = width === 1 ? 0 : t % width;
    const phase = period === 0 ? 0 : t % period;
    const expected = level[at]! + (period === 0 ? 0 : index[phase]!);
    if (fitted !== undefined) fitted[t] = expected;
    const difference = values[t]! - expected;
    const error = difference === difference ? difference : 0;
    squares += error * error;
    const before = level[at]!;
    level[at] = before - (1 - a1!) * potential[at]! + real * error;
    potential[at] = before + (1 - a0!) * potential[at]! + imaginary * error;
    if (season === 'partial') index[phase] = index[phase]! + b0 * error;
    else if (season === 'full') {
      const old = index[phase]!;
      index[phase] = old - (1 - b1) * indexPotential[phase]! + (b0 - b1) * error;
      indexPotential[phase] = old + (1 - b0) * indexPotential[phase]! + (b0 + b1) * error;
    }
  }
  return Math.max(squares, n * VARIANCE_MIN);
}

/**
 * Continues without errors from the state at the end of `length` points; `season` receives the
 * share of the index beside the level.
 */
export function continueCes(
  season: CesSeason,
  parameters: CesParameters,
  state: CesState,
  length: number,
  out: Float64Array,
  share: Float64Array,
): void {
  // The pass counts phases from its first step, which is the one after the last known.
  const turn = (values: Float64Array) =>
    values.map((_, j) => values[(j + length) % values.length]!);
  const turned = {
    level: turn(state.level),
    potential: turn(state.potential),
    index: turn(state.index),
    indexPotential: turn(state.indexPotential),
  };
  const unknown = new Float64Array(out.length).fill(NaN);
  const still = newState(turned);
  still.level.fill(0);
  still.potential.fill(0);
  pass(unknown, season, parameters, still, 1, share);
  pass(unknown, season, parameters, turned, 1, out);
}

export const newState = ({ level, potential, index, indexPotential }: CesState): CesState => ({
  level: level.slice(),
  potential: potential.slice(),
  index: index.slice(),
  indexPotential: indexPotential.slice(),
});

function copyState(from: CesState, to: CesState): void {
  to.level.set(from.level);
  to.potential.set(from.potential);
  to.index.set(from.index);
  to.indexPotential.set(from.indexPotential);
}

/** Within it old values lose their weight (Svetunkov, Kourentzes and Ord, 2022, equation 19). */
export const isStable = (real: number, imaginary: number): boolean =>
  (real - 2.5) ** 2 + imaginary ** 2 > 1.25 &&
  (real - 0.5) ** 2 + (imaginary - 1) ** 2 > 0.25 &&
  (real - 1.5) ** 2 + (imaginary - 0.5) ** 2 < 1.5;
