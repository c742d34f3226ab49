import type { Explanation, Model } from '../estimator.js';
import type { ColumnSchema } from '../frame.js';
import { fromScale, toScale, type Scale } from './blend.js';

/** Columns in the order in which members name them. */
export function unionOf(members: readonly Model[]): ColumnSchema[] {
  const found = new Map<string, ColumnSchema>();
  for (const { columns } of members)
    for (const column of columns) if (!found.has(column.name)) found.set(column.name, column);
  return [...found.values()];
}

/** Where each member's columns stand among all. */
export function placesIn(columns: readonly ColumnSchema[], members: readonly Model[]): number[][] {
  const place = new Map(columns.map(({ name }, c) => [name, c]));
  return members.map((member) => member.columns.map(({ name }) => place.get(name)!));
}

/**
 * Adds a share of what a member says of its columns; returns that share of its base. A constant has
 * no contributions and may speak on another scale.
 */
export function addExplained(
  { base, contributions, link }: Explanation,
  { share, scale, places }: { share: number; scale: Scale; places: readonly number[] },
  out: Float64Array,
): number {
  contributions.forEach((value, c) => (out[places[c]!]! += share * value));
  return share * (link === scale ? base : toScale(scale, fromScale(link, base)));
}
