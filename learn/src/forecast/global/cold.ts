import { seriesValues, type SeriesSet } from '../../series.js';
import { nearest } from './analogues.js';
import type { Analogue } from '../forecaster.js';
import type { GlobalState } from './global-artifact.js';
import { countKnown, meanKnown } from '../series/statistics.js';
import { walk, type Walker } from './walk.js';

// How many points of its own weigh as much as its analogues.
const OWN_WEIGHT = 2;

/**
 * The training series that speak for one without enough history: never itself, only those with
 * values.
 */
export function nearestTo(history: SeriesSet, index: number, state: GlobalState): Analogue[] {
  const { tails } = state;
  const usable = tails.keys.map((_, i) => countKnown(seriesValues(tails, i)) >= 3);
  const key = history.keys[index]!;
  return nearest(tails.statics, tails.keys, { statics: history.statics, index }, tails.keys.length)
    .filter((analogue) => analogue.key !== key && usable[state.indexOf.get(analogue.key)!]!)
    .slice(0, state.analogues);
}

/**
 * The mean of what the model forecasts for the analogues' histories with this series' own
 * attributes and covariates, moved towards its own level by the few points it has. No analogue: its
 * own level, or `NaN`.
 */
export function forecastCold(
  history: SeriesSet,
  index: number,
  state: GlobalState,
  out: Float64Array,
): void {
  const own = seriesValues(history, index);
  const end = history.starts[index]! + own.length - 1;
  const analogues = nearestTo(history, index, state);
  const walkers = analogues.map(({ key }): Walker => {
    const at = state.indexOf.get(key)!;
    const known = seriesValues(state.tails, at);
    return { series: index, known, start: state.tails.starts[at]!, out };
  });
  out.fill(0);
  for (const walker of walkers) {
    const ahead = Math.max(0, end - originOf(walker));
    walker.out = new Float64Array(ahead + out.length);
    walk(history, [walker], walker.out.length, state.plan, state.models);
    // Training may reach beyond the end of this series: those steps are then the analogue's own
    // past.
    const behind = Math.max(0, originOf(walker) - end);
    for (let h = 0; h < out.length; h++) {
      const past = walker.known[walker.known.length - behind + h] ?? NaN;
      const value = h < behind ? past : walker.out[ahead + h - behind]!;
      out[h]! += (Number.isNaN(value) ? meanKnown(walker.known) : value) / walkers.length;
    }
  }
  const level = meanKnown(own);
  if (walkers.length === 0) out.fill(level);
  else if (!Number.isNaN(level)) moveTowards(out, level, countKnown(own));
}

const originOf = ({ start, known }: Walker) => start + known.length - 1;

function moveTowards(out: Float64Array, level: number, points: number): void {
  const shift = ((level - meanKnown(out)) * points) / (points + OWN_WEIGHT);
  for (let h = 0; h < out.length; h++) out[h]! += shift;
}
