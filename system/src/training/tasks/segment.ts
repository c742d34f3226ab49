import type { ClusterProfile } from '@tino/learn';
import { addDays } from '../../calendar/dates.js';
import { TinoError } from '../../contract/error.js';
import { buildAbt, latestCutoff, readAbt } from '../../features/index.js';
import { hashOf } from '../../workspace/hash.js';
import type { SegmentDeclaration } from '../../workspace/types.js';
import { check } from '../evidence.js';
import type { SegmentResult } from '../segment-job.js';
import type { Clustering } from '../segment-kinds.js';
import { signatureOf } from '../signature.js';
import type { Trained, TrainingContext, TrainingTask } from '../task.js';
import { trainInThread } from '../thread.js';

/** What a version keeps of its segments. */
export interface SegmentDetail {
  segments: { id: string; profile: ClusterProfile }[];
  axes: [string, string] | null;
  silhouette: number;
  stability: number;
  k: number;
  reason: { pt: string; en: string };
  quality: { pt: string; en: string };
}

const STABILITY_MIN = 0.5;

/** Groups of the entities at the latest cut-off, whose names outlive a training. */
export const trainSegment: TrainingTask = async (context) => {
  const { house, model, effects, seed, champion } = context;
  const declaration = model.declaration as SegmentDeclaration;
  const until = await latestCutoff(house, model);
  const abt = await buildAbt(house, model, { purpose: 'train', until }, effects);
  const fingerprint = hashOf({ declaration: model.hash, abt: abt.hash, seed });
  const run = await context.begin({
    fingerprint,
    metric: 'silhouette',
    better: 'higher',
    params: { clusters: declaration.clusters },
    rows: abt.rows,
    abt: { hash: abt.hash, cutoffs: abt.cutoffs },
  });
  if (run === undefined) return 'unchanged';
  const { x } = await readAbt(house, abt);
  const needed = 5 * declaration.clusters.min;
  if (x.rows < needed)
    throw new TinoError('TOO_FEW_ROWS', { model: model.name, rows: x.rows, needed });
  const signature = signatureOf(x, declaration.page);
  const result = await trainInThread(
    {
      task: 'segment',
      x,
      clusters: declaration.clusters,
      seed,
      previous: champion
        ? {
            model: new Uint8Array(champion.package.sections['model']!),
            ids: (champion.package.meta.detail as unknown as SegmentDetail).segments.map(
              ({ id }) => id,
            ),
          }
        : null,
    },
    effects,
  );
  return trainedOf(context, result, {
    fingerprint,
    signature,
    abt: { hash: abt.hash, cutoffs: abt.cutoffs, rows: x.rows },
    dataUntil: addDays(until, -1),
  });
};

function trainedOf(
  { model, seed, champion }: TrainingContext,
  result: SegmentResult,
  made: Pick<Trained['package']['meta'], 'fingerprint' | 'signature' | 'abt' | 'dataUntil'>,
): Trained {
  const { chosen } = result;
  const recipe = { kind: chosen.kind, params: chosen.params };
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
        metric: 'silhouette',
        better: 'higher',
        metrics: { silhouette: chosen.silhouette, stability: chosen.stability },
        folds: [chosen.silhouette],
        baselineFolds: [0],
        coverage: [],
        importance: importanceOf(result.profiles),
        detail: { ...detailOf(result) },
      },
      sections: { model: result.model, baseline: result.baseline },
    },
    leaderboard: leaderboardOf(result),
    evidence: {
      metric: 'silhouette',
      better: 'higher',
      challenger: [chosen.silhouette],
      // Another day's silhouette is of other rows: groups are refreshed, not raced.
      champion: champion ? [chosen.silhouette] : null,
      // Everyone in one group.
      baseline: [0],
      sameRecipe: true,
      difference: champion ? { difference: 0, lower: 0, upper: 0 } : null,
      checks: [
        check(
          'stability',
          chosen.stability >= STABILITY_MIN,
          `em reamostras os grupos voltam com acordo de ${chosen.stability.toFixed(2).replace('.', ',')}`,
          `on resamples the groups come back with agreement ${chosen.stability.toFixed(2)}`,
        ),
      ],
    },
    timings: { fit: result.seconds },
  };
}

function leaderboardOf({ candidates, others, chosen, seconds }: SegmentResult) {
  const all: Clustering[] = [
    ...candidates.map(({ k, silhouette, stability }) => ({
      kind: 'kMeans' as const,
      params: { k },
      k,
      silhouette,
      stability,
      refused: null,
    })),
    ...others,
  ];
  return all.map(({ kind, params, k, silhouette, stability, refused }) => ({
    recipe: { kind, params },
    name: [kind, ...Object.entries(params).flat()].join(' '),
    metrics: refused === null ? { silhouette, stability } : {},
    folds: refused === null ? [silhouette] : [],
    seconds: seconds / all.length,
    baseline: false,
    winner: kind === chosen.kind && k === chosen.k,
    error: refused,
  }));
}

function detailOf({ profiles, ids, axes, chosen, reason, shaped }: SegmentResult): SegmentDetail {
  const again = Math.round(chosen.stability * 100);
  return {
    segments: profiles.map((profile, cluster) => ({ id: ids[cluster]!, profile })),
    axes,
    silhouette: chosen.silhouette,
    stability: chosen.stability,
    k: chosen.k,
    reason: {
      pt: shaped
        ? `${chosen.k} grupos: a divisão mais nítida entre as que se repetem em reamostras`
        : `${chosen.k} grupos: um recorte útil que se repete; não há fronteira nítida entre eles`,
      en: shaped
        ? reason
        : `${chosen.k} groups: a useful cut that comes back; no sharp border lies between them`,
    },
    quality: {
      pt: `grupos que se repetem: acordo de ${again} em 100 ao refazer com outra amostra`,
      en: `groups that come back: agreement of ${again} in 100 when made again on another sample`,
    },
  };
}

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
