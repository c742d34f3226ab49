import { setImmediate } from 'node:timers/promises';
import { meanDifference, momentsOf, shareDifference, type Moments } from '@tino/learn';
import type { SentenceSpan } from '../../contract/common.js';
import type { Comparison } from '../../contract/comparison.js';
import { TinoError } from '../../contract/error.js';
import type { Language } from '../../contract/words.js';
import type { SegmentDetail } from '../../training/tasks/segment.js';
import type { LoadedModel, Page, SegmentDeclaration } from '../../workspace/types.js';
import type { ServingContext } from '../context.js';
import { columnValue } from '../explain.js';
import { provenanceOf } from '../provenance.js';
import { cellReader, holdsNumbers } from '../score-rows.js';
import type { ScoreTable } from '../score-table.js';
import { formatNumber } from '../sentence.js';
import { withheldFrom } from '../shown.js';
import { strong, text } from '../spans.js';
import { namesOf } from './lookup.js';
import { membersAsked, type MembersAsked } from './members.js';
import { membersBySegment, moneyColumn, segmentsOf } from './view.js';

export const SEGMENTS_MAX = 8;
const LEVEL = 0.95;
/** With fewer known values than this a group's spread is hardly known, and no interval is told. */
const KNOWN_MIN = 8;
/** Values of a category that a comparison shows: the commonest of those compared. */
const LEVELS_MAX = 5;

type Row = Comparison['rows'][number];

interface Group {
  id: string;
  rows: Uint32Array;
}

/**
 * Segments side by side, column by column: means or shares, and of each segment after the first how
 * much it differs from the first. The groups were made from these columns, so a difference is how
 * far apart they are and no test of whether they are two.
 */
export async function compareSegments(
  context: ServingContext,
  model: LoadedModel,
  ids: readonly string[],
  { language, ...asked }: MembersAsked & { language: Language },
): Promise<Comparison> {
  if (ids.length < 2 || ids.length > SEGMENTS_MAX || new Set(ids).size < ids.length)
    throw new TinoError('COMPARED_SEGMENTS', { most: SEGMENTS_MAX, segments: ids.join(', ') });
  const found = await Promise.all(ids.map((id) => membersAsked(context, model, id, asked)));
  const { table } = found[0]!;
  // In the order of the scoring, in which its columns lie in memory.
  const groups = ids.map((id, i): Group => ({ id, rows: Uint32Array.from(found[i]!.rows).sort() }));
  const served = await context.predictors.of(model.name);
  const declaration = model.declaration as SegmentDeclaration;
  const { currency } = context.house.workspace;
  const described = segmentsOf(
    table,
    served.package.meta.detail as unknown as SegmentDetail,
    declaration,
    { names: await namesOf(context, model.name), hideBelow: 0, currency, scope: asked.scope ?? {} },
  );
  const withheld = withheldFrom(asked.role, model);
  const columns = [...table.manifest.features, ...table.manifest.carried].filter(
    (name) => !withheld.has(name),
  );
  const rows: Row[] = [];
  for (const name of columns) {
    rows.push(
      ...(holdsNumbers(table, name)
        ? [numberRow(table, name, groups)]
        : levelRows(table, name, groups)),
    );
    // A million members are read for a while: others are served between two columns.
    await setImmediate();
  }
  rows.sort((a, b) => farthest(b) - farthest(a));
  const segments = groups.map(({ id, rows: { length } }) => ({
    id,
    name: described.find((one) => one.id === id)!.name,
    size: length,
    of: membersBySegment(table).get(id)!.length,
  }));
  const money = moneyColumn(declaration);
  return {
    segments,
    level: LEVEL,
    rows,
    sentence: sentenceOf(rows.find(({ column }) => column === money) ?? rows[0], segments, {
      page: declaration.page,
      language,
      currency,
    }),
    provenance: provenanceOf(served),
  };
}

const farthest = ({ differences }: Row): number =>
  Math.max(...differences.map((one) => Math.abs(one?.deviations ?? 0)));

function numberRow(table: ScoreTable, column: string, groups: readonly Group[]): Row {
  const cell = cellReader(table, column);
  const moments = groups.map(({ rows }) => {
    const values = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) values[i] = (cell(rows[i]!) as number | null) ?? NaN;
    return momentsOf(values);
  });
  const spread = spreadOf(moments);
  const first = moments[0]!;
  return {
    column,
    level: null,
    means: moments.map(({ count, mean }) => ({ known: count, mean: count === 0 ? null : mean })),
    differences: moments.slice(1).map((other) => {
      if (Math.min(first.count, other.count) < KNOWN_MIN) return null;
      const difference = meanDifference(other, first, LEVEL);
      return { ...difference, deviations: spread > 0 ? difference.value / spread : 0 };
    }),
  };
}

/** Standard deviation of all groups together, from what each comes to. */
function spreadOf(groups: readonly Moments[]): number {
  const known = groups.filter(({ count }) => count > 0);
  const count = known.reduce((sum, one) => sum + one.count, 0);
  const mean = known.reduce((sum, one) => sum + one.count * one.mean, 0) / count;
  const squares = known.reduce(
    (sum, one) =>
      sum +
      (one.count > 1 ? (one.count - 1) * one.variance : 0) +
      one.count * (one.mean - mean) ** 2,
    0,
  );
  return Math.sqrt(squares / (count - 1));
}

function levelRows(table: ScoreTable, column: string, groups: readonly Group[]): Row[] {
  const cell = cellReader(table, column);
  const counts = groups.map(({ rows }) => {
    const known = new Map<string, number>();
    for (const row of rows) {
      const value = cell(row);
      if (value !== null) known.set(String(value), (known.get(String(value)) ?? 0) + 1);
    }
    return known;
  });
  const alls = counts.map((known) => [...known.values()].reduce((sum, count) => sum + count, 0));
  const all = alls.reduce((sum, count) => sum + count, 0);
  const totals = new Map<string, number>();
  for (const known of counts)
    for (const [level, count] of known) totals.set(level, (totals.get(level) ?? 0) + count);
  const commonest = [...totals].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return commonest.slice(0, LEVELS_MAX).map(([level, total]): Row => {
    const shares = counts.map((known, i) => ({ count: known.get(level) ?? 0, all: alls[i]! }));
    const spread = Math.sqrt((total / all) * (1 - total / all));
    const first = shares[0]!;
    return {
      column,
      level,
      means: shares.map((one) => ({
        known: one.all,
        mean: one.all === 0 ? null : one.count / one.all,
      })),
      differences: shares.slice(1).map((other) => {
        if (Math.min(first.all, other.all) < KNOWN_MIN) return null;
        const difference = shareDifference(other, first, LEVEL);
        return { ...difference, deviations: spread > 0 ? difference.value / spread : 0 };
      }),
    };
  });
}

/** "Em média, receita em um ano: R$ 5.475 em “Fiéis” e R$ 535 em “Sumidos”; a diferença fica entre …" */
function sentenceOf(
  row: Row | undefined,
  segments: Comparison['segments'],
  { page, language, currency }: { page: Page; language: Language; currency: string },
): SentenceSpan[] {
  const [first, second] = segments;
  const difference = row?.differences[0];
  if (row === undefined || !difference)
    return [
      text(
        language === 'pt'
          ? 'Há gente de menos num dos grupos para dizer em que diferem.'
          : 'One of the groups has too few to say in what they differ.',
      ),
    ];
  const write = (value: number) => {
    if (row.level !== null) return formatNumber(value, 'share', language);
    return row.column === page.money
      ? formatNumber(value, 'money', language, currency)
      : columnValue(page, row.column, value, language);
  };
  const label = page.labels?.[row.column]?.[language] ?? row.column.replaceAll('_', ' ');
  const what = (row.level === null ? label : `${label} ${row.level}`).toLowerCase();
  const [a, b] = row.means.map(({ mean }) => write(mean!));
  const [low, high] = [write(difference.lower), write(difference.upper)];
  return language === 'pt'
    ? [
        text(`Em média, ${what}: `),
        strong(`${b} em “${second!.name.pt}”`),
        text(` e ${a} em “${first!.name.pt}”; a diferença fica entre ${low} e ${high}.`),
      ]
    : [
        text(`On average, ${what}: `),
        strong(`${b} in “${second!.name.en}”`),
        text(` and ${a} in “${first!.name.en}”; the difference is between ${low} and ${high}.`),
      ];
}
