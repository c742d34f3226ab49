import type { Effects, Estimator, Model, TrainingData } from '../estimator.js';
import { schemaOf } from '../frame.js';
import { admit, anyNumber } from '../training-data.js';
import { weighClasses } from './class-weights.js';
import { packForest } from './forest.js';
import { joinForests } from './join-forests.js';
import { boostedModel } from './model.js';
import { boostingSettings, type BoostingOptions, type BoostingSettings } from './parameters.js';
import { boostRounds } from './rounds.js';
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
  const { rng } = effects;
  const split = holdOut(settings, objective, data, rng);
  const { start, trees, binned } = boostRounds(
    { settings, objective, data, split, earlier, rng },
    effects,
  );
  effects.progress?.(1);
  const columns = schemaOf(data.x);
  const grown = packForest(trees, binned);
  return boostedModel({
    columns,
    link: objective.link,
    objective: objective.name,
    start,
    forest: earlier ? joinForests(columns, earlier.forest, grown) : grown,
  });
}
