import { takeRows, type ClusterProfile } from '@tino/learn';
import type { EntityAnswer, Segment } from '../../contract/segments.js';
import { NOBODY } from '../../training/segment-job.js';
import type { SegmentDetail } from '../../training/tasks/segment.js';
import type { SegmentDeclaration } from '../../workspace/types.js';
import { filledPhrase } from '../explain.js';
import { cellReader } from '../score-rows.js';
import { isCluster } from '../segment/score-segments.js';
import { rounded } from '../segment/words.js';
import { hiddenBelow, withheldFrom } from '../shown.js';
import type { Material } from './prepared.js';

type Next = EntityAnswer['next'];
type Fact = NonNullable<Next>['facts'][number];

const FACTS_MAX = 3;
/** Deviations between a member and the mean of the other segment that are worth a word. */
const GAP_MIN = 0.35;

/**
 * The nearest of the segments that are worth more a head than a member's own, and what its members
 * have that this one lacks, the widest gap first; null for the best segment and without money.
 */
export function nextSegments(
  from: Material,
  segments: ReadonlyMap<string, Segment>,
): (row: number) => Next {
  const { model, table, served, role } = from;
  const { opened } = served;
  const detail = served.package.meta.detail as unknown as SegmentDetail;
  if (!isCluster(opened) || opened.k > detail.segments.length) return () => null;
  const hideBelow = hiddenBelow(role, model.declaration as SegmentDeclaration);
  const told = detail.segments.slice(0, opened.k).flatMap(({ id, profile }, cluster) => {
    const found = segments.get(id);
    if (found === undefined || id === NOBODY || found.size! < hideBelow) return [];
    const segment = { id, name: found.name };
    return [{ cluster, segment, worth: eachOf(found), factsOf: factsFor(profile, from) }];
  });
  const betterThan = table.manifest.segments.map((id) => {
    const own = segments.get(id);
    return own === undefined ? [] : told.filter(({ worth }) => worth > eachOf(own));
  });
  const distances = new Float64Array(opened.k);
  return (row) => {
    const better = betterThan[table.value[row]!]!;
    if (better.length === 0) return null;
    opened.distances(takeRows(table.x, [row]), distances);
    const { segment, factsOf } = better.reduce((nearest, one) =>
      distances[one.cluster]! < distances[nearest.cluster]! ? one : nearest,
    );
    return { segment, facts: factsOf(row) };
  };
}

function factsFor(
  { numbers }: ClusterProfile,
  { model, table, role }: Material,
): (row: number) => Fact[] {
  const withheld = withheldFrom(role, model);
  const traits = numbers
    .filter(({ column, difference }) => difference !== 0 && !withheld.has(column))
    .map(({ column, mean: typical, overall, difference }) => ({
      column,
      typical,
      cell: cellReader(table, column),
      /** Which way the other segment is particular, and how much of it is one unit of the column. */
      direction: Math.sign(difference),
      deviations: Math.abs(difference / (typical - overall)),
      phrase: filledPhrase(
        model.declaration.page,
        column,
        rounded(typical, column, model.declaration.page),
      ),
    }));
  return (row) =>
    traits
      .flatMap(({ column, typical, cell, direction, deviations, phrase }) => {
        const value = cell(row);
        if (typeof value !== 'number') return [];
        // What the other segment is not particular for is no step towards it.
        const gap = direction * (typical - value) * deviations;
        return gap < GAP_MIN ? [] : [{ gap, fact: { column, value, typical, phrase } }];
      })
      .sort((a, b) => b.gap - a.gap)
      .slice(0, FACTS_MAX)
      .map(({ fact }) => fact);
}

const eachOf = ({ money, size }: Segment): number => (money === null || !size ? NaN : money / size);
