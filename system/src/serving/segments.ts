import { seesKey, type Scope } from '../access/principal.js';
import type { Role, SentenceSpan } from '../contract/common.js';
import { TinoError } from '../contract/error.js';
import type { Member, Segment, SegmentsAnswer } from '../contract/predictions.js';
import type { Language } from '../contract/words.js';
import { newId } from '../store/ids.js';
import type { SegmentDetail } from '../training/tasks/segment.js';
import type { LoadedModel, Page, SegmentDeclaration } from '../workspace/types.js';
import type { ServingContext } from './context.js';
import { pageFrom } from './pages.js';
import { provenanceOf } from './provenance.js';
import { cellsAt, keyAt, moneyAt } from './score-rows.js';
import type { ScoreTable } from './score-table.js';
import {
  axisWords,
  membersBySegment,
  migrationOf,
  moneyColumn,
  sampleOf,
  segmentsOf,
} from './segment-view.js';
import { namesOf, scoringOf } from './segment-lookup.js';
import { counted, formatNumber } from './sentence.js';
import { strong, text } from './spans.js';

export { entity } from './entity.js';

/** Segments in words, from the last scoring; small ones are hidden from roles without the right. */
export async function segments(
  context: ServingContext,
  model: LoadedModel,
  { language, role }: { language: Language; role: Role },
): Promise<SegmentsAnswer> {
  const declaration = model.declaration as SegmentDeclaration;
  const served = await context.predictors.of(model.name);
  const detail = served.package.meta.detail as unknown as SegmentDetail;
  const table = await scoringOf(context, model.name);
  const found = segmentsOf(table, detail, declaration, {
    names: await namesOf(context, model.name),
    hideBelow: role === 'viewer' ? declaration.membersMin : 0,
    currency: context.house.workspace.currency,
  });
  const hidden = new Set(found.filter((one) => one.hidden).map(({ id }) => id));
  const { page } = declaration;
  return {
    segments: found,
    axes: { x: axisWords(page, detail.axes?.[0]), y: axisWords(page, detail.axes?.[1]) },
    sample: sampleOf(table, detail.axes, hidden),
    migration: migrationOf(await context.scores.previous(model.name), table).filter(
      ({ from, to }) => !hidden.has(from) && !hidden.has(to),
    ),
    quality: {
      silhouette: detail.silhouette,
      stability: detail.stability,
      k: detail.k,
      reason: detail.reason,
    },
    sentence: sentenceOf(found, table.value.length, page, language),
    provenance: provenanceOf(served),
  };
}

/** "Os 412 vendedores formam 4 grupos; o maior em valor são 12% da base e 43% do valor." */
function sentenceOf(
  found: readonly Segment[],
  total: number,
  page: Page,
  language: Language,
): SentenceSpan[] {
  const who = strong(counted(total, page.noun, language));
  const groups =
    language === 'pt' ? ` formam ${found.length} grupos.` : ` form ${found.length} groups.`;
  const top = found
    .filter(({ moneyShare }) => moneyShare !== null)
    .reduce<Segment | undefined>(
      (best, one) => (best === undefined || one.moneyShare! > best.moneyShare! ? one : best),
      undefined,
    );
  if (top === undefined) return [who, text(groups)];
  const share = formatNumber(top.share, 'probability', language);
  const money = formatNumber(top.moneyShare!, 'probability', language);
  return language === 'pt'
    ? [
        who,
        text(`${groups} Um deles, com ${share} da base, faz `),
        strong(money),
        text(' do valor.'),
      ]
    : [
        who,
        text(`${groups} One of them, ${share} of all, makes `),
        strong(money),
        text(' of the value.'),
      ];
}

interface MembersOptions {
  cursor?: string | undefined;
  limit: number;
  by: string;
  /** Members outside of it are not there. */
  scope?: Scope;
}

/** One page of a segment's members, those with the most money first. */
export async function members(
  context: ServingContext,
  model: LoadedModel,
  segment: string,
  { cursor, limit, scope = {} }: MembersOptions,
): Promise<{ items: Member[]; next: string | null; total: number }> {
  const { table, rows } = await rowsOfSegment(context, model, segment, scope);
  const page = pageFrom(rows, { cursor, limit });
  return {
    items: page.items.map((row) => memberAt(table, model, segment, row)),
    next: page.next,
    total: rows.length,
  };
}

/** All members as CSV: `;` and a decimal comma in Portuguese. The export is kept in the audit. */
export async function membersCsv(
  context: ServingContext,
  model: LoadedModel,
  segment: string,
  { language, by, scope = {} }: { language: Language; by: string; scope?: Scope },
): Promise<string> {
  const { table, rows } = await rowsOfSegment(context, model, segment, scope);
  const found = rows.map((row) => memberAt(table, model, segment, row));
  const names = columnsOf(model.declaration as SegmentDeclaration);
  const header = [...table.manifest.keys, 'segment', 'money', ...names];
  const lines = found.map(({ key, money, columns }) => [
    ...Object.values(key),
    segment,
    money,
    ...names.map((name) => columns[name] ?? null),
  ]);
  await context.house.state.query(
    `INSERT INTO audit (id, at, who, action, subject, detail) VALUES ($1, $2, $3, 'export', $4, $5::jsonb)`,
    [
      newId('audit'),
      context.house.now(),
      by,
      `${model.name}/${segment}`,
      JSON.stringify({ rows: rows.length }),
    ],
  );
  const separator = language === 'pt' ? ';' : ',';
  return [header, ...lines]
    .map((line) => line.map((cell) => field(cell, language)).join(separator))
    .join('\r\n');
}

function field(cell: string | number | boolean | null, language: Language): string {
  if (cell === null) return '';
  if (typeof cell === 'number')
    return language === 'pt' ? String(cell).replace('.', ',') : String(cell);
  const written = String(cell);
  // A spreadsheet runs a cell that begins like a formula.
  const safe = /^[=+\-@\t]/.test(written) ? `'${written}` : written;
  return /[";,\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const columnsOf = ({ page }: SegmentDeclaration): string[] => [
  ...new Set([...(page.columns ?? []), ...(page.filters ?? [])]),
];

async function rowsOfSegment(
  context: ServingContext,
  model: LoadedModel,
  segment: string,
  scope: Scope,
): Promise<{ table: ScoreTable; rows: number[] }> {
  const table = await scoringOf(context, model.name);
  const rows = membersBySegment(table)
    .get(segment)
    ?.filter((row) => seesKey(scope, keyAt(table, row)));
  if (rows === undefined) throw new TinoError('NOT_FOUND', { kind: 'segment', id: segment });
  const column = moneyColumn(model.declaration as SegmentDeclaration);
  const worth = (row: number) => moneyAt(table, column, row) ?? -Infinity;
  return { table, rows: rows.sort((a, b) => worth(b) - worth(a) || a - b) };
}

function memberAt(table: ScoreTable, model: LoadedModel, segment: string, row: number): Member {
  const declaration = model.declaration as SegmentDeclaration;
  return {
    key: keyAt(table, row),
    segment,
    money: moneyAt(table, moneyColumn(declaration), row),
    columns: cellsAt(table, columnsOf(declaration), row),
  };
}
