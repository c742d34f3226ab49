import { migration, type ClusterProfile, type RfmName } from '@tino/learn';
import { isScoped, seesKey, type Scope } from '../../access/principal.js';
import type { Segment, SegmentsAnswer } from '../../contract/segments.js';
import type { Words } from '../../contract/words.js';
import { columnPhrase } from '../../training/signature.js';
import { NOBODY } from '../../training/segment-job.js';
import type { SegmentDetail } from '../../training/tasks/segment.js';
import type { Page, RfmRules, SegmentDeclaration } from '../../workspace/types.js';
import { cellAt, keyAt, moneyAt } from '../score-rows.js';
import type { ScoreTable } from '../score-table.js';
import {
  factsOf,
  namesOf,
  plainName,
  sentencesOf,
  sentencesOfNobody,
  type Counts,
} from './words.js';

const SAMPLE_MAX = 1000;

export const moneyColumn = ({ money, page }: SegmentDeclaration): string | undefined =>
  money ?? page.money;

/** Of a scoring that is kept in memory, counted once: a look-up must not walk a million rows. */
const counted = new WeakMap<ScoreTable, Map<string, number[]>>();
const summed = new WeakMap<ScoreTable, Map<string, Sums>>();

interface Sums {
  money: number;
  centre: { x: number; y: number };
}

/** Rows of a scoring by the lasting name of their segment. */
export function membersBySegment(table: ScoreTable): Map<string, number[]> {
  let rows = counted.get(table);
  if (rows === undefined) {
    rows = groupRows(table, () => true);
    counted.set(table, rows);
  }
  return rows;
}

function groupRows(
  { manifest, value }: ScoreTable,
  sees: (row: number) => boolean,
): Map<string, number[]> {
  const rows = new Map<string, number[]>(manifest.segments.map((id) => [id, []]));
  value.forEach((cluster, row) => {
    if (sees(row)) rows.get(manifest.segments[cluster]!)?.push(row);
  });
  return rows;
}

function sumsOf(
  table: ScoreTable,
  members: ReadonlyMap<string, readonly number[]>,
  column: string | undefined,
  axes: SegmentDetail['axes'],
): Map<string, Sums> {
  return new Map(
    [...members].map(([id, rows]) => [
      id,
      {
        money: rows.reduce((sum, row) => sum + (moneyAt(table, column, row) ?? 0), 0),
        centre: centreOf(table, axes, rows),
      },
    ]),
  );
}

/** Segments as the last scoring counts them, in the words of the declaration or of a person. */
export function segmentsOf(
  table: ScoreTable,
  detail: SegmentDetail,
  declaration: SegmentDeclaration,
  {
    names,
    hideBelow,
    currency,
    scope = {},
  }: {
    names: ReadonlyMap<string, Words>;
    hideBelow: number;
    currency: string;
    /** Only entities inside of it are counted. */
    scope?: Scope;
  },
): Segment[] {
  const { page } = declaration;
  const column = moneyColumn(declaration);
  const whole = !isScoped(scope);
  const members = whole
    ? membersBySegment(table)
    : groupRows(table, (row) => seesKey(scope, keyAt(table, row)));
  let sums = whole ? summed.get(table) : undefined;
  if (sums === undefined) {
    sums = sumsOf(table, members, column, detail.axes);
    if (whole) summed.set(table, sums);
  }
  const sizeOf = (id: string) => members.get(id)?.length ?? 0;
  // Of those told of alone: a whole would give what is hidden by subtraction.
  const told = detail.segments.filter(({ id }) => sizeOf(id) >= hideBelow);
  const all = told.reduce((sum, { id }) => sum + (sums.get(id)?.money ?? 0), 0);
  const total = told.reduce((sum, { id }) => sum + sizeOf(id), 0);
  // A group that rules name may have nobody; one that was found has somebody.
  const { rules } = declaration;
  const present = detail.segments.filter(
    ({ id }) => (id !== NOBODY && rules === undefined) || sizeOf(id) > 0,
  );
  const factsBy = (profileOf: (one: SegmentDetail['segments'][number]) => ClusterProfile) =>
    new Map(present.map((one) => [one.id, one.id === NOBODY ? [] : factsOf(profileOf(one), page)]));
  // What they are called stays until the next training; how they are is told of today's members.
  const called = namesOf(
    factsBy(({ profile }) => profile),
    page,
  );
  const facts = factsBy(({ id, profile }) => table.manifest.profiles?.[id] ?? profile);
  return present.map(({ id }) => {
    const size = sizeOf(id);
    if (size < hideBelow) return untold(id);
    const money = column === undefined ? null : sums.get(id)!.money;
    const counts: Counts = {
      size,
      share: total === 0 ? 0 : size / total,
      money,
      moneyShare: money === null || all <= 0 ? null : money / all,
    };
    return {
      id,
      name: names.get(id) ?? wordsByRule(rules, id) ?? called.get(id)!,
      ...counts,
      sentences:
        id === NOBODY
          ? sentencesOfNobody(counts, page, currency)
          : sentencesOf(counts, facts.get(id)!, page, currency),
      facts: facts.get(id)!,
      centre: sums.get(id)!.centre,
      hidden: false,
    };
  });
}

const wordsByRule = (rules: RfmRules | undefined, id: string): Words | undefined =>
  rules?.names[id as RfmName];

/** A group of too few: that it is there, and nothing else. */
const untold = (id: string): Segment => ({
  id,
  name: plainName(id),
  size: null,
  share: null,
  money: null,
  moneyShare: null,
  sentences: [],
  facts: [],
  centre: { x: 0, y: 0 },
  hidden: true,
});

function centreOf(table: ScoreTable, axes: SegmentDetail['axes'], rows: readonly number[]) {
  const mean = (name: string | undefined) => {
    const known = rows
      .map((row) => (name === undefined ? null : cellAt(table, name, row)))
      .filter((value): value is number => typeof value === 'number');
    return known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  return { x: mean(axes?.[0]), y: mean(axes?.[1]) };
}

/** At most a thousand members on the two axes, evenly spaced over the table. */
export function sampleOf(
  table: ScoreTable,
  axes: SegmentDetail['axes'],
  hidden: ReadonlySet<string>,
  scope: Scope = {},
): SegmentsAnswer['sample'] {
  if (axes === null) return [];
  const step = Math.max(1, Math.ceil(table.value.length / SAMPLE_MAX));
  const sample: SegmentsAnswer['sample'] = [];
  for (let row = 0; row < table.value.length; row += step) {
    const segment = table.manifest.segments[table.value[row]!]!;
    const [x, y] = axes.map((name) => cellAt(table, name, row));
    const seen = seesKey(scope, keyAt(table, row));
    if (typeof x === 'number' && typeof y === 'number' && seen && !hidden.has(segment))
      sample.push({ segment, x, y });
  }
  return sample;
}

/** The axis in words: what its column is called, else its phrase without the value. */
export function axisWords(page: Page, column: string | undefined): Words {
  if (column === undefined) return { pt: '', en: '' };
  const label = page.labels?.[column];
  if (label !== undefined) return label;
  const phrase = columnPhrase(page, column);
  const bare = (text: string) =>
    text.replace('{value}', '').replace(/\s+/g, ' ').replace(/: ?$/, '').trim();
  return { pt: bare(phrase.pt), en: bare(phrase.en) };
}

/** Everyone of either scoring by where they were and are; null is absent. */
export function migrationOf(
  before: ScoreTable | undefined,
  now: ScoreTable,
  scope: Scope = {},
): SegmentsAnswer['migration'] {
  if (before === undefined) return [];
  const ids = [...new Set([...before.manifest.segments, ...now.manifest.segments])];
  const [was, is] = [before, now].map((table) => segmentByKey(table, ids, scope));
  const keys = [...new Set([...was!.keys(), ...is!.keys()])];
  const at = (of: ReadonlyMap<string, number>) => keys.map((key) => of.get(key) ?? -1);
  const { segments, counts } = migration(at(was!), at(is!));
  const named = [...Array.from(segments, (segment) => ids[segment]!), null];
  return [...counts]
    .map((count, cell) => ({
      from: named[Math.floor(cell / named.length)]!,
      to: named[cell % named.length]!,
      count,
    }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}

function segmentByKey(table: ScoreTable, ids: readonly string[], scope: Scope) {
  const place = table.manifest.segments.map((id) => ids.indexOf(id));
  const found = new Map<string, number>();
  table.value.forEach((cluster, row) => {
    const key = keyAt(table, row);
    if (seesKey(scope, key)) found.set(Object.values(key).join('\u0000'), place[cluster]!);
  });
  return found;
}
