import { isScoped, seesKey, type Scope } from '../access/principal.js';
import type { Role, SentenceSpan } from '../contract/common.js';
import { TinoError } from '../contract/error.js';
import type { Member, Segment, SegmentsAnswer } from '../contract/predictions.js';
import type { Language } from '../contract/words.js';
import type { SegmentDetail } from '../training/tasks/segment.js';
import type { LoadedModel, Page, SegmentDeclaration } from '../workspace/types.js';
import type { ServingContext } from './context.js';
import type { ExportTable } from './export.js';
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
  { language, role, scope = {} }: { language: Language; role: Role; scope?: Scope },
): Promise<SegmentsAnswer> {
  const declaration = model.declaration as SegmentDeclaration;
  const served = await context.predictors.of(model.name);
  const detail = served.package.meta.detail as unknown as SegmentDetail;
  const table = await scoringOf(context, model.name);
  const found = segmentsOf(table, detail, declaration, {
    names: await namesOf(context, model.name),
    hideBelow: role === 'viewer' ? declaration.membersMin : 0,
    currency: context.house.workspace.currency,
    scope,
  });
  const hidden = new Set(found.filter((one) => one.hidden).map(({ id }) => id));
  const { page } = declaration;
  return {
    segments: found,
    axes: { x: axisWords(page, detail.axes?.[0]), y: axisWords(page, detail.axes?.[1]) },
    sample: sampleOf(table, detail.axes, hidden, scope),
    migration: migrationOf(await context.scores.previous(model.name), table, scope).filter(
      ({ from, to }) => !hidden.has(from) && !hidden.has(to),
    ),
    drift: isScoped(scope) ? null : (table.manifest.drift ?? null),
    quality: {
      silhouette: detail.silhouette,
      stability: detail.stability,
      k: detail.k,
      reason: detail.reason,
    },
    sentence: sentenceOf(found, sizeOf(found), page, language),
    provenance: provenanceOf(served),
  };
}

const sizeOf = (found: readonly Segment[]) => found.reduce((sum, { size }) => sum + size, 0);

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

/** All members as a table to take away. */
export async function membersTable(
  context: ServingContext,
  model: LoadedModel,
  segment: string,
  scope: Scope = {},
): Promise<ExportTable> {
  const { table, rows } = await rowsOfSegment(context, model, segment, scope);
  const names = columnsOf(model.declaration as SegmentDeclaration);
  return {
    header: [...table.manifest.keys, 'segment', 'money', ...names],
    rows: rows.map((row) => {
      const { key, money, columns } = memberAt(table, model, segment, row);
      return [...Object.values(key), segment, money, ...names.map((name) => columns[name] ?? null)];
    }),
  };
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
