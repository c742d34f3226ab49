import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays } from '../calendar/dates.js';
import { TinoError } from '../contract/error.js';
import type { Session } from '../engine/port.js';
import { disk, place as placeDurably } from '../engine/place.js';
import { identifier, literal } from '../engine/quote.js';
import type { House, VerbEffects } from '../ports/house.js';
import { hashFile } from '../sources/files.js';
import { commitTables, currentTable, fileSafe, tableFolder } from '../sources/tables.js';
import { hashOf, sha256 } from '../workspace/hash.js';
import type { LoadedModel } from '../workspace/types.js';
import { AT, CLOSES, CUTOFF, LABEL } from './abt-types.js';
import type { Abt, AbtColumn, AbtManifest, AbtPurpose, AbtRole } from './abt-types.js';
import {
  buildPartitions,
  entityKey,
  partitionsOf,
  partitionsSql,
  type Partition,
} from './build-views.js';
import { cutoffsOf, latestCutoff, partitionOf, sourcesOf } from './cutoffs.js';
import { attachHistories, generationsAt, openGround, sourcesNamed, type Ground } from './ground.js';
import { inSession, mapEngines } from './parallel.js';
import {
  calendarSpine,
  eventSpine,
  labelRows,
  LABELS,
  rowsSpine,
  SPINE,
  spineSources,
  type BuiltSpine,
} from './spine.js';
import { tabular, type TabularModel } from './tabular.js';

type Effects = Pick<VerbEffects, 'progress' | 'stop'>;

export interface AbtOptions {
  purpose: AbtPurpose;
  /** Nothing known after the start of this local date is used; the latest cut-off when absent. */
  until?: string;
  /** Builds even when the same was built before. */
  rebuild?: boolean;
}

/**
 * The one place where time meets label: spine and features as they were known at each cut-off, and,
 * for training, labels of windows that were over by `until`. For scoring: the rows at `until`, or the
 * events whose window is still open then. Content-addressed: the same again gives the same hash.
 */
export async function buildAbt(
  house: House,
  model: LoadedModel,
  { purpose, until, rebuild = false }: AbtOptions,
  effects: Effects,
): Promise<Abt> {
  const ground = await openGround(house, model.part);
  const plan = planOf(
    ground,
    tabular(model, ground.part),
    purpose,
    until ?? (await latestCutoff(house, model)),
  );
  const name = `${model.name}/${purpose}`;
  const stored = await currentTable<AbtManifest>(house, 'abt', name);
  if (!rebuild && stored?.fingerprint === plan.fingerprint) {
    return { ...stored.manifest, files: stored.files };
  }
  const scratchRoot = join(house.workspace.stateFolder, 'scratch');
  await mkdir(scratchRoot, { recursive: true });
  const scratch = await mkdtemp(join(scratchRoot, 'abt-'));
  try {
    const abt = await fill(plan, scratch, effects);
    await commitTables(house, [
      {
        kind: 'abt',
        name,
        snapshot: abt.hash,
        part: model.part,
        files: abt.files,
        rows: abt.rows,
        fingerprint: plan.fingerprint,
        manifest: (({ files: _files, ...manifest }) => manifest)(abt),
      },
    ]);
    return abt;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface Plan {
  ground: Ground;
  tabular: TabularModel;
  purpose: AbtPurpose;
  until: string;
  /** Of a calendar spine; one, `until`, otherwise. */
  cutoffs: string[];
  labelled: boolean;
  sources: [string, string, string][];
  fingerprint: string;
}

function planOf(ground: Ground, of: TabularModel, purpose: AbtPurpose, until: string): Plan {
  const { declaration, model, horizonDays } = of;
  const labelled = purpose === 'train' && of.label !== undefined;
  const closed = addDays(until, -horizonDays);
  let cutoffs = [until];
  if (declaration.spine.kind === 'calendar' && labelled) {
    cutoffs = cutoffsOf(declaration.cutoffs!, closed);
    if (cutoffs.length === 0) {
      const params = { model: model.name, from: declaration.cutoffs!.from, until: closed };
      throw new TinoError('NO_CUTOFFS', params, { where: model.file });
    }
  }
  const sources = generationsAt(ground, sourcesOf(model, ground.part), until);
  const what = { layout: 1, declaration: model.hash, purpose, until, cutoffs, sources };
  return {
    ground,
    tabular: of,
    purpose,
    until,
    cutoffs,
    labelled,
    sources,
    fingerprint: hashOf(what),
  };
}

async function fill(plan: Plan, scratch: string, effects: Effects): Promise<Abt> {
  const { ground, tabular: of, cutoffs } = plan;
  const { house } = ground;
  let events: string | undefined;
  let needed = cutoffs;
  if (of.declaration.spine.kind === 'event') {
    const found = await writeEvents(plan, scratch);
    events = found.file;
    // Without events the views are built once all the same, for their columns.
    needed = found.dates.length > 0 ? found.dates : [plan.until];
  }
  const wanted = of.views.map((view) => ({
    view,
    cutoffs: partitionDates(plan, view.build, needed),
  }));
  await buildPartitions(house, ground, wanted, {
    stop: effects.stop,
    progress: (step) => effects.progress({ ...step, done: step.done * 0.7 }),
  });
  const partitions = await Promise.all(of.views.map((view) => partitionsOf(house, view)));
  let done = 0;
  const chunks = await mapEngines(house, cutoffs, effects.stop, async (session, cutoff) => {
    const chunk = await writeChunk(session, plan, cutoff, partitions, needed, scratch, events);
    effects.progress({
      done: 0.7 + (0.3 * ++done) / cutoffs.length,
      message: {
        pt: `${of.model.name}: corte ${cutoff}`,
        en: `${of.model.name}: cut-off ${cutoff}`,
      },
    });
    return chunk;
  });
  return await place(plan, chunks, needed);
}

const partitionDates = (plan: Plan, build: Parameters<typeof partitionOf>[0], dates: string[]) =>
  plan.tabular.declaration.spine.kind === 'event'
    ? [...new Set(dates.map((date) => partitionOf(build, date)))].sort()
    : dates;

/** Events of the plan, written aside so that their features can be built before they are joined. */
async function writeEvents(
  plan: Plan,
  scratch: string,
): Promise<{ file: string; dates: string[] }> {
  const { ground, tabular: of, until, purpose } = plan;
  return await inSession(ground.house, async (session) => {
    await attachHistories(session, ground, spineSources(of), [of.spine!.sql]);
    await eventSpine(session, of, until);
    const from = of.declaration.cutoffs?.from;
    const open = purpose === 'score' && of.label !== undefined;
    const conditions = [
      ...(plan.labelled ? [`${CLOSES} <= DATE ${literal(until)}`] : []),
      ...(open ? [`${CLOSES} > DATE ${literal(until)}`] : []),
      ...(from ? [`${CUTOFF} >= DATE ${literal(from)}`] : []),
    ];
    const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
    const { files } = await session.write(`SELECT * FROM ${SPINE} ${where}`, scratch, {
      name: 'events',
    });
    const dates = await session.all(
      `SELECT DISTINCT CAST(${CUTOFF} AS VARCHAR) AS date FROM read_parquet(${literal(files[0]!)}) ORDER BY 1`,
    );
    return { file: files[0]!, dates: dates.map(({ date }) => String(date)) };
  });
}

interface Chunk {
  file: string;
  rows: number;
  columns: AbtColumn[];
}

async function writeChunk(
  session: Session,
  plan: Plan,
  cutoff: string,
  partitions: readonly ReadonlyMap<string, Partition>[],
  dates: string[],
  scratch: string,
  events: string | undefined,
): Promise<Chunk> {
  const { ground, tabular: of } = plan;
  const label = of.label && 'sql' in of.label ? of.label : undefined;
  const texts = [of.spine?.sql ?? '', plan.labelled ? (label?.sql ?? '') : ''];
  const sources = [...new Set([...spineSources(of), ...sourcesNamed(ground.part, texts)])];
  await attachHistories(session, ground, sources, texts);
  const spine = await spineOf(session, of, cutoff);
  if (events) {
    await session.run(
      `CREATE OR REPLACE TEMP TABLE ${SPINE} AS SELECT * FROM read_parquet(${literal(events)})`,
    );
  }
  if (plan.labelled && label) await labelRows(session, of, cutoff);
  const columns = columnsOf(plan, spine, partitions);
  const joins: string[] = [];
  for (const [index, view] of of.views.entries()) {
    const wanted = events ? partitionDates(plan, view.build, dates) : [cutoff];
    const key = entityKey(ground, view);
    await session.define(`tino_view_${index}`, partitionsSql(partitions[index]!, wanted));
    const on = key.map((name) => `s.${identifier(name)} = v${index}.${identifier(name)}`);
    const partition = events ? partitionSql(view.build) : `s.${CUTOFF}`;
    joins.push(
      `LEFT JOIN tino_view_${index} AS v${index} ON ${on.join(' AND ')} AND v${index}.${CUTOFF} = ${partition}`,
    );
  }
  const sql = `SELECT ${selected(plan, columns, of)} FROM ${SPINE} AS s ${joins.join(' ')}
    ${plan.labelled && label ? labelJoin(of) : ''}
    ORDER BY s.${AT}, ${of.key.map((name) => `s.${identifier(name)}`).join(', ')}`;
  const { files, rows } = await session.write(sql, scratch, { name: `rows-${cutoff}` });
  return { file: files[0]!, rows, columns };
}

function spineOf(session: Session, of: TabularModel, cutoff: string): Promise<BuiltSpine> {
  const { kind } = of.declaration.spine;
  if (kind === 'calendar') return calendarSpine(session, of, cutoff);
  return kind === 'event' ? eventSpine(session, of, cutoff) : rowsSpine(session, of, cutoff);
}

const partitionSql = (build: Parameters<typeof partitionOf>[0]): string =>
  build === 'week' || build === 'month'
    ? `CAST(date_trunc('${build}', s.${CUTOFF}) AS DATE)`
    : `s.${CUTOFF}`;

const labelJoin = ({ key }: TabularModel): string => {
  const on = key.map((name) => `s.${identifier(name)} = l.${identifier(name)}`).join(' AND ');
  return `JOIN ${LABELS} AS l ON ${on} WHERE l.${LABEL} IS NOT NULL`;
};

function selected(plan: Plan, columns: readonly AbtColumn[], of: TabularModel): string {
  const own = columns.map(({ name, from }) => {
    const index = of.views.findIndex(({ file }) => file === from);
    return `${index < 0 ? 's' : `v${index}`}.${identifier(name)}`;
  });
  const label = !plan.labelled
    ? `NULL::DOUBLE AS ${LABEL}`
    : of.label && 'column' in of.label
      ? `CAST(s.${identifier(of.label.column)} AS DOUBLE) AS ${LABEL}`
      : `l.${LABEL}`;
  return [...own, `s.${AT}`, `s.${CUTOFF}`, `s.${CLOSES}`, label].join(', ');
}

/** Columns of spine and views with their roles; a name given twice is an error. */
function columnsOf(
  plan: Plan,
  spine: BuiltSpine,
  partitions: readonly ReadonlyMap<string, Partition>[],
): AbtColumn[] {
  const { tabular: of, ground } = plan;
  const otherKeys = new Set(of.views.flatMap((view) => entityKey(ground, view)));
  const label = of.label && 'column' in of.label ? of.label.column : undefined;
  const ignored = new Set(of.declaration.ignore ?? []);
  const roleOf = (name: string): AbtRole =>
    of.key.includes(name)
      ? 'key'
      : otherKeys.has(name) || ignored.has(name)
        ? 'carried'
        : 'feature';
  const columns: AbtColumn[] = spine.columns
    .filter(({ name }) => name !== label)
    .map(({ name, type }) => ({ name, type, role: roleOf(name), from: spine.file }));
  for (const [index, view] of of.views.entries()) {
    const key = entityKey(ground, view);
    const [first] = partitions[index]!.values();
    for (const { name, type } of first?.manifest.columns ?? []) {
      if (key.includes(name)) {
        if (spine.columns.some((column) => column.name === name)) continue;
        const params = {
          file: spine.file,
          column: name,
          found: spine.columns.map((c) => c.name).join(', '),
        };
        throw new TinoError('SQL_COLUMNS', params, { where: spine.file });
      }
      const twin = columns.find((column) => column.name === name);
      if (twin) {
        const detail = `column ${name} is given by ${twin.from} too; rename one`;
        const params = { file: view.file, line: 1, detail, known: '' };
        throw new TinoError('SQL_DOES_NOT_BIND', params, { where: view.file });
      }
      columns.push({ name, type, role: roleOf(name), from: view.file });
    }
  }
  return columns;
}

/** Moves the chunks to a folder named by their contents. */
async function place(plan: Plan, chunks: readonly Chunk[], dates: readonly string[]): Promise<Abt> {
  const { tabular: of, ground, purpose } = plan;
  const columns = chunks[0]!.columns;
  const hashes = await Promise.all(chunks.map(({ file }) => hashFile(file)));
  const hash = sha256(hashes.join('\n'));
  const folder = tableFolder(ground.house, 'abt');
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  for (const [index, { file }] of chunks.entries()) {
    const name = `${fileSafe(of.model.name)}.${purpose}.${hash.slice(0, 24)}.${index}.parquet`;
    files.push(join(folder, name));
    await placeDurably(file, files.at(-1)!, disk);
  }
  const texts = [of.spine, of.label && 'sql' in of.label ? of.label : undefined, ...of.views];
  return {
    model: of.model.name,
    purpose,
    declaration: of.model.hash,
    sql: Object.fromEntries(texts.flatMap((text) => (text ? [[text.file, sha256(text.sql)]] : []))),
    cutoffs:
      dates.length > 2 && of.declaration.spine.kind === 'event'
        ? [dates[0]!, dates.at(-1)!]
        : [...dates],
    until: plan.until,
    sources: plan.sources,
    columns,
    labelled: plan.labelled,
    rows: chunks.reduce((sum, { rows }) => sum + rows, 0),
    hash,
    files,
  };
}
