import { existsSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { TinoError, TinoErrors } from '../contract/error.js';
import type { ModuleReader } from './modules.js';
import { parseDeclaration, unknownName } from './problems.js';
import { workspaceSchema } from './schema.js';
import type { Part, Source, WorkspaceDeclaration } from './types.js';
import { readInsights } from './insights.js';
import { readViews } from './views.js';

export interface DeclaredPart {
  part: Part;
  declaration: WorkspaceDeclaration;
}

const CONFIG = 'tino.config.ts';

export const hasWorkspace = (folder: string): boolean => existsSync(join(folder, CONFIG));

/**
 * The workspace of a folder; without one, or when it does not compile, nothing else can be said.
 */
export async function readRoot(
  folder: string,
  modules: ModuleReader,
): Promise<WorkspaceDeclaration> {
  const file = join(folder, CONFIG);
  if (!hasWorkspace(folder)) throw new TinoError('NO_WORKSPACE', { folder }, { where: folder });
  const problems: TinoError[] = [];
  const value = await modules.read(file);
  const declaration = parseDeclaration<WorkspaceDeclaration>(
    workspaceSchema,
    value,
    CONFIG,
    problems,
  );
  if (declaration === undefined) throw new TinoErrors(problems);
  return declaration;
}

/** The root's own part, named '' unless it includes others, and one for each folder included. */
export async function readParts(
  root: string,
  declaration: WorkspaceDeclaration,
  modules: ModuleReader,
  problems: TinoError[],
): Promise<DeclaredPart[]> {
  const parts = [await readPart(root, '', root, declaration, problems)];
  for (const path of declaration.include ?? []) {
    const folder = resolve(root, path);
    const file = relative(root, join(folder, CONFIG));
    if (!existsSync(join(folder, CONFIG))) {
      problems.push(new TinoError('FILE_MISSING', { file, by: CONFIG }, { where: CONFIG }));
      continue;
    }
    const value = await collect(problems, () => modules.read(join(folder, CONFIG)));
    if (value === undefined) continue;
    const included = parseDeclaration<WorkspaceDeclaration>(workspaceSchema, value, file, problems);
    if (included === undefined) continue;
    parts.push(await readPart(folder, basename(folder), root, included, problems));
  }
  return parts;
}

async function readPart(
  folder: string,
  name: string,
  root: string,
  declaration: WorkspaceDeclaration,
  problems: TinoError[],
): Promise<DeclaredPart> {
  const file = relative(root, join(folder, CONFIG));
  const sources: Record<string, Source> = {};
  for (const [key, source] of Object.entries(declaration.sources ?? {})) {
    sources[key] = { ...source, id: name === '' ? key : `${name}/${key}`, part: name, name: key };
    problems.push(...columnProblems(sources[key], file));
  }
  for (const source of Object.values(sources))
    problems.push(...timeProblems(source, sources, file));
  const entities = declaration.entities ?? {};
  const views = await readViews(folder, name, root, problems);
  for (const view of Object.values(views)) {
    if (!(view.entity in entities)) {
      problems.push(unknownName(view.file, 'entity', view.entity, Object.keys(entities)));
    }
  }
  const insights = await readInsights({ name, folder }, declaration, root, problems);
  return { declaration, part: { name, folder, sources, entities, views, insights } };
}

/** Columns that a source names without declaring them, or cannot serve as a clock. */
function columnProblems(source: Source, file: string): TinoError[] {
  const known = Object.keys(source.columns);
  const named = [
    ...source.key,
    ...(source.eventTime ? [source.eventTime] : []),
    ...(source.knownAt ? [source.knownAt] : []),
    ...Object.values(source.columns).flatMap((column) => column.knownAt ?? []),
  ];
  const missing = [...new Set(named)].filter((name) => !known.includes(name));
  const clocks = [
    source.eventTime,
    source.knownAt,
    ...Object.values(source.columns).map((column) => column.knownAt),
  ].filter((name): name is string => name !== undefined && known.includes(name));
  const notTimes = [...new Set(clocks)].filter(
    (name) => !['date', 'timestamp'].includes(source.columns[name]!.type),
  );
  return [
    ...missing.map((name) => unknownName(file, `${source.name}: column`, name, known)),
    ...notTimes.map(
      (name) =>
        new TinoError(
          'CONFIG_INVALID',
          {
            file,
            path: `sources.${source.name}.columns.${name}`,
            value: source.columns[name]!.type,
            expected: 'date | timestamp',
          },
          { where: file },
        ),
    ),
  ];
}

/** A source that takes its time from another: which must have one, and the columns that lead to it. */
function timeProblems(
  source: Source,
  sources: Readonly<Record<string, Source>>,
  file: string,
): TinoError[] {
  const { timeOf, name } = source;
  if (timeOf === undefined) return [];
  const parent = sources[timeOf.source];
  if (parent === undefined)
    return [unknownName(file, `${name}: source`, timeOf.source, Object.keys(sources))];
  const missing = timeOf.on.filter(
    (column) => !(column in source.columns) || !(column in parent.columns),
  );
  const wrong =
    source.eventTime !== undefined
      ? [`${name} has an eventTime of its own`, 'no eventTime beside timeOf']
      : parent.eventTime === undefined
        ? [`${parent.name} has no eventTime`, 'a source with an eventTime']
        : undefined;
  return [
    ...missing.map((column) =>
      unknownName(file, `${name}.timeOf: column`, column, Object.keys(parent.columns)),
    ),
    ...(wrong === undefined
      ? []
      : [
          new TinoError(
            'CONFIG_INVALID',
            { file, path: `sources.${name}.timeOf`, value: wrong[0]!, expected: wrong[1]! },
            { where: file },
          ),
        ]),
  ];
}

/** The answer of `work`, or undefined with its failure among the problems. */
export async function collect<T>(
  problems: TinoError[],
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof TinoError)) throw cause;
    problems.push(cause);
    return undefined;
  }
}
