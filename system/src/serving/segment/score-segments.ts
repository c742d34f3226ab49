import {
  assignStable,
  clusterDrift,
  profile,
  type ClusterModel,
  type ClusterProfile,
  type Frame,
  type Model,
} from '@tino/learn';
import type { AbtData } from '../../features/index.js';
import type { House } from '../../ports/house.js';
import type { CommittedTable } from '../../sources/tables.js';
import { NOBODY } from '../../training/segment-job.js';
import { monthBefore, readScores, type ScoreManifest, type SegmentDrift } from '../score-table.js';
import type { Texts } from '../texts.js';

export const isCluster = (model: Model): model is ClusterModel => 'distances' in model;

/**
 * The segment of each row, by index: who had one keeps it unless another is clearly nearer, so that
 * nobody changes sides without having changed.
 */
export async function stableSegments(
  house: House,
  model: ClusterModel,
  segments: readonly string[],
  { x, keys }: Pick<AbtData, 'x' | 'keys'>,
  standing: CommittedTable<ScoreManifest> | undefined,
): Promise<Int32Array> {
  const nobody = segments.indexOf(NOBODY);
  const previous = new Int32Array(x.rows).fill(-1);
  if (standing !== undefined) {
    const before = await readScores(house, standing.files, standing.manifest);
    const names = standing.manifest.keys;
    const had = new Map(
      Array.from(before.value, (cluster, row): [string, number] => [
        keyText(before.keys, names, row),
        segments.indexOf(standing.manifest.segments[cluster]!),
      ]),
    );
    for (let row = 0; row < x.rows; row++) {
      const was = had.get(keyText(keys, names, row)) ?? -1;
      previous[row] = was === nobody ? -1 : was;
    }
  }
  const found = assignStable(model, x, previous);
  return nobody < 0 ? found : found.map((segment) => (segment < 0 ? nobody : segment));
}

/** What its members are like now, by segment; one without members is like nothing. */
export const profilesOf = (
  x: Frame,
  segmentOf: Float64Array,
  segments: readonly string[],
): Record<string, ClusterProfile> =>
  Object.fromEntries(
    profile(x, segmentOf)
      .filter(({ size }) => size > 0)
      .map((one) => [segments[one.cluster]!, one]),
  );

const keyText = (
  keys: Readonly<Record<string, Texts>>,
  names: readonly string[],
  row: number,
): string => names.map((name) => keys[name]?.at(row)).join('\u0000');

/** Whether the segments still lie and weigh as they did a month before. */
export async function driftOf(
  house: House,
  model: string,
  opened: ClusterModel,
  segments: readonly string[],
  { x, cutoff }: { x: Frame; cutoff: string },
): Promise<SegmentDrift | undefined> {
  const earlier = await monthBefore(house, model, cutoff);
  if (earlier === undefined) return undefined;
  const before = await readScores(house, earlier.files, earlier.manifest);
  const known = new Set(earlier.manifest.features);
  const comparable = opened.columns.every(({ name }) => known.has(name));
  if (!comparable || before.x.rows === 0 || x.rows === 0) return undefined;
  const { sizePsi, clusters } = clusterDrift(opened, before.x, x);
  return {
    since: earlier.manifest.cutoff,
    sizePsi,
    segments: clusters
      // A segment that had or has nobody has no mean member to compare.
      .filter(({ distance }) => Number.isFinite(distance))
      .map(({ cluster, distance, byChance }) => ({ id: segments[cluster]!, distance, byChance })),
  };
}
