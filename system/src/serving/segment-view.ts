import type { Segment, SegmentsAnswer } from '../contract/predictions.js';
import type { Words } from '../contract/words.js';
import type { SegmentDetail } from '../training/tasks/segment.js';
import type { Page, SegmentDeclaration } from '../workspace/types.js';
import { moneyAt, cellAt } from './score-rows.js';
import type { ScoreTable } from './score-table.js';
import { factsOf, nameOf, sentencesOf } from './segment-words.js';

const SAMPLE_MAX = 1000;

export const moneyColumn = ({ money, page }: SegmentDeclaration): string | undefined =>
  money ?? page.money;

/** Rows of a scoring by the lasting name of their segment. */
export function membersBySegment({ manifest, value }: ScoreTable): Map<string, number[]> {
  const rows = new Map<string, number[]>(manifest.segments.map((id) => [id, []]));
  value.forEach((cluster, row) => rows.get(manifest.segments[cluster]!)?.push(row));
  return rows;
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
  }: {
    names: ReadonlyMap<string, Words>;
    hideBelow: number;
    currency: string;
  },
): Segment[] {
  const { page } = declaration;
  const column = moneyColumn(declaration);
  const members = membersBySegment(table);
  const sums = new Map(
    [...members].map(([id, rows]) => [
      id,
      rows.reduce((sum, row) => sum + (moneyAt(table, column, row) ?? 0), 0),
    ]),
  );
  const all = [...sums.values()].reduce((sum, value) => sum + value, 0);
  return detail.segments.map(({ id, profile }) => {
    const rows = members.get(id) ?? [];
    const size = rows.length;
    const hidden = size < hideBelow;
    const money = column === undefined || hidden ? null : sums.get(id)!;
    const counts = {
      size,
      share: table.value.length === 0 ? 0 : size / table.value.length,
      money,
      moneyShare: money === null || all <= 0 ? null : money / all,
    };
    const facts = hidden ? [] : factsOf(profile, page);
    return {
      id,
      name: names.get(id) ?? nameOf(facts, page, id),
      ...counts,
      sentences: hidden ? [] : sentencesOf(counts, facts, page, currency),
      facts,
      centre: hidden ? { x: 0, y: 0 } : centreOf(table, detail.axes, rows),
      hidden,
    };
  });
}

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
): SegmentsAnswer['sample'] {
  if (axes === null) return [];
  const step = Math.max(1, Math.ceil(table.value.length / SAMPLE_MAX));
  const sample: SegmentsAnswer['sample'] = [];
  for (let row = 0; row < table.value.length; row += step) {
    const segment = table.manifest.segments[table.value[row]!]!;
    const [x, y] = axes.map((name) => cellAt(table, name, row));
    if (typeof x === 'number' && typeof y === 'number' && !hidden.has(segment))
      sample.push({ segment, x, y });
  }
  return sample;
}

/** The axis in words: the phrase of its column without the value. */
export function axisWords(page: Page, column: string | undefined): Words {
  if (column === undefined) return { pt: '', en: '' };
  const phrase = page.phrases?.[column];
  const words = phrase as Partial<Words> | undefined;
  const bare = (text: string | undefined) =>
    typeof text === 'string' && text.includes('{value}')
      ? text.replace('{value}', '').replace(/\s+/g, ' ').trim()
      : column.replaceAll('_', ' ');
  return { pt: bare(words?.pt), en: bare(words?.en) };
}

/** Entities of both scorings by where they were and are. */
export function migrationOf(
  before: ScoreTable | undefined,
  now: ScoreTable,
): SegmentsAnswer['migration'] {
  if (before === undefined) return [];
  const keyText = ({ keys }: ScoreTable, row: number) =>
    Object.values(keys)
      .map((values) => values[row])
      .join('\u0000');
  const was = new Map<string, string>();
  before.value.forEach((cluster, row) =>
    was.set(keyText(before, row), before.manifest.segments[cluster]!),
  );
  const counts = new Map<string, { from: string; to: string; count: number }>();
  now.value.forEach((cluster, row) => {
    const from = was.get(keyText(now, row));
    if (from === undefined) return;
    const to = now.manifest.segments[cluster]!;
    const known = counts.get(`${from} ${to}`) ?? { from, to, count: 0 };
    known.count++;
    counts.set(`${from} ${to}`, known);
  });
  return [...counts.values()].sort((a, b) => b.count - a.count);
}
