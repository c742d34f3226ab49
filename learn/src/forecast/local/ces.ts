import {
  cesSeasons,
  cesSizes,
  continueCes,
  filterCes,
  isStable,
  newState,
  type CesParameters,
  type CesSeason,
  type CesState,
} from './ces-filter.js';
import { seasonalIndices } from './decompose.js';
import type { LocalMethod } from './local-method.js';
import { bridged } from '../series/missing.js';
import { nelderMead } from './simplex.js';
import { countKnown, meanKnown, scaleOf } from '../series/statistics.js';

interface CesOptions {
  /** `auto`: the smallest AICc of those the series allows. */
  season: CesSeason | 'auto';
}

const POINTS_MIN = 6;
/** Customary first guesses (Svetunkov, 2022): an almost steady level, a hardly moving index. */
const STARTS: Readonly<Record<CesSeason, readonly number[]>> = {
  none: [1.3, 1],
  simple: [1.3, 1],
  partial: [1.3, 1, 0.1],
  full: [1.3, 1, 1.3, 1],
};

/**
 * Complex exponential smoothing (Svetunkov, Kourentzes and Ord, 2022): one pair of states follows
 * level and trend together, with as many parameters for a season of any length. A season needs two
 * periods; fewer than 6 known points give the mean of the known values. Parameters: season (its
 * place in the list, −1 for the mean), α0, α1, β0, β1.
 */
export const ces = ({ season }: CesOptions): LocalMethod => {
  if (season !== 'auto' && !cesSeasons.includes(season))
    throw new Error(
      `ces season ${String(season)} is unknown; it is auto, ${cesSeasons.join(', ')}`,
    );
  return {
    kind: 'ces',
    fit: (values, period) => fitCes(values, period, season),
    forecast(values, period, { parameters }, out, _around, parts) {
      const found = readCes(values, period, parameters);
      const index = new Float64Array(out.length);
      if (found === undefined) out.fill(meanKnown(values));
      else {
        const { chosen, p, begin } = found;
        const state = newState(begin);
        filterCes(values, chosen, p, begin, state);
        continueCes(chosen, p, state, values.length, out, index);
      }
      if (parts !== undefined) {
        parts['level'] = out.map((value, h) => value - index[h]!);
        if (index.some((value) => value !== 0)) parts['season'] = index;
      }
    },
    trace(values, period, parameters, out) {
      const found = readCes(values, period, parameters);
      if (found === undefined) out.fill(meanKnown(values));
      else filterCes(values, found.chosen, found.p, found.begin, newState(found.begin), out);
    },
    usedInstead: (values) => {
      const known = countKnown(values);
      return known < POINTS_MIN
        ? `mean: ${known} known points, ces needs ${POINTS_MIN}`
        : undefined;
    },
  };
};

function readCes(values: Float64Array, period: number, parameters: Float64Array) {
  const chosen = cesSeasons[parameters[0]!];
  if (chosen === undefined || (chosen !== 'none' && values.length < 2 * period)) return undefined;
  return { chosen, p: parameters.subarray(1), begin: beginState(values, period, chosen) };
}

function fitCes(values: Float64Array, period: number, asked: CesSeason | 'auto'): Float64Array {
  const known = countKnown(values);
  const out = Float64Array.of(-1, 0, 0, 0, 0);
  if (known < POINTS_MIN) return out;
  const scale = scaleOf(values);
  const scaled = values.map((value) => value / scale);
  const seasonal = period > 1 && values.length >= 2 * period;
  const tried = cesSeasons.filter(
    (season) =>
      (asked === 'auto' || season === asked) &&
      (season === 'none' || seasonal) &&
      known > cesSizes[season] + 2,
  );
  let least = Infinity;
  for (const season of tried.length > 0 ? tried : (['none'] as const)) {
    const { x, squares } = optimise(scaled, period, season);
    const k = cesSizes[season] + 1;
    const criterion =
      known * Math.log(squares / known) + 2 * k + (2 * k * (k + 1)) / (known - k - 1);
    if (!(criterion < least)) continue;
    least = criterion;
    out.fill(0);
    out[0] = cesSeasons.indexOf(season);
    out.set(x, 1);
  }
  return out;
}

function optimise(scaled: Float64Array, period: number, season: CesSeason) {
  const begin = beginState(scaled, period, season);
  const state = newState(begin);
  const known = countKnown(scaled);
  const { x } = nelderMead(
    (parameters) =>
      isAllowed(season, parameters)
        ? known * Math.log(filterCes(scaled, season, parameters, begin, state))
        : Infinity,
    STARTS[season],
    { step: 0.1, evaluationsMax: 80 * STARTS[season].length, tolerance: 1e-6 },
  );
  return { x, squares: filterCes(scaled, season, x, begin, state) };
}

function isAllowed(season: CesSeason, [a0, a1, b0, b1]: CesParameters): boolean {
  if (!isStable(a0!, a1!)) return false;
  if (season === 'partial') return b0! > 0 && b0! < 1;
  return season !== 'full' || isStable(b0!, b1!);
}

/** Where the first pass begins; the passes forget it. */
function beginState(values: Float64Array, period: number, season: CesSeason): CesState {
  const filled = bridged(values);
  const simple = season === 'simple';
  const width = simple ? period : 1;
  const mean = meanKnown(filled.subarray(0, season === 'none' ? 10 : period));
  const level = simple ? filled.slice(0, period) : new Float64Array(1).fill(mean);
  const indices =
    season === 'partial' || season === 'full'
      ? seasonalIndices(filled, period, 'additive').indices
      : new Float64Array(0);
  return {
    level,
    potential: Float64Array.from({ length: width }, (_, j) => level[j]! / 1.1),
    index: indices,
    indexPotential: indices.map((value) => value / 1.1),
  };
}
