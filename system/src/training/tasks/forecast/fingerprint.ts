import { createHash } from 'node:crypto';
import type { SeriesData } from './data.js';

/** Steps ahead whose known covariates are part of what a training has seen. */
const AHEAD = 8;

/**
 * What was seen of the business, as one hash: equal means that training again would see the same.
 */
export function dataHash({ set, keys, attributes, end }: SeriesData): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify({ keys, attributes, end, starts: [...set.starts] }));
  hash.update(new Uint8Array(set.values.buffer, set.values.byteOffset, set.values.byteLength));
  const { covariates } = set;
  if (covariates === undefined) return hash.digest('hex');
  hash.update(JSON.stringify(covariates.names));
  for (let series = 0; series < keys.length; series++) {
    const steps = end + AHEAD - set.starts[series]! + 1;
    const own = new Float64Array(steps * covariates.names.length);
    for (let step = 0; step < steps; step++)
      for (let c = 0; c < covariates.names.length; c++)
        own[step * covariates.names.length + c] = covariates.at(
          series,
          set.starts[series]! + step,
          c,
        );
    hash.update(new Uint8Array(own.buffer));
  }
  return hash.digest('hex');
}

/**
 * What is known of one member: its key, attributes, values, and covariates.
 * @param until step of the last covariate
 */
export function seriesHash(
  { set, attributes }: Pick<SeriesData, 'set' | 'attributes'>,
  row: number,
  until: number,
): string {
  const { covariates, keys, starts, offsets, values } = set;
  const start = starts[row]!;
  const hash = createHash('sha256');
  hash.update(JSON.stringify([keys[row], start, set.period, attributes[row]]));
  hash.update(bytesOf(values.slice(offsets[row], offsets[row + 1])));
  if (covariates === undefined) return hash.digest('hex');
  const { names, kinds, at } = covariates;
  hash.update(JSON.stringify([names, kinds]));
  const own = new Float64Array(Math.max(0, until - start + 1) * names.length);
  for (let i = 0; i < own.length; i++)
    own[i] = at(row, start + Math.floor(i / names.length), i % names.length);
  hash.update(bytesOf(own));
  return hash.digest('hex');
}

const seen = new WeakMap<SeriesData, string[]>();

/** By series: what a forecast of `horizon` steps may read of it. Made once for each data. */
export function seenSeries(data: SeriesData, horizon: number): string[] {
  const standing = seen.get(data);
  if (standing !== undefined) return standing;
  const made = data.set.keys.map((_, row) => seriesHash(data, row, data.end + horizon));
  seen.set(data, made);
  return made;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

export const sha256 = (text: string | Uint8Array): string =>
  createHash('sha256').update(text).digest('hex');
