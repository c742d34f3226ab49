import { TinoError } from '../contract/error.js';
import type { Session } from '../engine/port.js';
import { identifier, literal } from '../engine/quote.js';
import type { FeatureView } from '../workspace/types.js';
import { partitionDates, type Plan } from './abt-plan.js';
import { AT, CLOSES, CUTOFF, LABEL, type AbtColumn, type AbtRole } from './abt-types.js';
import { entityKey, partitionsSql, type Partition } from './build-views.js';
import { attachHistories, sourcesNamed } from './ground.js';
import { inSession } from './parallel.js';
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
import type { TabularModel } from './tabular.js';

const ROWS = 'tino_abt_rows';

/** Events of the plan, written aside so that their features can be built before they are joined. */
export async function writeEvents(
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
      `SELECT DISTINCT CAST(${CUTOFF} AS VARCHAR) AS date FROM read_parquet(${literal(files[0]!)})
        ORDER BY 1`,
    );
    return { file: files[0]!, dates: dates.map(({ date }) => String(date)) };
  });
}

/** Rows of some cut-offs, in one file. */
export interface Chunk {
  file: string;
  rows: number;
  columns: AbtColumn[];
}

/** What the rows of a plan are joined from. */
export interface Parts {
  /** Of each view. */
  partitions: readonly ReadonlyMap<string, Partition>[];
  /** Local dates that features are wanted at. */
  dates: string[];
  scratch: string;
  /** File of the events of an event spine. */
  events: string | undefined;
}

/** Writes the rows of some cut-offs, in the order of their moments and keys. */
export async function writeChunk(
  session: Session,
  plan: Plan,
  cutoffs: readonly string[],
  parts: Parts,
): Promise<Chunk> {
  const { ground, tabular: of } = plan;
  const label = plan.labelled && of.label && 'sql' in of.label ? of.label : undefined;
  const texts = [of.spine?.sql ?? '', label?.sql ?? ''];
  const sources = [...new Set([...spineSources(of), ...sourcesNamed(ground.part, texts)])];
  await attachHistories(session, ground, sources, texts, cutoffs.length);
  const joins = await joinViews(session, plan, cutoffs, parts);
  let columns: AbtColumn[] | undefined;
  for (const cutoff of cutoffs) {
    const spine = await spineOf(session, of, cutoff);
    if (parts.events) {
      const events = `SELECT * FROM read_parquet(${literal(parts.events)})`;
      await session.run(`CREATE OR REPLACE TEMP TABLE ${SPINE} AS ${events}`);
    }
    if (label) await labelRows(session, of, cutoff);
    const first = columns === undefined;
    columns ??= columnsOf(plan, spine, parts.partitions);
    const rows = `SELECT ${selected(plan, columns, of)}
      FROM ${SPINE} AS s ${joins} ${label ? labelJoin(of) : ''}`;
    await session.run(
      first ? `CREATE OR REPLACE TEMP TABLE ${ROWS} AS ${rows}` : `INSERT INTO ${ROWS} ${rows}`,
    );
  }
  const key = of.key.map(identifier).join(', ');
  const { files, rows } = await session.write(
    `SELECT * FROM ${ROWS} ORDER BY ${AT}, ${key}`,
    parts.scratch,
    { name: `rows-${cutoffs[0]}` },
  );
  return { file: files[0]!, rows, columns: columns! };
}

/** The partitions of each view as a temporary table, and the joins to them. */
async function joinViews(
  session: Session,
  plan: Plan,
  cutoffs: readonly string[],
  { partitions, dates, events }: Parts,
): Promise<string> {
  const { ground, tabular: of } = plan;
  const joins: string[] = [];
  for (const [index, view] of of.views.entries()) {
    const wanted = events ? partitionDates(plan, view.build, dates) : cutoffs;
    const sql = partitionsSql(partitions[index]!, wanted);
    await session.run(`CREATE OR REPLACE TEMP TABLE tino_view_${index} AS ${sql}`);
    const on = entityKey(ground, view).map(
      (name) => `s.${identifier(name)} = v${index}.${identifier(name)}`,
    );
    const partition = events ? partitionSql(view.build) : `s.${CUTOFF}`;
    joins.push(
      `LEFT JOIN tino_view_${index} AS v${index} ON ${on.join(' AND ')}
        AND v${index}.${CUTOFF} = ${partition}`,
    );
  }
  return joins.join(' ');
}

function spineOf(session: Session, of: TabularModel, cutoff: string): Promise<BuiltSpine> {
  const { kind } = of.declaration.spine;
  if (kind === 'calendar') return calendarSpine(session, of, cutoff);
  return kind === 'event' ? eventSpine(session, of, cutoff) : rowsSpine(session, of, cutoff);
}

const partitionSql = (build: FeatureView['build']): string =>
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
