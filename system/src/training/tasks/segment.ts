import type { ClusterProfile } from '@tino/learn';
import { addDays } from '../../calendar/dates.js';
import { TinoError } from '../../contract/error.js';
import { buildAbt, latestCutoff, readAbt } from '../../features/index.js';
import { hashOf } from '../../workspace/hash.js';
import type { Words } from '../../contract/words.js';
import type { LoadedModel, SegmentDeclaration } from '../../workspace/types.js';
import { check } from '../evidence.js';
import { NOBODY, type SegmentResult } from '../segment-job.js';
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
/** What `chooseK` asks of groups that come back. */
const STABLE = 0.7;

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
            ids: (champion.package.meta.detail as unknown as SegmentDetail).segments
              .map(({ id }) => id)
              .filter((id) => id !== NOBODY),
          }
        : null,
    },
    effects,
  );
  refuseShapeless(model, result);
  return trainedOf(context, result, {
    fingerprint,
    signature,
    abt: { hash: abt.hash, cutoffs: abt.cutoffs, rows: x.rows },
    dataUntil: addDays(until, -1),
  });
};

/** Groups that are not there are not made up, unless the declaration asks for a cut all the same. */
function refuseShapeless({ name, declaration }: LoadedModel, result: SegmentResult): void {
  const { clusters, shapeless } = declaration as SegmentDeclaration;
  const { min, max } = clusters;
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
  // Shapes have no centre to be near to: they are judged by density.
  const [metric, value] =
    chosen.kind === 'hdbscan'
      ? ['densityValidity', chosen.validity]
      : ['silhouette', chosen.silhouette];
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
        detail: { ...detailOf(result) },
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
      validity: NaN,
      noise: 0,
      refused: null,
    })),
    ...others,
  ];
  return all.map((one) => ({
    recipe: { kind: one.kind, params: one.params },
    name: [one.kind, ...Object.entries(one.params).flat()].join(' '),
    metrics: one.refused === null ? metricsOf(one) : {},
    folds: one.refused === null ? [one.silhouette] : [],
    seconds: seconds / all.length,
    baseline: false,
    // Of shapes the number is known when all rows were seen.
    winner: one.kind === chosen.kind && (one.k === chosen.k || one.kind === 'hdbscan'),
    error: one.refused,
  }));
}

const metricsOf = ({ silhouette, stability, validity, noise, kind }: Clustering) => ({
  silhouette,
  stability,
  ...(Number.isNaN(validity) ? {} : { densityValidity: validity }),
  ...(kind === 'hdbscan' ? { noise } : {}),
});

function detailOf({ profiles, ids, axes, chosen, reason, shaped }: SegmentResult): SegmentDetail {
  const again = Math.round(chosen.stability * 100);
  return {
    segments: profiles.map((profile, cluster) => ({ id: ids[cluster]!, profile })),
    axes,
    silhouette: chosen.silhouette,
    stability: chosen.stability,
    k: chosen.k,
    reason: shaped ? reasonOf(chosen, reason) : reasonOfCut(chosen),
    quality: {
      pt: `grupos que se repetem: acordo de ${again} em 100 ao refazer com outra amostra`,
      en: `groups that come back: agreement of ${again} in 100 when made again on another sample`,
    },
  };
}

function reasonOf({ kind, k, noise }: Clustering, reason: string): Words {
  if (kind !== 'hdbscan')
    return {
      pt: `${k} grupos: a divisão mais nítida entre as que se repetem em reamostras`,
      en: kind === 'kMeans' ? reason : `${k} groups: the clearest of those that come back`,
    };
  const nobody = Math.round(100 * noise);
  return {
    pt: `${k} lugares densos com vazio entre eles, de qualquer forma; ${nobody}% não estão em nenhum`,
    en: `${k} dense places of any shape with emptiness between; ${nobody}% lie in none`,
  };
}

const reasonOfCut = ({ k, stability }: Clustering): Words =>
  stability >= STABLE
    ? {
        pt: `${k} grupos: um recorte útil que se repete; não há fronteira nítida entre eles`,
        en: `${k} groups: a useful cut that comes back; no sharp border lies between them`,
      }
    : {
        pt: `${k} grupos: um recorte que nem sempre se repete; não há fronteira entre eles`,
        en: `${k} groups: a cut that does not always come back; no border lies between them`,
      };

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
