import {
  foldsByTime,
  kFold,
  metricOf,
  permutation,
  seeded,
  takeRows,
  type Fold,
} from '@tino/learn';
import { TinoError } from '../../contract/error.js';
import { addDays, dayNumber } from '../../calendar/dates.js';
import { buildAbt, latestCutoff, readAbt, type Abt, type AbtData } from '../../features/index.js';
import { hashOf } from '../../workspace/hash.js';
import type { ClassifyDeclaration, RegressDeclaration } from '../../workspace/types.js';
import type { AutoDetail } from '../auto.js';
import { expand, sameRecipe, type Entry } from '../candidates.js';
import type { ChampionJob, TabularJob, TabularResult } from '../job.js';
import { signatureOf } from '../signature.js';
import type { SignatureColumn, VersionMeta } from '../package.js';
import type { Champion, Trained, TrainingContext } from '../task.js';
import { trainInThread } from '../thread.js';
import { qualityWords } from '../words.js';

type Declaration = ClassifyDeclaration | RegressDeclaration;

/**
 * Above this the grid is searched on a seeded sample; the winner is always fitted on every row. The
 * difference between two recipes is plain long before.
 */
export const SEARCH_ROWS = 30_000;
const ROWS_MIN = 40;

/** ABT → job → thread → package, for the two tasks with a label. */
export async function trainLabelled(
  context: TrainingContext,
  declaration: Declaration,
): Promise<Trained | 'unchanged'> {
  const { house, model, effects, seed } = context;
  const until = await latestCutoff(house, model);
  const abt = await buildAbt(
    house,
    model,
    { purpose: 'train', until },
    { ...effects, progress: (step) => effects.progress({ ...step, done: step.done * 0.3 }) },
  );
  // Rows without time are the same whatever day it is; their contents are named by their sources.
  const contents = declaration.spine.kind === 'rows' ? abt.sources : abt.hash;
  const fingerprint = hashOf({ declaration: model.hash, contents, seed });
  const metric = metricOf(declaration.metric);
  const run = await context.begin({
    fingerprint,
    metric: metric.name,
    better: metric.better,
    params: { folds: declaration.folds, searchRows: Math.min(abt.rows, SEARCH_ROWS) },
    rows: abt.rows,
    abt: { hash: abt.hash, cutoffs: abt.cutoffs },
  });
  if (run === undefined) return 'unchanged';
  const data = labelledRows(await readAbt(house, abt));
  checkRows(model.name, declaration, data);
  const signature = signatureOf(data.x, declaration.page);
  const job = jobOf(context, declaration, data, fingerprint);
  const rows = data.x.rows;
  const result = await trainInThread(job, {
    ...effects,
    progress: (step) => effects.progress({ ...step, done: 0.3 + step.done * 0.7 }),
  });
  const meta = metaOf(context, { declaration, abt, fingerprint, signature, until, rows }, result);
  return {
    package: { meta, sections: { model: result.model, baseline: result.baseline } },
    leaderboard: result.leaderboard,
    evidence: {
      metric: metric.name,
      better: metric.better,
      ...result.scores,
      sameRecipe:
        context.champion !== undefined &&
        sameRecipe(context.champion.package.meta.recipe, result.winner.recipe),
      difference: result.difference,
      checks: result.checks,
    },
    timings: result.timings,
  };
}

/** Rows with a label: the others are no examples. */
function labelledRows(data: AbtData): AbtData {
  const kept = Array.from(data.y.keys()).filter((row) => !Number.isNaN(data.y[row]!));
  if (kept.length === data.y.length) return data;
  const take = (values: Int32Array) => Int32Array.from(kept, (row) => values[row]!);
  return {
    ...data,
    x: takeRows(data.x, kept),
    y: Float64Array.from(kept, (row) => data.y[row]!),
    keys: Object.fromEntries(
      Object.entries(data.keys).map(([name, values]) => [name, kept.map((row) => values[row]!)]),
    ),
    cutoff: take(data.cutoff),
    closes: take(data.closes),
  };
}

function checkRows(model: string, { task }: Declaration, { x, y }: AbtData): void {
  if (x.rows < ROWS_MIN)
    throw new TinoError('TOO_FEW_ROWS', { model, rows: x.rows, needed: ROWS_MIN });
  if (task !== 'classify') return;
  const odd = y.find((value) => value !== 0 && value !== 1);
  if (odd !== undefined) throw new TinoError('LABEL_NOT_BINARY', { model, value: odd });
  if (y.every((value) => value === y[0]))
    throw new TinoError('ONE_CLASS', { model, value: y[0]!, rows: y.length });
}

function jobOf(
  { model, seed, champion }: TrainingContext,
  declaration: Declaration,
  data: AbtData,
  fingerprint: string,
): TabularJob {
  const { x, y, cutoff, closes, keys } = data;
  const classify = declaration.task === 'classify';
  const baseline: Entry = {
    name: classify ? 'prior' : 'mean',
    recipe: { kind: classify ? 'prior' : 'mean', params: {} },
    baseline: true,
  };
  return {
    task: declaration.task,
    x,
    y,
    groups: groupsOf(keys, x.rows),
    order: cutoff,
    folds: foldsOf(model.name, declaration, data, seed),
    entries: [baseline, ...expand(declaration.candidates, declaration.task)],
    metric: declaration.metric,
    calibrate: classify ? declaration.calibrate : 'none',
    target: declaration.task === 'regress' ? (declaration.target ?? 'identity') : 'identity',
    seed,
    champion: champion ? championJob(champion, closes) : null,
    replays: champion ? replaysOf(champion, fingerprint) : {},
  };
}

/** One index an entity: the rows of one key move together. */
function groupsOf(keys: Record<string, string[]>, rows: number): Int32Array {
  const columns = Object.values(keys);
  const index = new Map<string, number>();
  return Int32Array.from({ length: rows }, (_, row) => {
    const key = columns.map((values) => values[row]).join('\u0000');
    const known = index.get(key) ?? index.size;
    index.set(key, known);
    return known;
  });
}

/** The same data and declaration once more: searches try what they tried, not what time allows. */
function replaysOf({ package: { meta } }: Champion, fingerprint: string): TabularJob['replays'] {
  const detail = meta.detail as { auto?: AutoDetail };
  return (meta.fingerprint === fingerprint && detail.auto?.replays) || {};
}

function championJob(
  { version, package: { meta, sections } }: Champion,
  closes: Int32Array,
): ChampionJob {
  const newest = closes.reduce((top, day) => Math.max(top, day), -Infinity);
  return {
    version,
    recipe: meta.recipe,
    model: new Uint8Array(sections['model']!),
    after: meta.dataUntil === null ? newest + 1 : dayNumber(meta.dataUntil) + 1,
    columns: meta.signature.map(({ name }) => name),
  };
}

/** Purged folds by time, or shuffled ones where rows have no time; both without a fold of one class. */
function foldsOf(
  model: string,
  { spine, folds, task }: Declaration,
  { x, y, cutoff, closes }: AbtData,
  seed: number,
): Fold[] {
  const found = ((): Fold[] => {
    if (spine.kind === 'rows') return kFold(x.rows, { folds, rng: seeded(seed).fork('folds') });
    try {
      return foldsByTime(cutoff, closes, { folds });
    } catch {
      throw new TinoError('TOO_FEW_CUTOFFS', { model, cutoffs: new Set(cutoff).size });
    }
  })();
  const sampled = found.map((fold) => sample(fold, x.rows, seed));
  if (task !== 'classify') return sampled;
  const both = (rows: Int32Array) => rows.some((row) => y[row] !== y[rows[0]!]);
  const whole = sampled.filter(({ train, test }) => both(train) && both(test));
  if (whole.length === 0)
    throw new TinoError('ONE_CLASS', { model, value: y[found[0]!.test[0]!]!, rows: x.rows });
  return whole;
}

function sample(fold: Fold, rows: number, seed: number): Fold {
  if (rows <= SEARCH_ROWS) return fold;
  const rng = seeded(seed).fork('sample');
  const chosen = new Uint8Array(rows);
  for (const row of permutation(rows, rng).subarray(0, SEARCH_ROWS)) chosen[row] = 1;
  const kept = (part: Int32Array) => part.filter((row) => chosen[row] === 1);
  return { train: kept(fold.train), test: kept(fold.test) };
}

interface Made {
  declaration: Declaration;
  abt: Abt;
  fingerprint: string;
  signature: SignatureColumn[];
  until: string;
  rows: number;
}

const metaOf = (
  { model, seed }: TrainingContext,
  { declaration, abt, fingerprint, signature, until, rows }: Made,
  result: TabularResult,
): VersionMeta => ({
  model: model.name,
  task: declaration.task,
  seed,
  declarationHash: model.hash,
  declaration,
  sql: model.sql,
  fingerprint,
  abt: { hash: abt.hash, cutoffs: abt.cutoffs, rows },
  dataUntil: declaration.spine.kind === 'rows' ? null : addDays(until, -1),
  recipe: result.winner.recipe,
  metric: declaration.metric,
  better: metricOf(declaration.metric).better,
  metrics: result.metrics,
  folds: result.scores.challenger,
  baselineFolds: result.scores.baseline,
  signature,
  coverage: result.coverage,
  importance: result.importance,
  dependence: result.dependence,
  detail: { ...result.detail, quality: qualityWords(declaration, result) },
});
