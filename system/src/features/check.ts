import { TinoError, TinoErrors } from '../contract/error.js';
import type { Session } from '../engine/port.js';
import { identifier } from '../engine/quote.js';
import type { House, VerbEffects } from '../ports/house.js';
import { storedType } from '../sources/cast.js';
import { allSources, ingest, parentsFirst } from '../sources/ingest.js';
import { EVENT, KNOWN_FROM, KNOWN_UNTIL } from '../sources/moments.js';
import { currentTables } from '../sources/tables.js';
import { columnsNeeded, readsSql } from '../workspace/insights.js';
import { groupColumn } from '../workspace/models.js';
import type { LoadedModel, Part, Source } from '../workspace/types.js';
import { atCutoff, defineAsOf } from './as-of.js';
import { allowedBy } from './build-views.js';
import { sourcesOf } from './cutoffs.js';
import { historyName, loadCalendar, sourcesNamed } from './ground.js';
import { proveNoLeak } from './leak.js';
import { inSession } from './parallel.js';
import { calendarSpine, eventSpine, labelRows, rowsSpine, SPINE, spineSources } from './spine.js';
import { checkStatement, requireColumns, type Statement } from './statement.js';
import { tabular } from './tabular.js';

/** Any date: over empty tables it only has to be one. */
const SOME_DAY = '2020-01-01';

/**
 * All that is wrong, in one list: files and contracts of the sources (which are read as a build would), SQL of views and models bound
 * over empty tables of the declared types, and the leak proof over what has been ingested.
 */
export async function checkWorkspace(
  house: House,
  effects: Pick<VerbEffects, 'progress' | 'stop'>,
): Promise<TinoError[]> {
  const problems: TinoError[] = [];
  const sources = parentsFirst(allSources(house));
  const quiet = { stop: effects.stop, progress: () => {} };
  for (const [index, source] of sources.entries()) {
    await collect(problems, () => ingest(house, [source.id], quiet));
    effects.progress({
      done: (0.5 * (index + 1)) / sources.length,
      message: { pt: `fonte ${source.id}`, en: `source ${source.id}` },
    });
  }
  for (const part of Object.values(house.workspace.parts)) {
    await inSession(house, (session) => checkPart(session, house, part, problems));
  }
  await proveAll(house, effects, problems);
  return problems;
}

async function checkPart(
  session: Session,
  house: House,
  part: Part,
  problems: TinoError[],
): Promise<void> {
  await defineEmpty(session, Object.values(part.sources));
  await loadCalendar(session, part, ['calendar local_holidays']);
  for (const view of Object.values(part.views)) {
    const allowed = allowedBy(house, view);
    await collect(problems, async () => {
      const found = await checkPlain(session, part, view, allowed);
      requireColumns(view.file, found, part.entities[view.entity]!.key);
    });
  }
  for (const { name, file, declaration } of Object.values(part.insights)) {
    if (declaration.look !== 'moves') continue;
    const named = house.workspace.models[declaration.model];
    if (named?.part !== part.name || named.declaration.task !== 'segment') {
      const params = { insight: name, model: declaration.model };
      problems.push(new TinoError('INSIGHT_MODEL', params, { where: file }));
    }
  }
  for (const insight of Object.values(part.insights).filter(readsSql))
    await collect(problems, async () => {
      const found = await checkPlain(session, part, insight, []);
      requireColumns(insight.file, found, columnsNeeded(insight));
    });
  const models = Object.values(house.workspace.models).filter(
    ({ part: name }) => name === part.name,
  );
  for (const model of models) await checkModel(session, part, model, problems);
}

async function checkModel(
  session: Session,
  part: Part,
  model: LoadedModel,
  problems: TinoError[],
): Promise<void> {
  const { declaration } = model;
  const allowed = declaration.allowPersonal ?? [];
  if ('spine' in declaration) {
    await collect(problems, async () => {
      const of = tabular(model, part);
      await defineEmpty(session, spineSources(of));
      const { kind } = declaration.spine;
      if (kind === 'calendar') await calendarSpine(session, of, SOME_DAY);
      else if (kind === 'event') await eventSpine(session, of, SOME_DAY);
      else await rowsSpine(session, of, SOME_DAY);
      if (of.label && 'sql' in of.label) await labelRows(session, of, SOME_DAY);
    });
    // The next model's may be a table where this one's is a view.
    const made = declaration.spine.kind === 'rows' ? 'VIEW' : 'TABLE';
    await session.run(`DROP ${made} IF EXISTS ${SPINE}`);
    return;
  }
  for (const [file, sql] of Object.entries(model.sql)) {
    await collect(problems, async () => {
      const found = await checkPlain(session, part, { file, sql }, allowed);
      requireColumns(file, found, requiredOf(model, file));
    });
  }
}

/** Columns that the SQL of a forecast or price model must give. */
function requiredOf({ declaration }: LoadedModel, file: string): string[] {
  if (declaration.task === 'forecast') {
    if (file === declaration.series) return [...declaration.key, 'at', 'value'];
    return file === declaration.known || file === declaration.past ? ['at'] : declaration.key;
  }
  if (declaration.task !== 'price') return [];
  const by = groupColumn(declaration.holdOut);
  if (file === declaration.materials?.recipes) return [...declaration.key, 'quantity'];
  return file === declaration.sales
    ? [...declaration.key, 'at', 'units', 'price']
    : [...declaration.key, 'price', 'cost', 'category', ...(by === undefined ? [] : [by])];
}

async function checkPlain(
  session: Session,
  part: Part,
  { file, sql }: Statement,
  allowed: readonly string[],
) {
  const sources = sourcesNamed(part, [sql]);
  await defineAsOf(session, part, sources, SOME_DAY, allowed);
  const names = sources.map(({ name }) => name);
  return await checkStatement(session, { file, sql: atCutoff(sql, SOME_DAY) }, names, part);
}

/** Histories without rows, of the declared types. */
async function defineEmpty(session: Session, sources: readonly Source[]): Promise<void> {
  for (const source of sources) {
    const columns = Object.entries(source.columns).map(
      ([name, column]) => `NULL::${storedType(column)} AS ${identifier(name)}`,
    );
    const moments = [EVENT, KNOWN_FROM, KNOWN_UNTIL].map((name) => `NULL::TIMESTAMP AS ${name}`);
    await session.define(
      historyName(source.name),
      `SELECT ${[...columns, ...moments].join(', ')} WHERE FALSE`,
    );
  }
}

async function proveAll(
  house: House,
  effects: Pick<VerbEffects, 'progress' | 'stop'>,
  problems: TinoError[],
): Promise<void> {
  const ingested = await currentTables(house, 'source');
  const models = Object.values(house.workspace.models);
  const broken = new Set(problems.map(({ options }) => options.where?.split(':')[0]));
  for (const [index, model] of models.entries()) {
    const part = house.workspace.parts[model.part]!;
    if (sourcesOf(model, part).some(({ id }) => !ingested.has(id))) continue;
    const step = 0.5 / models.length;
    await collect(problems, async () => {
      await proveNoLeak(house, model, {
        stop: effects.stop,
        progress: ({ done, message }) =>
          effects.progress({ done: 0.5 + (index + done) * step, message }),
      }).catch((cause: unknown) => {
        // SQL that does not bind was already told once.
        if (cause instanceof TinoError && broken.has(cause.options.where?.split(':')[0])) return;
        throw cause;
      });
    });
  }
}

async function collect(problems: TinoError[], work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    if (cause instanceof TinoErrors) problems.push(...cause.errors);
    else if (cause instanceof TinoError && cause.code !== 'CANCELLED') problems.push(cause);
    else throw cause;
  }
}
