import type { Effects, TrainingData } from '../estimator.js';
import type { Frame } from '../frame.js';
import { quantileInPlace, weightedQuantile } from '../metric/quantile.js';
import type { Rng } from '../random.js';
import { takeTargets, type Targets } from '../training-data.js';
import { binFrame, type BinnedFrame } from './binning.js';
import { dropRounds, scaleTree, type Dropped } from './dart.js';
import { makeGrower, type Derivatives, type Grower } from './grower.js';
import type { Grown } from './growth.js';
import type { BoostingSettings } from './defaults.js';
import type { GrowRules } from './rules.js';
import { interactionLists, monotoneSigns } from './constraints.js';
import { makeSampler, sampleColumns } from './sampling.js';
import { orderedBoosting, type OrderedBoosting } from './ordered-boosting.js';
import type { Objective } from './scores.js';
import { makeAddTree, type AddTree } from './add-tree.js';
import { addLineLeaves, addLines } from './linear-leaves.js';
import type { Tree } from './tree.js';
import { makeJudge, type HeldOut } from './validation.js';
import { addEarlier, type Earlier } from './warm-start.js';

/** What one run of rounds starts from. */
export interface Run {
  settings: BoostingSettings;
  objective: Objective;
  data: TrainingData;
  /** The columns as grown on. */
  x: Frame;
  split: HeldOut;
  earlier: Earlier | undefined;
  rng: Rng;
}

/** What a run of rounds left: whole rounds of trees, one an output. */
export interface Boosted {
  start: Float64Array;
  trees: Tree[];
  binned: BinnedFrame;
  /** What the held-out rows say of the best round; Infinity without them. */
  best: number;
}

type KernelTargets = Pick<Derivatives, 'targets' | 'weights'>;

interface State extends Run {
  binned: BinnedFrame;
  grower: Grower;
  sample: ReturnType<typeof makeSampler>;
  judge: (scores: readonly Float64Array[]) => number;
  addTree: AddTree;
  start: Float64Array;
  scores: Float64Array[];
  gradients: Float64Array[];
  /** Empty when every hessian is 1. */
  hessians: Float64Array[];
  /** Of a loss that the kernels know. */
  targets: KernelTargets | undefined;
  ordered: OrderedBoosting | undefined;
  trees: Tree[];
  /** Trees of the best round so far. */
  kept: number;
  best: number;
  waited: number;
}

/** Rows from which threads are worth calling together. */
const POOL_FROM = 10_000;

/** Adds round after round until there are enough, none helps any more, or a stop is asked for. */
export function boostRounds(run: Run, effects: Omit<Effects, 'rng'>): Boosted {
  const { stop, progress } = effects;
  const state = begin(run, effects);
  const { rounds } = run.settings;
  try {
    for (let round = 0; round < rounds; round++) {
      if (stop?.stopped) break;
      if (!oneRound(state, round) || worsened(state)) break;
      progress?.((round + 1) / rounds);
    }
  } finally {
    state.grower.end();
  }
  const { start, trees, kept, binned, best } = state;
  return { start, trees: trees.slice(0, kept), binned, best };
}

function begin(run: Run, effects: Omit<Effects, 'rng'>): State {
  const { settings, objective, data, x, split, earlier, rng } = run;
  const { pool, kernels } = effects;
  const isLarge = x.rows >= POOL_FROM;
  const engine = { ...(pool && isLarge && { pool }), ...(kernels && { kernels }) };
  const binned = binFrame(x, settings.bins, engine);
  const { outputs } = objective;
  const hasHessians = !objective.unitHessian || settings.sampling === 'goss';
  const rules = rulesOf(settings, data.x, rng);
  const start = earlier?.start ?? objective.start(targetsOf(data, split.training));
  const extra = objective.kernel ? (data.weights ? 2 : 1) : 0;
  const grower = makeGrower(binned, rules, monotoneSigns(x, settings.monotone), {
    ...engine,
    columns: outputs * (hasHessians ? 3 : 2) + extra,
  });
  const columns = [...grower.columns];
  const take = (count: number) => columns.splice(0, count);
  const scores = take(outputs);
  fillStart(scores, start, data);
  if (earlier) addEarlier(earlier, x, scores);
  const judge = makeJudge(settings, objective, data, split.validation);
  const stops = settings.earlyStoppingRounds > 0 && split.validation.length > 0;
  return {
    ...run,
    binned,
    grower,
    sample: makeSampler(settings, split.training, split.validation, rng),
    judge,
    addTree: makeAddTree(x, binned, grower),
    start,
    scores,
    gradients: take(outputs),
    hessians: take(hasHessians ? outputs : 0),
    targets: objective.kernel && targetsIn(take(extra), data),
    ordered: settings.boostingOrder === 'ordered' ? orderedOf(run, start) : undefined,
    trees: [],
    kept: 0,
    best: stops && earlier ? judge(scores) : Infinity,
    waited: 0,
  };
}

/** All rows are in their order: nothing to copy. */
const targetsOf = (data: TrainingData, rows: Int32Array): Targets =>
  rows.length === data.y.length ? data : takeTargets(data, rows);

function orderedOf({ settings, objective, data, split, rng }: Run, start: Float64Array) {
  const { l2, learningRate, minDataInLeaf } = settings;
  return orderedBoosting({
    objective,
    data,
    training: split.training,
    start,
    l2,
    learningRate,
    minDataInLeaf,
    stepMax: isBounded(objective) ? STEP_MAX : Infinity,
    rng: rng.fork('boosting order'),
  });
}

/** Targets and weights where the kernels reach them. */
function targetsIn([targets, weights]: Float64Array[], data: TrainingData): KernelTargets {
  targets!.set(data.y);
  if (data.weights) weights!.set(data.weights);
  return { targets: targets!, weights };
}

/** By a kernel where there is one for the loss: the same formula, in all threads. */
function derive(state: State): void {
  const { objective, data, targets, scores, gradients, hessians, grower, ordered } = state;
  if (ordered) ordered.derive(scores, gradients, hessians);
  else if (objective.kernel && targets)
    grower.derive(objective.kernel, { ...targets, scores, gradients, hessians });
  else objective.derive(scores, data, gradients, hessians);
}

function rulesOf(settings: BoostingSettings, x: Frame, rng: Rng): GrowRules {
  const { leaves, minDataInLeaf } = settings;
  const depthMax = settings.depthMax === 0 ? Infinity : settings.depthMax;
  // As many whole levels as there are leaves, and rows, for.
  const levels = Math.min(depthMax, Math.floor(Math.log2(Math.min(leaves, Math.max(2, x.rows)))));
  return {
    ...settings,
    depthMax,
    interactions: interactionLists(x, settings.interactions),
    seed: settings.columnSampleByNode < 1 ? rng.fork('columns by node').below(2 ** 31) : 0,
    ...(settings.growth === 'symmetric' && {
      symmetric: { levels, minDataInLeaf },
      minDataInLeaf: 1,
      depthMax: Infinity,
    }),
  };
}

function fillStart(scores: Float64Array[], start: Float64Array, { offset }: TrainingData): void {
  const outputs = scores.length;
  scores.forEach((score, k) => {
    score.fill(start[k]!);
    for (let row = 0; offset && row < score.length; row++)
      score[row]! += offset[row * outputs + k]!;
  });
}

/** Grows one tree an output. False when nothing could be split and nothing will change that. */
function oneRound(state: State, round: number): boolean {
  const { settings, objective, data, binned, rng, scores, gradients, hessians, grower } = state;
  const { learningRate } = settings;
  const dropped = dropRounds(state, rng);
  derive(state);
  const { rows, rest } = state.sample(round, gradients, hessians);
  let split = false;
  for (let k = 0; k < objective.outputs; k++) {
    const grown = grower.grow({
      rows,
      gradients: gradients[k]!,
      hessians: hessians[k] ?? null,
      columns: sampleColumns(binned.columns.length, settings.columnSample, rng),
    });
    if (objective.renewAt !== undefined) renew(grown, scores[k]!, data, objective.renewAt);
    const { tree } = grown;
    state.ordered?.learn(grown, k);
    if (isBounded(objective)) boundSteps(tree);
    split ||= tree.nodes.length > 0;
    if (settings.leafModel === 'linear')
      addLines(
        grown,
        data.x,
        { rows: grown.rows, gradients: gradients[k]!, hessians: hessians[k] ?? null },
        settings.linearL2,
      );
    scaleTree(tree, dropped.shareOfNew * learningRate);
    if (tree.lines) addLineLeaves(grown, data.x, scores[k]!);
    else grower.addLeaves(grown, scores[k]!);
    state.addTree(tree, rest, scores[k]!);
    state.trees.push(tree);
  }
  restore(state, dropped);
  if (split || isRandom(settings)) return true;
  state.trees.length -= objective.outputs;
  return false;
}

const isBounded = ({ link }: Objective) => link === 'logit' || link === 'softmax';

/** Log-odds that a tree may add, before the learning rate: from even odds to one in twenty thousand. */
const STEP_MAX = 10;

/**
 * Where a class is certain its second derivatives vanish, and Newton's step in a leaf of few such rows
 * has no end: without a penalty, a class of two rows in half a million has ruined whole models.
 */
function boundSteps(tree: Tree): void {
  tree.values.forEach((value, leaf) => {
    tree.values[leaf] = Math.min(Math.max(value, -STEP_MAX), STEP_MAX);
  });
}

/** The next round may find a split where this one did not. */
const isRandom = (settings: BoostingSettings): boolean =>
  settings.sampling === 'goss' ||
  settings.dropRate > 0 ||
  Math.min(settings.rowSample, settings.columnSample, settings.columnSampleByNode) < 1;

/** The trees that were left out come back with what the new ones leave them. */
function restore({ trees, scores, split, addTree }: State, dropped: Dropped): void {
  for (const at of dropped.trees) {
    scaleTree(trees[at]!, dropped.shareOfOld);
    for (const rows of [split.training, split.validation])
      addTree(trees[at]!, rows, scores[at % scores.length]!);
  }
}

/** Notes the best round; true when it is long ago. */
function worsened(state: State): boolean {
  const { scores, split, settings } = state;
  if (settings.earlyStoppingRounds === 0 || split.validation.length === 0) {
    state.kept = state.trees.length;
    return false;
  }
  const found = state.judge(scores);
  if (found < state.best) {
    state.best = found;
    state.kept = state.trees.length;
    state.waited = 0;
  } else state.waited++;
  return state.waited >= settings.earlyStoppingRounds;
}

/** Leaf values become a quantile of the residuals (Friedman 2001, LAD regression). */
function renew(
  { tree, rows, starts, ends, bounds }: Grown,
  scores: Float64Array,
  { y, weights }: TrainingData,
  level: number,
): void {
  tree.values.forEach((_, leaf) => {
    const held = rows.subarray(starts[leaf], ends[leaf]);
    const residuals = new Float64Array(held.length);
    for (let i = 0; i < held.length; i++) residuals[i] = y[held[i]!]! - scores[held[i]!]!;
    const value = weights
      ? weightedQuantile(
          residuals,
          level,
          Float64Array.from(held, (row) => weights[row]!),
        )
      : quantileInPlace(residuals, level);
    const { lower, upper } = bounds[leaf]!;
    tree.values[leaf] = Math.min(Math.max(value, lower), upper);
  });
}
