import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { TinoError } from '../contract/error.js';
import { hashOf } from './hash.js';
import { candidateKinds } from './kinds.js';
import type { ModuleReader } from './modules.js';
import { collect, type DeclaredPart } from './parts.js';
import { parseDeclaration, unknownName } from './problems.js';
import { modelSchema } from './schema.js';
import type { ForecastDeclaration, HoldOut, LoadedModel, ModelDeclaration, Part } from './types.js';
import { namesIn } from './words.js';

/** The models of a part: each `models/NAME.ts`. */
export async function readModels(
  { part }: DeclaredPart,
  root: string,
  modules: ModuleReader,
  problems: TinoError[],
): Promise<LoadedModel[]> {
  const folder = join(part.folder, 'models');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.ts'));
  const models: LoadedModel[] = [];
  for (const entry of names.sort()) {
    const file = relative(root, join(folder, entry));
    const value = await collect(problems, () => modules.read(join(folder, entry)));
    if (value === undefined) continue;
    const declaration = parseDeclaration<ModelDeclaration>(modelSchema, value, file, problems);
    if (declaration === undefined) continue;
    problems.push(...referenceProblems(declaration, part, file));
    const sql = await readSql(declaration, part, root, file, problems);
    const name = entry.slice(0, -'.ts'.length);
    models.push({
      name,
      part: part.name,
      file,
      declaration,
      sql,
      hash: modelHash(declaration, sql, part),
    });
  }
  return models;
}

/** Column of the items that groups of a hold-out agree in, where there is one. */
export const groupColumn = (holdOut: HoldOut): string | undefined =>
  typeof holdOut === 'number' ? undefined : holdOut.by;

/** SQL files that a declaration names. */
export function sqlFiles(declaration: ModelDeclaration): string[] {
  const files: (string | undefined)[] = [];
  if ('spine' in declaration && declaration.spine.kind !== 'rows')
    files.push(declaration.spine.sql);
  if ('label' in declaration && typeof declaration.label === 'string')
    files.push(declaration.label);
  if (declaration.task === 'forecast') {
    const { series, statics, known, past } = declaration;
    files.push(series, statics, known, past);
  }
  if (declaration.task === 'price')
    files.push(declaration.sales, declaration.items, declaration.materials?.recipes);
  return files.filter((file) => file !== undefined);
}

async function readSql(
  declaration: ModelDeclaration,
  part: Part,
  root: string,
  by: string,
  problems: TinoError[],
): Promise<Record<string, string>> {
  const sql: Record<string, string> = {};
  for (const path of sqlFiles(declaration)) {
    const file = join(part.folder, path);
    if (existsSync(file)) sql[path] = await readFile(file, 'utf8');
    else {
      const missing = { file: relative(root, file), by };
      problems.push(new TinoError('FILE_MISSING', missing, { where: by }));
    }
  }
  return sql;
}

/**
 * "Has it changed?": of the declaration, its SQL and views, and the contracts of what they read.
 */
function modelHash(declaration: ModelDeclaration, sql: Record<string, string>, part: Part): string {
  const features = 'features' in declaration ? declaration.features : [];
  const views = features.flatMap((name) => part.views[name] ?? []);
  const texts = [...Object.values(sql), ...views.map((view) => view.sql)];
  const named = new Set(namesIn(texts, Object.keys(part.sources)));
  if ('spine' in declaration && declaration.spine.kind === 'rows')
    named.add(declaration.spine.source);
  // Where the files lie, and words of pages, change no number.
  const { page: _page, schedule: _schedule, ...what } = declaration;
  const contracts = [...named].sort().map((name) => {
    const { files: _files, ...contract } = part.sources[name] ?? { files: [] };
    return [name, contract];
  });
  return hashOf({
    what,
    sql,
    views: views.map(({ name, entity, build, sql: text }) => ({ name, entity, build, text })),
    entities: part.entities,
    contracts,
  });
}

function referenceProblems(declaration: ModelDeclaration, part: Part, file: string): TinoError[] {
  const problems: TinoError[] = [];
  const expect = (kind: string, name: string, known: Record<string, unknown>) => {
    if (!(name in known)) problems.push(unknownName(file, kind, name, Object.keys(known)));
  };
  expect('entity', declaration.entity, part.entities);
  if ('features' in declaration) {
    for (const view of declaration.features) expect('feature view', view, part.views);
    problems.push(...spineProblems(declaration, part, file));
  }
  if (declaration.task === 'forecast') problems.push(...forecastProblems(declaration, file));
  const kinds = candidateKinds(declaration.task);
  for (const { kind } of 'candidates' in declaration ? declaration.candidates : []) {
    if (!kinds.includes(kind)) problems.push(unknownName(file, 'candidate', kind, kinds));
  }
  return problems;
}

function forecastProblems(
  { how, reconcile = 'bottomUp', levels, known, calendar }: ForecastDeclaration,
  file: string,
): TinoError[] {
  const invalid = (path: string, value: string, expected: string) =>
    new TinoError('CONFIG_INVALID', { file, path, value, expected }, { where: file });
  const problems: TinoError[] = [];
  if (reconcile !== 'bottomUp' && how !== 'sum')
    problems.push(invalid('reconcile', reconcile, `how: 'sum', for only amounts add up`));
  if (reconcile !== 'bottomUp' && Object.keys(levels).length === 0)
    problems.push(invalid('reconcile', reconcile, 'levels that add up from members'));
  if (calendar !== undefined && known === undefined)
    problems.push(
      invalid('calendar', calendar.join(', '), 'known: the SQL that has these columns'),
    );
  return problems;
}

function spineProblems(
  declaration: Extract<ModelDeclaration, { spine: unknown }>,
  part: Part,
  file: string,
): TinoError[] {
  const { spine } = declaration;
  if (spine.kind === 'calendar') {
    if (declaration.cutoffs) return [];
    const params = { file, path: 'cutoffs', value: 'undefined', expected: 'monthlyCutoffs(…)' };
    return [new TinoError('CONFIG_INVALID', params, { where: file })];
  }
  const known = Object.keys(part.sources);
  const source = part.sources[spine.source];
  if (!source) return [unknownName(file, 'source', spine.source, known)];
  if (spine.kind === 'rows') return [];
  const problems: TinoError[] = [];
  if (!(spine.at in source.columns)) {
    problems.push(
      unknownName(file, `column of ${source.name}`, spine.at, Object.keys(source.columns)),
    );
  }
  for (const [name, columns] of Object.entries(spine.with)) {
    const other = part.sources[name];
    if (!other) problems.push(unknownName(file, 'source', name, known));
    for (const column of columns) {
      for (const side of other ? [source, other] : [source]) {
        if (column in side.columns) continue;
        problems.push(
          unknownName(file, `column of ${side.name}`, column, Object.keys(side.columns)),
        );
      }
    }
  }
  return problems;
}
