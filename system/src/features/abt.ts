import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { disk, place as placeDurably } from '../engine/place.js';
import type { House, VerbEffects } from '../ports/house.js';
import { hashFile } from '../sources/files.js';
import { commitTables, currentTable, fileSafe, tableFolder } from '../sources/tables.js';
import { sha256 } from '../workspace/hash.js';
import type { LoadedModel } from '../workspace/types.js';
import { partitionDates, planOf, type Plan } from './abt-plan.js';
import { writeChunk, writeEvents, type Chunk } from './abt-rows.js';
import type { Abt, AbtManifest, AbtPurpose } from './abt-types.js';
import { buildPartitions, partitionsOf } from './build-views.js';
import { latestCutoff } from './cutoffs.js';
import { openGround } from './ground.js';
import { mapEngines } from './parallel.js';
import { tabular } from './tabular.js';

/** Cut-offs that share a session and a file. */
const BATCH = 12;

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
 * for training, labels of windows that were over by `until`. For scoring: the rows at `until`, or
 * the events whose window is still open then. Content-addressed: the same again gives the same
 * hash.
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
    await commitTables(house, ground.erasures, [
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
  const parts = { partitions, dates: needed, scratch, events };
  const batches = Array.from({ length: Math.ceil(cutoffs.length / BATCH) }, (_, i) =>
    cutoffs.slice(i * BATCH, (i + 1) * BATCH),
  );
  let done = 0;
  const chunks = await mapEngines(house, batches, effects.stop, async (session, batch) => {
    const chunk = await writeChunk(session, plan, batch, parts);
    const last = batch.at(-1)!;
    effects.progress({
      done: 0.7 + (0.3 * ++done) / batches.length,
      message: {
        pt: `${of.model.name}: cortes até ${last}`,
        en: `${of.model.name}: cut-offs until ${last}`,
      },
    });
    return chunk;
  });
  return await place(plan, chunks, needed);
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
