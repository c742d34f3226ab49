import { quantileSorted, sortedKnown } from '../series/statistics.js';
import type { Anchors, LagRows } from './lag-rows.js';

// Targets so many times as far as all but a hundredth of them count as being as far as that.
const FAR = 10;

/**
 * What the rows are to learn: how far from its level each value came to lie, in scales. A series that
 * had sold for a cent has no scale to speak of: what it sold then would be millions of them, and a
 * few such rows would be all that a booster learns from.
 */
export function targetsOf({ tracks, track, at, ahead }: LagRows, { level, scale }: Anchors) {
  const targets = level.map((from, r) => {
    const value = tracks[track[r]!]!.values[at[r]! + ahead[r]!]!;
    return (value - from) / scale[r]!;
  });
  const far = FAR * quantileSorted(sortedKnown(targets.map(Math.abs)), 0.99);
  return far > 0 ? targets.map((target) => Math.max(-far, Math.min(far, target))) : targets;
}
