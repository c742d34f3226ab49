import type { ClusterProfile, Frame, RfmCuts } from '@tino/learn';
import { addDays } from '../../calendar/dates.js';
import { TinoError } from '../../contract/error.js';
import { buildAbt, latestCutoff, readAbt } from '../../features/index.js';
import { hashOf } from '../../workspace/hash.js';
import { unknownName } from '../../workspace/problems.js';
import type { LoadedModel, RfmRules, SegmentDeclaration } from '../../workspace/types.js';
import type { VersionPackage } from '../package.js';
import type { EarlierSegments } from '../segment-ids.js';
import { NOBODY, type SegmentResult } from '../segment-job.js';
import type { Cut } from '../segment-kinds.js';
import { checkOf, PLACED, qualityOf, reasonOf, reasonOfCut, STABLE } from '../segment-words.js';
import { signatureOf } from '../signature.js';
import type { Trained, TrainingContext, TrainingTask } from '../task.js';
import { trainInThread } from '../thread.js';

/** What a version keeps of its segments. */
export interface SegmentDetail {
  segments: { id: string; profile: ClusterProfile }[];
  /** The highest number that any segment was ever named by. */
  named?: number;
  axes: [string, string] | null;
  silhouette: number;
  stability: number;
  k: number;
  /** By column: cut points in ascending order, where the groups are by rules. */
  cuts?: Record<string, readonly number[]>;
  reason: { pt: string; en: string };
  quality: { pt: string; en: string };
}

/** Groups of the entities at the latest cut-off, whose names outlive a training. */
export const trainSegment: TrainingTask = async (context) => {
  const { house, model, effects, seed, champion } = context;
  const declaration = model.declaration as SegmentDeclaration;
  const { rules } = declaration;
  const until = await latestCutoff(house, model);
  const abt = await buildAbt(house, model, { purpose: 'train', until }, effects);
  const fingerprint = hashOf({ declaration: model.hash, abt: abt.hash, seed });
  const run = await context.begin({
    fingerprint,
    metric: rules ? PLACED : 'silhouette',
    better: 'higher',
    params: rules ? { rules: rules.kind } : { clusters: declaration.clusters },
    rows: abt.rows,
    abt: { hash: abt.hash, cutoffs: abt.cutoffs },
  });
  if (run === undefined) return 'unchanged';
  const { x } = await readAbt(house, abt);
  if (rules) checkColumns(model, rules, x);
  const needed = rules ? 1 : 5 * declaration.clusters.min;
  if (x.rows < needed)
    throw new TinoError('TOO_FEW_ROWS', { model: model.name, rows: x.rows, needed });
  const signature = signatureOf(x, declaration.page);
  const result = await trainInThread(
    {
      task: 'segment',
      x,
      clusters: declaration.clusters,
      seed,
      rules: rules ?? null,
      previous: champion ? earlierOf(champion.package) : null,
    },
    effects,
  );
  if (!rules) refuseShapeless(model, result);
  return trainedOf(context, result, {
    fingerprint,
    signature,
    abt: { hash: abt.hash, cutoffs: abt.cutoffs, rows: x.rows },
    dataUntil: addDays(until, -1),
  });
};

/** A rule over a column that the features do not have is a slip of the declaration. */
function checkColumns({ file }: LoadedModel, { columns }: RfmRules, x: Frame): void {
  const known = x.columns.filter(({ kind }) => kind === 'number').map(({ name }) => name);
  for (const column of Object.values(columns))
    if (!known.includes(column)) throw unknownName(file, 'column', column, known);
}

function earlierOf({ meta, sections }: VersionPackage): EarlierSegments {
  const { segments, named } = meta.detail as unknown as SegmentDetail;
  const ids = segments.map(({ id }) => id).filter((id) => id !== NOBODY);
  const rules = meta.recipe.kind === 'rfm';
  // Versions from before names were counted know those that they have.
  const highest = rules ? 0 : ids.reduce((top, id) => Math.max(top, Number(id.slice(1))), 0);
  return {
    model: rules ? null : new Uint8Array(sections['model']!),
    ids,
    named: named ?? highest,
  };
}

/** Groups that are not there are not made up; a cloud is cut where the declaration asks for it. */
function refuseShapeless({ name, declaration }: LoadedModel, result: SegmentResult): void {
  const { clusters, shapeless } = declaration as SegmentDeclaration;
  const { min, max } = clusters;
  // Points that all lie at one place have one cluster, of no silhouette.
  if (result.candidates.every(({ silhouette }) => Number.isNaN(silhouette)))
    throw new TinoError('SEGMENTS_ALL_ALIKE', { model: name });
  if (result.shaped || shapeless === 'cut') return;
  const most = Math.max(...result.candidates.map(({ stability }) => stability));
  if (most < STABLE)
    throw new TinoError('SEGMENTS_UNSTABLE', { model: name, min, max, stability: most.toFixed(2) });
  throw new TinoError('SEGMENTS_ONE_CLOUD', { model: name, min, max });
}

function trainedOf(
  { model, seed, champion }: TrainingContext,
  result: SegmentResult,
  made: Pick<Trained['package']['meta'], 'fingerprint' | 'signature' | 'abt' | 'dataUntil'>,
): Trained {
  const { chosen } = result;
  const recipe = { kind: chosen.kind, params: chosen.params };
  const [metric, value] = metricOf(chosen);
  return {
    package: {
      meta: {
        ...made,
        model: model.name,
        task: 'segment',
        seed,
        declarationHash: model.hash,
        declaration: model.declaration,
        sql: model.sql,
        recipe,
        metric,
        better: 'higher',
        metrics: metricsOf(chosen),
        folds: [value],
        baselineFolds: [0],
        coverage: [],
        importance: importanceOf(result.profiles),
        detail: { ...detailOf(result, model.declaration as SegmentDeclaration) },
      },
      sections: { model: result.model, baseline: result.baseline },
    },
    leaderboard: leaderboardOf(result),
    evidence: {
      metric,
      better: 'higher',
      challenger: [value],
      // Another day's rows are other rows: groups are refreshed, not raced.
      champion: champion ? [value] : null,
      // Everyone in one group.
      baseline: [0],
      sameRecipe: true,
      difference: champion ? { difference: 0, lower: 0, upper: 0 } : null,
      checks: [checkOf(chosen)],
    },
    timings: { fit: result.seconds },
  };
}

/** Shapes have no centre to be near to: they are judged by density; rules by whom they tell. */
function metricOf({ kind, validity, silhouette, noise }: Cut): [name: string, value: number] {
  if (kind === 'hdbscan') return ['densityValidity', validity];
  return kind === 'rfm' ? [PLACED, 1 - noise] : ['silhouette', silhouette];
}

function leaderboardOf({ candidates, others, chosen, seconds }: SegmentResult) {
  const all: Cut[] = [
    ...candidates.map(({ k, silhouette, stability }) => ({
      kind: 'kMeans' as const,
      params: { k },
      k,
      silhouette,
      stability,
      validity: NaN,
      noise: 0,
      refused: null,
    })),
    ...others,
    ...(chosen.kind === 'rfm' ? [chosen] : []),
  ];
  return all.map((one) => ({
    recipe: { kind: one.kind, params: one.params },
    name: one.kind === 'rfm' ? 'rfm' : [one.kind, ...Object.entries(one.params).flat()].join(' '),
    metrics: one.refused === null ? metricsOf(one) : {},
    folds: one.refused === null ? [one.kind === 'rfm' ? 1 - one.noise : one.silhouette] : [],
    seconds: seconds / all.length,
    baseline: false,
    // Of shapes the number is known when all rows were seen.
    winner: one.kind === chosen.kind && (one.k === chosen.k || one.kind === 'hdbscan'),
    error: one.refused,
  }));
}

const metricsOf = ({ silhouette, stability, validity, noise, kind }: Cut) => ({
  silhouette,
  stability,
  ...(Number.isNaN(validity) ? {} : { densityValidity: validity }),
  ...(kind === 'hdbscan' ? { noise } : {}),
  ...(kind === 'rfm' ? { [PLACED]: 1 - noise } : {}),
});

function detailOf(result: SegmentResult, { rules }: SegmentDeclaration): SegmentDetail {
  const { profiles, ids, named, axes, chosen, reason, shaped } = result;
  return {
    segments: profiles.map((profile, cluster) => ({ id: ids[cluster]!, profile })),
    named,
    axes,
    silhouette: chosen.silhouette,
    stability: chosen.stability,
    k: chosen.k,
    ...(rules && result.cuts && { cuts: byColumn(rules, result.cuts) }),
    reason: shaped ? reasonOf(chosen, reason) : reasonOfCut(chosen),
    quality: qualityOf(chosen),
  };
}

const byColumn = ({ columns }: RfmRules, cuts: RfmCuts): Record<string, readonly number[]> => ({
  [columns.recencyDays]: cuts.recencyDays,
  [columns.frequency]: cuts.frequency,
  [columns.monetary]: cuts.monetary,
});

function importanceOf(profiles: readonly ClusterProfile[]): { column: string; share: number }[] {
  const spread = new Map<string, number>();
  for (const { share, numbers } of profiles)
    for (const { column, difference } of numbers)
      spread.set(column, (spread.get(column) ?? 0) + share * difference ** 2);
  const total = [...spread.values()].reduce((sum, value) => sum + value, 0) || 1;
  return [...spread]
    .map(([column, value]) => ({ column, share: value / total }))
    .sort((a, b) => b.share - a.share);
}
