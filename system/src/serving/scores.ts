import { takeRows } from '@tino/learn';
import { seesKey, type Scope } from '../access/principal.js';
import type { Role } from '../contract/common.js';
import type { Condition } from '../contract/conditions.js';
import type { ScoredRow, ScoresAnswer } from '../contract/predictions.js';
import type { Language } from '../contract/words.js';
import type { LoadedModel } from '../workspace/types.js';
import { checkConditions, testOf } from './conditions.js';
import type { ServingContext } from './context.js';
import { explanationOf } from './explain.js';
import { pageFrom } from './pages.js';
import type { Served } from './predictors.js';
import { provenanceOf } from './provenance.js';
import { cellAt, cellsAt, keyAt, moneyAt } from './score-rows.js';
import type { ScoreTable } from './score-table.js';
import { counted, formatNumber } from './sentence.js';
import { reasonsShownTo, shownTo, withheldFrom } from './shown.js';
import { predicted, strong, text } from './spans.js';

export { scoreModel } from './score-model.js';

export interface ScoresOptions {
  cursor?: string | undefined;
  limit: number;
  /** The highest value first, or the most money. */
  sort?: 'value' | 'money' | undefined;
  /** Only rows that are all of this. */
  where: readonly Condition[];
  language: Language;
  role: Role;
  scope: Scope;
}

const REASONS_MAX = 3;
const BINS = 20;
/** A column with more values than this is no filter. */
const FILTER_VALUES_MAX = 200;

/** The last scoring as a work list: one page of rows with their reasons, and what all rows come to. */
export async function scores(
  context: ServingContext,
  model: LoadedModel,
  { cursor, limit, sort = 'value', where, language, role, scope }: ScoresOptions,
): Promise<ScoresAnswer> {
  const { page } = model.declaration;
  const served = await context.predictors.of(model.name);
  const table = await context.scores.current(model.name);
  const visible = table ? visibleRows(table, scope) : [];
  if (table) checkConditions(table, where, withheldFrom(role, model));
  const chosen = table ? visible.filter(testOf(table, where)) : [];
  const sorted = table ? sortRows(table, chosen, sort === 'money' ? page.money : undefined) : [];
  const { items, next } = pageFrom(sorted, { cursor, limit });
  const expected = table ? chosen.reduce((sum, row) => sum + table.value[row]!, 0) : 0;
  const { detail } = served.package.meta;
  return {
    items: table ? rowsOf(table, served, { model, role, rows: items }) : [],
    next,
    total: chosen.length,
    expected,
    sentence: scoresSentence(model, chosen.length, expected, {
      language,
      currency: context.house.workspace.currency,
    }),
    provenance: provenanceOf(served),
    calibration: (detail['calibration'] as ScoresAnswer['calibration'] | undefined) ?? [],
    capacity: (detail['capacity'] as ScoresAnswer['capacity'] | undefined) ?? [],
    histogram: table ? histogramOf(table, chosen) : [],
    filters: table ? filterValues(table, shownTo(role, model, page.filters ?? []), visible) : {},
  };
}

function visibleRows(table: ScoreTable, scope: Scope): number[] {
  const rows = Array.from(table.value.keys());
  return Object.keys(scope).length === 0
    ? rows
    : rows.filter((row) => seesKey(scope, keyAt(table, row)));
}

function sortRows(table: ScoreTable, rows: number[], money: string | undefined): number[] {
  const worth =
    money === undefined
      ? (row: number) => table.value[row]!
      : (row: number) => moneyAt(table, money, row) ?? -Infinity;
  return rows.sort((a, b) => worth(b) - worth(a) || a - b);
}

function rowsOf(
  table: ScoreTable,
  served: Served,
  { model, role, rows }: { model: LoadedModel; role: Role; rows: readonly number[] },
): ScoredRow[] {
  const { page } = model.declaration;
  const x = takeRows(table.x, rows);
  const listed = new Set([...(page.columns ?? []), ...(page.filters ?? [])]);
  const names = shownTo(role, model, [...listed]);
  return rows.map((row, i) => ({
    key: keyAt(table, row),
    at: table.at.at(row)!,
    value: table.value[row]!,
    money: moneyAt(table, page.money, row),
    columns: cellsAt(table, names, row),
    reasons: reasonsShownTo(
      role,
      model,
      explanationOf(served.opened, page, x, i, { reasonsMax: REASONS_MAX })?.reasons ?? [],
    ),
  }));
}

/** Bins of equal width from 0, or from the smallest value when it is below. */
function histogramOf({ value }: ScoreTable, rows: readonly number[]): ScoresAnswer['histogram'] {
  if (rows.length === 0) return [];
  const low = rows.reduce((least, row) => Math.min(least, value[row]!), 0);
  const high = rows.reduce((most, row) => Math.max(most, value[row]!), low);
  const width = (high - low) / BINS || 1;
  const counts = new Float64Array(BINS);
  for (const row of rows) counts[Math.min(BINS - 1, Math.floor((value[row]! - low) / width))]!++;
  return Array.from(counts, (count, bin) => ({
    from: low + bin * width,
    to: low + (bin + 1) * width,
    count,
  }));
}

const filterValues = (
  table: ScoreTable,
  names: readonly string[],
  rows: readonly number[],
): Record<string, string[]> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const values = new Set(rows.map((row) => cellAt(table, name, row)));
      values.delete(null);
      return values.size > FILTER_VALUES_MAX ? [] : [[name, [...values].map(String).sort()]];
    }),
  );

/** "Dos 412 vendedores, ~57 devem parar de vender." */
function scoresSentence(
  { declaration: { page, task } }: LoadedModel,
  total: number,
  expected: number,
  { language, currency }: { language: Language; currency: string },
): ScoresAnswer['sentence'] {
  const all = counted(total, page.noun, language);
  if (total === 0)
    return [
      text(
        language === 'pt'
          ? `Nenhum ${page.noun.pt[0]} na lista.`
          : `No ${page.noun.en[0]} in the list.`,
      ),
    ];
  if (task === 'classify') {
    const outcome = page.positive?.[language] ?? page.title[language];
    const count = predicted(formatNumber(Math.round(expected), 'number', language));
    return language === 'pt'
      ? [text('De '), strong(all), text(', '), count, text(` devem ${outcome}.`)]
      : [text('Of '), strong(all), text(', '), count, text(` should ${outcome}.`)];
  }
  const sum = predicted(formatNumber(expected, page.unit, language, currency));
  return language === 'pt'
    ? [strong(all), text(': '), sum, text(' no total.')]
    : [strong(all), text(': '), sum, text(' in all.')];
}
