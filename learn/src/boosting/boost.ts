import type { Effects, Estimator, Model, TrainingData } from '../estimator.js';
import { schemaOf } from '../frame.js';
import { weightedQuantile } from '../metric/quantile.js';
import type { Rng } from '../random.js';
import { admit, anyNumber } from '../training-data.js';
import { kFold } from '../validate/folds.js';
import { binFrame, type BinnedFrame } from './binning.js';
import { packForest } from './forest.js';
import { makeGrower, type Grown } from './grower.js';
import { boostedModel } from './model.js';
import { boostingParameters, monotoneSigns, type BoostingParameters } from './parameters.js';
import { objectiveOf, type Objective } from './scores.js';
import { addTree, type Tree } from './tree.js';

type Parameters = ReturnType<typeof boostingParameters>;

/**
 * Gradient boosted trees over binned columns, grown leaf by leaf, with learned directions of
 * missing values and sets of levels (Friedman 2001; Ke et al. 2017). An offset moves the scores in training
 * and is not added by the model.
 */
export function boosting(parameters: Partial<BoostingParameters> = {}): Estimator {
  const settings = boostingParameters(parameters);
  return { fit: (data, effects) => fit(settings, data, effects) };
}

async function fit(settings: Parameters, given: TrainingData, effects: Effects): Promise<Model> {
  const data = admit(given, anyNumber);
  const objective = objectiveOf(settings.objective, settings, data);
  admit(data, objective.target);
  if (data.offset && objective.outputs > 1)
    throw new RangeError('softmax takes no offset: it has a raw score a class; leave it out');
  const state = begin(settings, objective, data, effects.rng);
  for (let round = 0; round < settings.rounds; round++) {
    if (effects.stop?.stopped) break;
    if (!oneRound(state) || worsened(state)) break;
    effects.progress?.((round + 1) / settings.rounds);
  }
  effects.progress?.(1);
  return boostedModel({
    columns: schemaOf(data.x),
    link: objective.link,
    objective: settings.objective,
    start: state.start,
    forest: packForest(state.trees.slice(0, state.kept), state.binned),
  });
}

interface State {
  settings: Parameters;
  objective: Objective;
  data: TrainingData;
  binned: BinnedFrame;
  grow: ReturnType<typeof makeGrower>;
  rng: Rng;
  start: Float64Array;
  scores: Float64Array[];
  gradients: Float64Array[];
  hessians: Float64Array[];
  training: Int32Array;
  validation: Int32Array;
  trees: Tree[];
  /** Trees of the best round so far. */
  kept: number;
  best: number;
  waited: number;
}

function begin(settings: Parameters, objective: Objective, data: TrainingData, rng: Rng): State {
  const binned = binFrame(data.x, settings.bins);
  const { rows } = data.x;
  const columns = (wanted = true) =>
    wanted ? Array.from({ length: objective.outputs }, () => new Float64Array(rows)) : [];
  const rules = {
    ...settings,
    depthMax: settings.depthMax === 0 ? Infinity : settings.depthMax,
  };
  const start = objective.start(data);
  const scores = columns();
  scores.forEach((score, k) => {
    score.fill(start[k]!);
    if (data.offset) for (let row = 0; row < rows; row++) score[row]! += data.offset[row]!;
  });
  const { training, validation } = holdOut(settings, data, rng);
  return {
    settings,
    objective,
    data,
    binned,
    grow: makeGrower(binned, rules, monotoneSigns(data.x, settings.monotone)),
    rng,
    start,
    scores,
    gradients: columns(),
    hessians: columns(!objective.unitHessian),
    training,
    validation,
    trees: [],
    kept: 0,
    best: Infinity,
    waited: 0,
  };
}

/** Rows to grow on and rows to judge by; the second are none without early stopping. */
function holdOut(
  { earlyStoppingRounds, validationFraction }: Parameters,
  data: TrainingData,
  rng: Rng,
) {
  const { rows } = data.x;
  const folds = Math.max(2, Math.round(1 / validationFraction));
  if (earlyStoppingRounds > 0 && rows >= 2 * folds) {
    const { groups } = data;
    const [fold] = kFold(rows, { folds, rng: rng.fork('validation'), ...(groups && { groups }) });
    if (fold) return { training: fold.train, validation: fold.test };
  }
  return {
    training: Int32Array.from({ length: rows }, (_, row) => row),
    validation: new Int32Array(0),
  };
}

/** Grows one tree an output. False when nothing could be split and nothing will change that. */
function oneRound(state: State): boolean {
  const { settings, objective, data, binned, grow, rng } = state;
  const { scores, gradients, hessians } = state;
  objective.derive(scores, data, gradients, hessians);
  const { rows, rest } = sampleRows(state);
  let split = false;
  for (let k = 0; k < objective.outputs; k++) {
    const grown = grow({
      rows,
      gradients: gradients[k]!,
      hessians: objective.unitHessian ? null : hessians[k]!,
      columns: sampleColumns(binned.columns.length, settings.columnSample, rng),
    });
    if (objective.renewAt !== undefined) renew(grown, rows, scores[k]!, data, objective.renewAt);
    const { tree, starts, ends } = grown;
    split ||= tree.nodes.length > 0;
    tree.values.forEach((value, leaf) => {
      const shrunk = (tree.values[leaf] = value * settings.learningRate);
      for (let i = starts[leaf]!; i < ends[leaf]!; i++) scores[k]![rows[i]!]! += shrunk;
    });
    addTree(tree, binned, rest, scores[k]!);
    state.trees.push(tree);
  }
  if (split || settings.rowSample < 1 || settings.columnSample < 1) return true;
  state.trees.length -= objective.outputs;
  return false;
}

/** Notes the best round; true when it is long ago. */
function worsened(state: State): boolean {
  const { objective, scores, data, validation, settings } = state;
  if (validation.length === 0) {
    state.kept = state.trees.length;
    return false;
  }
  const loss = objective.loss(scores, data, validation);
  if (loss < state.best) {
    state.best = loss;
    state.kept = state.trees.length;
    state.waited = 0;
  } else state.waited++;
  return state.waited >= settings.earlyStoppingRounds;
}

function sampleRows({ settings, training, validation, rng }: State) {
  if (settings.rowSample === 1) return { rows: training, rest: validation };
  const rows: number[] = [];
  const rest: number[] = [];
  for (const row of training) (rng.next() < settings.rowSample ? rows : rest).push(row);
  if (rows.length === 0) return { rows: training.slice(), rest: validation };
  return { rows: Int32Array.from(rows), rest: Int32Array.from([...rest, ...validation]) };
}

function sampleColumns(columns: number, share: number, rng: Rng): number[] {
  const all = Array.from({ length: columns }, (_, c) => c);
  if (share === 1) return all;
  const wanted = Math.max(1, Math.round(columns * share));
  for (let i = 0; i < wanted; i++) {
    const j = i + rng.below(columns - i);
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all.slice(0, wanted).sort((a, b) => a - b);
}

/** Leaf values become a quantile of the residuals (Friedman 2001, LAD regression). */
function renew(
  { tree, starts, ends, bounds }: Grown,
  rows: Int32Array,
  scores: Float64Array,
  { y, weights }: TrainingData,
  level: number,
): void {
  tree.values.forEach((_, leaf) => {
    const held = rows.subarray(starts[leaf], ends[leaf]);
    const residuals = Float64Array.from(held, (row) => y[row]! - scores[row]!);
    const value = weightedQuantile(
      residuals,
      level,
      weights && Float64Array.from(held, (row) => weights[row]!),
    );
    const { lower, upper } = bounds[leaf]!;
    tree.values[leaf] = Math.min(Math.max(value, lower), upper);
  });
}
