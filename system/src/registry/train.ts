import { TinoError } from '../contract/error.js';
import type { Verdict } from '../contract/models.js';
import type { House, VerbEffects } from '../ports/house.js';
import { erasuresSoFar } from '../sources/fence.js';
import { startRun, type Run } from '../tracking/index.js';
import type { LoadedModel } from '../workspace/types.js';
import { tasks, type Champion, type Trained, type TrainingPlan } from '../training/index.js';
import { judge } from './gate.js';
import { applyVerdict, championOf } from './promotions.js';
import {
  membersOf,
  newestVersion,
  openVersion,
  registerVersion,
  type StoredVersion,
} from './versions.js';

export interface TrainReport {
  model: string;
  state: 'promoted' | 'held' | 'rejected' | 'unchanged';
  run: string | null;
  version: number | null;
  champion: number | null;
  metric: string | null;
  value: number | null;
  verdict: Verdict | null;
}

export interface TrainOptions {
  /** Only the members of this key are fitted again. */
  key?: Record<string, string>;
  seed?: number;
  /** Train although nothing changed. */
  force?: boolean;
}

const STATES = { PROMOTE: 'promoted', HOLD: 'held', REJECT: 'rejected' } as const;

/** ABT → search → leaderboard → numbered version → gate → alias, in a run that is kept. */
export async function trainModel(
  house: House,
  model: LoadedModel,
  { key, seed = model.declaration.seed ?? 1, force = false }: TrainOptions,
  effects: VerbEffects,
): Promise<TrainReport> {
  const erasures = await erasuresSoFar(house.state);
  const champion = await championOf(house, model.name);
  const newest = await newestVersion(house, model.name);
  let run: Run | undefined;
  const begin = async ({ fingerprint, ...plan }: TrainingPlan) => {
    if (!force && newest?.meta.fingerprint === fingerprint) return undefined;
    run = await startRun(house, {
      ...plan,
      model: model.name,
      task: model.declaration.task,
      seed,
    });
    return run;
  };
  try {
    const trained = await tasks[model.declaration.task]({
      house,
      model,
      seed,
      ...(key && { key }),
      effects,
      champion: champion && (await openChampion(house, champion)),
      begin,
    });
    if (trained === 'unchanged') return unchanged(model, newest?.version, champion?.version);
    if (effects.stop.stopped) throw new TinoError('CANCELLED');
    return await keep(house, model, run!, trained, { by: effects.by, erasures });
  } catch (error) {
    const cancelled = error instanceof TinoError && error.code === 'CANCELLED';
    await run?.end({
      status: cancelled ? 'cancelled' : 'failed',
      error: error instanceof Error ? error.message : String(error),
    });
    throw error;
  }
}

/** A damaged champion does not stop the training that would replace it. */
async function openChampion(house: House, champion: StoredVersion): Promise<Champion | undefined> {
  const { model, version } = champion;
  try {
    const opened = await openVersion(house, champion);
    return { version, package: opened, members: await membersOf(house, model, version) };
  } catch (error) {
    if (!(error instanceof TinoError && error.code === 'ARTIFACT_DAMAGED')) throw error;
    house.log.error('the champion cannot be read', { model, version, message: error.message });
    return undefined;
  }
}

async function keep(
  house: House,
  model: LoadedModel,
  run: Run,
  trained: Trained,
  { by, erasures }: { by: string; erasures: number },
): Promise<TrainReport> {
  const { package: pack, leaderboard, evidence, members, timings } = trained;
  const { declaration } = model;
  const gate = 'gate' in declaration ? declaration.gate : { minGain: 0 };
  await run.log(pack.meta.metrics);
  const version = await registerVersion(house, pack, {
    run: run.id,
    erasures,
    ...(members && { members }),
  });
  const verdict = judge(evidence, gate);
  await applyVerdict(house, version, verdict, by);
  await run.end({ status: 'finished', leaderboard, timings });
  const serving = await championOf(house, model.name);
  return {
    model: model.name,
    state: STATES[verdict.verdict],
    run: run.id,
    version: version.version,
    champion: serving?.version ?? null,
    metric: verdict.metric,
    value: verdict.challenger,
    verdict,
  };
}

const unchanged = (
  { name }: LoadedModel,
  version: number | undefined,
  champion: number | undefined,
): TrainReport => ({
  model: name,
  state: 'unchanged',
  run: null,
  version: version ?? null,
  champion: champion ?? null,
  metric: null,
  value: null,
  verdict: null,
});
