import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { wallClock } from '../calendar/dates.js';
import { say, TinoError } from '../contract/error.js';
import type { Session } from '../engine/port.js';
import type { House, VerbEffects } from '../ports/house.js';
import { newId } from '../store/ids.js';
import { hashOf } from '../workspace/hash.js';
import type { Source } from '../workspace/types.js';
import type { Check } from './checks.js';
import { erasuresSoFar } from './fence.js';
import { findFiles, markFiles, type FileMark } from './files.js';
import { historyOf, KEYED, markOrphans, numberCopies, PARENT } from './history.js';
import { contentsHash, contractHash, type Generation, type SourceManifest } from './manifest.js';
import { isTimed } from './moments.js';
import { personalColumns, pseudonymise, readPrivacyKey, type PrivacyKey } from './pseudonyms.js';
import {
  brokenRows,
  countRejects,
  duplicateRows,
  malformedRows,
  writeRejects,
  type Reject,
  type RejectCount,
} from './rejects.js';
import { scanFile, unreadable, type Scan } from './scan.js';
import { stage, STAGED } from './stage.js';
import { mayLackErased, suppressRows } from './suppression.js';
import {
  commitTables,
  currentTable,
  currentTables,
  fileSafe,
  relativeFiles,
  tableFolder,
  type CommittedTable,
} from './tables.js';

export interface IngestReport {
  source: string;
  status: 'loaded' | 'unchanged';
  /** Versions of rows in the history. */
  rows: number;
  /** Rows read from the files, of which `rejects` were set aside. */
  read: number;
  rejects: number;
  reasons: RejectCount[];
}

type Stored = CommittedTable<SourceManifest>;
type Effects = Pick<VerbEffects, 'progress' | 'stop'>;

/**
 * Files → tables that keep their contract, each committed by itself; a source whose files did not
 * change is skipped. A broken source is an error and its table stays what it was.
 *
 * @param ids of sources
 */
export async function ingest(
  house: House,
  ids: readonly string[] | 'all',
  effects: Effects,
): Promise<IngestReport[]> {
  const sources = selectSources(house, ids);
  const erasures = await erasuresSoFar(house.state);
  const stored = await currentTables<SourceManifest>(house, 'source');
  const reports: IngestReport[] = [];
  for (const [index, source] of parentsFirst(sources).entries()) {
    if (effects.stop.stopped) throw new TinoError('CANCELLED');
    effects.progress({
      done: index / sources.length,
      message: { pt: `lendo ${source.id}`, en: `reading ${source.id}` },
    });
    const parent = await parentOf(house, source);
    const before = { stored: stored.get(source.id), parent, erasures };
    reports.push(await ingestSource(house, source, before));
  }
  return reports;
}

/** A source that takes its time from another is read after it. */
export const parentsFirst = (sources: readonly Source[]): Source[] => [
  ...sources.filter(({ timeOf }) => timeOf === undefined),
  ...sources.filter(({ timeOf }) => timeOf !== undefined),
];

async function parentOf(house: House, { timeOf, part }: Source): Promise<Stored | undefined> {
  if (timeOf === undefined) return undefined;
  const { id } = house.workspace.parts[part]!.sources[timeOf.source]!;
  const parent = await currentTable<SourceManifest>(house, 'source', id);
  if (parent === undefined) throw new TinoError('SOURCE_NOT_INGESTED', { source: id });
  return parent;
}

export const allSources = (house: Pick<House, 'workspace'>): Source[] =>
  Object.values(house.workspace.parts).flatMap((part) => Object.values(part.sources));

/** Whether a table has values that a pseudonym key made. */
export async function holdsPseudonyms(house: House): Promise<boolean> {
  const stored = await currentTables(house, 'source');
  return allSources(house).some(
    (source) => stored.has(source.id) && personalColumns(source).length > 0,
  );
}

function selectSources(house: House, ids: readonly string[] | 'all'): Source[] {
  const all = allSources(house);
  if (ids === 'all') return all;
  return ids.map((id) => {
    const source = all.find((candidate) => candidate.id === id);
    if (source) return source;
    const known = all.map((candidate) => candidate.id).join(', ');
    throw new TinoError('UNKNOWN_NAME', {
      file: 'tino.config.ts',
      kind: 'source',
      name: id,
      known,
    });
  });
}

interface Before {
  stored: Stored | undefined;
  parent: Stored | undefined;
  erasures: number;
}

async function ingestSource(
  house: House,
  source: Source,
  { stored, parent, erasures }: Before,
): Promise<IngestReport> {
  const folder = house.workspace.parts[source.part]!.folder;
  const key =
    personalColumns(source).length > 0
      ? await readPrivacyKey(house.privacyKeyFile, source)
      : undefined;
  const contract = contractHash(source, house.workspace.zone, key?.id ?? '');
  const files = await findFiles(source, folder);
  const marks = await markFiles(files, folder, stored?.manifest.files ?? []);
  const fingerprint = contentsHash(contract, marks, parent?.fingerprint);
  if (stored?.fingerprint === fingerprint) {
    const { read, rejects, reasons } = stored.manifest;
    return { source: source.id, status: 'unchanged', rows: stored.rows, read, rejects, reasons };
  }
  const previous = stored?.manifest.contract === contract ? stored : undefined;
  const scratchRoot = join(house.workspace.stateFolder, 'scratch');
  await mkdir(scratchRoot, { recursive: true });
  const scratch = await mkdtemp(join(scratchRoot, 'ingest-'));
  try {
    return await house.engines.use(async (engine) => {
      const session = await engine.session();
      try {
        const load = {
          house,
          session,
          source,
          files,
          marks,
          scratch,
          key,
          contract,
          fingerprint,
          parent,
          erasures,
        };
        return await loadSource(load, previous);
      } finally {
        session.close();
      }
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface Load {
  house: House;
  session: Session;
  source: Source;
  files: readonly string[];
  marks: FileMark[];
  scratch: string;
  key: PrivacyKey | undefined;
  contract: string;
  fingerprint: string;
  /** The source that lends its time. */
  parent: Stored | undefined;
  /** Before anything was read. */
  erasures: number;
}

async function loadSource(load: Load, previous: Stored | undefined): Promise<IngestReport> {
  const { house, session, source, files, scratch, key, parent } = load;
  const scans: Scan[] = [];
  for (const file of files) scans.push(await scanFile(session, source, file, scratch));
  const checks = await stageVerified(load, scans);
  const suppressed = await suppressRows(house, session, source);
  if (key) await pseudonymise(session, STAGED, source, key);
  if (parent) await borrowTime(load, parent, checks);
  await numberCopies(session, source);
  const rejects = await allRejects(session, source, scans, checks);
  const read = await countRows(session, rejects);
  refuseBroken(source, files, read, rejects);

  const now = wallClock(house.now(), house.workspace.zone);
  const { sql, earliest } = await historyOf(
    session,
    source,
    now,
    previous && {
      files: previous.files,
      at: previous.manifest.ingestedAt,
      newest: previous.manifest.newest,
    },
  );
  const reasons = countRejects(rejects);
  const report = {
    source: source.id,
    status: 'loaded' as const,
    read,
    rejects: rejects.length,
    reasons,
  };

  const snapshot = newId('table');
  const target = tableFolder(house, 'source');
  const name = `${fileSafe(source.id)}.${snapshot}`;
  const written = await session.write(sql, target, { name });
  const rejectFiles = await writeRejects(session, rejects, target, `${name}.rejects`);
  await commitTables(house, load.erasures, [
    {
      kind: 'source',
      name: source.id,
      snapshot,
      part: source.part,
      files: written.files,
      rows: written.rows,
      fingerprint: load.fingerprint,
      manifest: {
        contract: load.contract,
        files: load.marks,
        ingestedAt: now,
        read,
        rejects: rejects.length,
        reasons,
        rejectFiles: relativeFiles(house, rejectFiles),
        ...(suppressed > 0 && { suppressed }),
        ...(isTimed(source) ? await knownMoments(session, now, previous) : { newest: null }),
        generations: nextGenerations(previous, load.fingerprint, earliest),
      } satisfies SourceManifest,
    },
  ]);
  return { ...report, rows: written.rows };
}

/** Rows are read while the bytes of their files are looked at; of two mistakes the one in the bytes is told. */
async function stageVerified(
  { house, session, source, files }: Load,
  scans: readonly Scan[],
): Promise<Check[]> {
  const staging = stage(session, source, scans, house.workspace.zone);
  const seen = await Promise.allSettled([...scans.map(({ verified }) => verified), staging]);
  const failed = seen.find((one) => one.status === 'rejected');
  if (failed) throw unreadable(source, files.join(', '), failed.reason);
  return staging;
}

/** Attaches the source that lends its time; rows that it has no row for are set aside. */
async function borrowTime(
  { house, session, source }: Load,
  parent: Stored,
  checks: Check[],
): Promise<void> {
  const { source: name, on } = source.timeOf!;
  const lender = house.workspace.parts[source.part]!.sources[name]!;
  await session.attach(PARENT, parent.files);
  checks.push({
    code: 'REJECT_ORPHAN',
    column: on[0]!,
    broken: 'FALSE',
    params: { column: on.join(', '), source: name },
    // It may be of a person whose row of the lender was left out.
    masked: await mayLackErased(house, lender),
  });
  await markOrphans(session, source, checks.length);
}

async function allRejects(
  session: Session,
  source: Source,
  scans: readonly Scan[],
  checks: readonly Check[],
): Promise<Reject[]> {
  const rejects: Reject[] = [];
  for (const scan of scans)
    rejects.push(...(await malformedRows(session, scan, basename(scan.file))));
  rejects.push(...(await brokenRows(session, STAGED, source, checks)));
  rejects.push(...(await duplicateRows(session, KEYED, source)));
  return rejects;
}

async function countRows(session: Session, rejects: readonly Reject[]): Promise<number> {
  const [row] = await session.all(`SELECT count(*) AS rows FROM ${STAGED}`);
  return Number(row!['rows']) + rejects.filter(({ code }) => code === 'REJECT_MALFORMED').length;
}

function refuseBroken(
  source: Source,
  files: readonly string[],
  rows: number,
  rejects: readonly Reject[],
): void {
  const file = files.join(', ');
  if (rows === 0) throw new TinoError('SOURCE_EMPTY', { source: source.id, file }, { where: file });
  const share = source.rejectsMax ?? 0.05;
  if (rejects.length <= share * rows) return;
  const commonest = countRejects(rejects)[0]!;
  const params = {
    source: source.id,
    rejects: rejects.length,
    rows,
    share: `${+(share * 100).toFixed(2)}%`,
    reason: say(commonest.code, commonest.example, 'en').message,
  };
  throw new TinoError('SOURCE_TOO_MANY_REJECTS', params, { where: file });
}

/** When the rows became known; the oldest also among those of earlier files. */
async function knownMoments(
  session: Session,
  now: string,
  previous: Stored | undefined,
): Promise<Pick<SourceManifest, 'newest' | 'oldest'>> {
  const [known] = await session.all(
    `SELECT CAST(max(tino_known) AS VARCHAR) AS newest, CAST(min(tino_known) AS VARCHAR) AS oldest
      FROM ${KEYED} WHERE tino_known <= $1::TIMESTAMP`,
    [now],
  );
  const { newest, oldest } = known as { newest: string | null; oldest: string | null };
  if (previous === undefined) return { newest, oldest };
  const before = previous.manifest.oldest;
  if (before === undefined) return { newest };
  return { newest, oldest: [before, oldest].filter((at) => at !== null).sort()[0] ?? null };
}

/** Named by what went in, so that the same files in the same order give the same names anywhere. */
function nextGenerations(
  previous: Stored | undefined,
  fingerprint: string,
  earliest: string | null | undefined,
): Generation[] {
  const before = previous?.manifest.generations ?? [];
  if (earliest === undefined) return before;
  const id = hashOf({ after: before.at(-1)?.id ?? null, fingerprint }).slice(0, 24);
  return earliest === null ? [{ id, earliest }] : [...before, { id, earliest }];
}
