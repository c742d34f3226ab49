import { takeRows } from '@tino/learn';
import type { Role } from '../../contract/common.js';
import type { EntityAnswer, Segment } from '../../contract/predictions.js';
import { NOBODY } from '../../training/segment-job.js';
import type { SegmentDetail } from '../../training/tasks/segment.js';
import type { SegmentDeclaration } from '../../workspace/types.js';
import type { ServedModel } from '../catalog.js';
import { filledPhrase } from '../explain.js';
import type { Served } from '../predictors.js';
import { cellAt } from '../score-rows.js';
import { isCluster } from './score-segments.js';
import type { ScoreTable } from '../score-table.js';
import { rounded } from './words.js';
import { hiddenBelow, withheldFrom } from '../shown.js';

const FACTS_MAX = 3;
/** Deviations between a member and the mean of the other segment that are worth a word. */
const GAP_MIN = 0.35;

/**
 * The nearest of the segments that are worth more a head than a member's own, and what its members
 * have that this one lacks, the widest gap first; null for the best segment and without money.
 */
export function nextSegment(
  model: ServedModel,
  { table, served, row, role }: { table: ScoreTable; served: Served; row: number; role: Role },
  segments: ReadonlyMap<string, Segment>,
): EntityAnswer['next'] {
  const declaration = model.declaration as SegmentDeclaration;
  const { opened } = served;
  const detail = served.package.meta.detail as unknown as SegmentDetail;
  const own = segments.get(table.manifest.segments[table.value[row]!]!)!;
  if (!isCluster(opened) || opened.k > detail.segments.length) return null;
  const distances = new Float64Array(opened.k);
  opened.distances(takeRows(table.x, [row]), distances);
  let nearest: { found: Segment; cluster: number } | undefined;
  detail.segments.slice(0, opened.k).forEach(({ id }, cluster) => {
    const found = segments.get(id);
    if (found === undefined || id === NOBODY || found.size! < hiddenBelow(role, declaration))
      return;
    if (!(eachOf(found) > eachOf(own))) return;
    if (nearest === undefined || distances[cluster]! < distances[nearest.cluster]!)
      nearest = { found, cluster };
  });
  if (nearest === undefined) return null;
  const { found, cluster } = nearest;
  const withheld = withheldFrom(role, model);
  const gaps = detail.segments[cluster]!.profile.numbers.flatMap((trait) => {
    const { column, mean, overall, difference } = trait;
    const value = cellAt(table, column, row);
    if (typeof value !== 'number' || difference === 0 || withheld.has(column)) return [];
    const gap = ((mean - value) * difference) / (mean - overall);
    // What the other segment is not particular for is no step towards it.
    if (Math.abs(gap) < GAP_MIN || Math.sign(gap) !== Math.sign(difference)) return [];
    const phrase = filledPhrase(declaration.page, column, rounded(mean));
    return [{ column, value, typical: mean, gap: Math.abs(gap), phrase }];
  });
  return {
    segment: { id: found.id, name: found.name },
    facts: gaps
      .sort((a, b) => b.gap - a.gap)
      .slice(0, FACTS_MAX)
      .map(({ column, value, typical, phrase }) => ({ column, value, typical, phrase })),
  };
}

const eachOf = ({ money, size }: Segment): number => (money === null || !size ? NaN : money / size);
