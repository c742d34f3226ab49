import type { Effects, Estimator, Model, TrainingData } from '../estimator.js';
import { schemaOf } from '../frame.js';
import { admit, anyNumber } from '../training-data.js';
import { weighClasses } from './class-weights.js';
import { packForest } from './forest.js';
import { joinForests } from './join-forests.js';
import { scaleTree } from './dart.js';
import { boostedModel, type BoostedParts } from './model.js';
import { orderCategories, type OrderedCategories } from './ordered-target.js';
import type { Rng } from '../random.js';
import { boostingSettings, type BoostingOptions, type BoostingSettings } from './parameters.js';
import { boostRounds, type Boosted, type Run } from './rounds.js';
import { objectiveOf, outputsOf } from './scores.js';
import { holdOut } from './validation.js';
import { earlierOf, readAs } from './warm-start.js';

/**
 * Gradient boosted trees over binned columns, grown leaf by leaf, with learned directions of
 * missing values and sets of levels (Friedman 2001; Ke et al. 2017). An offset moves the scores in
 * training and is not added by the model.
 */
export function boosting(options: BoostingOptions = {}): Estimator {
  const settings = boostingSettings(options);
  return { fit: (data, effects) => fit(settings, data, effects) };
}

async function fit(
  settings: BoostingSettings,
  given: TrainingData,
  effects: Effects,
): Promise<Model> {
  const outputs = outputsOf(settings.objective, settings.classes);
  const admitted = admit(given, anyNumber, outputs);
  const objective = objectiveOf(settings.objective, settings, admitted);
  admit(admitted, objective.target, outputs);
  const earlier = settings.startFrom && earlierOf(settings.startFrom, objective);
  const weighed = weighClasses(settings.classWeights, objective, admitted);
  const data = earlier ? readAs(earlier, weighed) : weighed;
  const forest = boostMembers({ settings, objective, data, earlier }, effects);
  effects.progress?.(1);
  return boostedModel({
    columns: schemaOf(data.x),
    link: objective.link,
    objective: objective.name,
    ...forest,
  });
}

/** The mean of all members: their trees one after another, each with its share. */
function boostMembers(
  run: Omit<Run, 'split' | 'rng' | 'x'>,
  { rng, stop, progress }: Effects,
): Pick<BoostedParts, 'start' | 'forest'> {
  const { settings, objective, data, earlier } = run;
  const columns = schemaOf(data.x);
  const ordered = settings.categories === 'ordered' ? orderedOf(settings, data, rng) : undefined;
  const boosted: Boosted[] = [];
  for (let member = 0; member < settings.members; member++) {
    const own = member === 0 ? rng : rng.fork(`member ${member}`);
    const split = holdOut(settings, objective, data, rng, member);
    const x = ordered?.frameOf(split, own.fork('order')) ?? data.x;
    const found = boostRounds(
      { ...run, x, split, rng: own },
      {
        ...(stop && { stop }),
        progress: (done) => progress?.((member + done) / settings.members),
      },
    );
    // A member cut short would pull the mean towards no answer; the first is all there is.
    if (stop?.stopped && member > 0) break;
    boosted.push(found);
  }
  const share = 1 / boosted.length;
  const forests = boosted.map(({ trees, binned }) => {
    for (const tree of trees) scaleTree(tree, share);
    const told = ordered?.asSets(trees, binned) ?? { trees, binned };
    return packForest(told.trees, told.binned);
  });
  if (earlier) forests.unshift(earlier.forest);
  return {
    start: meanStart(boosted),
    forest: forests.reduce((all, one) => joinForests(columns, all, one)),
  };
}

function orderedOf(settings: BoostingSettings, data: TrainingData, rng: Rng): OrderedCategories {
  const { orderedFrom, categorySmoothing, bins } = settings;
  const rows = Int32Array.from({ length: data.x.rows }, (_, row) => row);
  const { validation } = data;
  return orderCategories(
    data,
    validation ? rows.filter((row) => validation[row] !== 1) : rows,
    { levelsMin: orderedFrom, smoothing: categorySmoothing, bins },
    rng.fork('ordered'),
  );
}

const meanStart = (boosted: readonly Boosted[]): Float64Array =>
  boosted[0]!.start.map(
    (_, k) => boosted.reduce((sum, { start }) => sum + start[k]!, 0) / boosted.length,
  );
