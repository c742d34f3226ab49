import type { Effects, Estimator, Model, TrainingData } from '../estimator.js';
import { schemaOf } from '../frame.js';
import { admit, anyNumber } from '../training-data.js';
import { weighClasses } from './class-weights.js';
import { settle } from './defaults.js';
import { boostMembers } from './members.js';
import { boostedModel } from './model.js';
import { boostingSettings, type BoostingOptions, type OpenSettings } from './parameters.js';
import { objectiveOf, outputsOf } from './scores.js';
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

async function fit(open: OpenSettings, given: TrainingData, effects: Effects): Promise<Model> {
  const outputs = outputsOf(open.objective, open.classes);
  const admitted = admit(given, anyNumber, outputs);
  const objective = objectiveOf(open.objective, open, admitted);
  admit(admitted, objective.target, outputs);
  const earlier = open.startFrom && earlierOf(open.startFrom, objective);
  const weighed = weighClasses(open.classWeights, objective, admitted);
  const data = earlier ? readAs(earlier, weighed) : weighed;
  const settings = settle(open, objective, data);
  const forest = boostMembers({ settings, objective, data, earlier }, effects);
  effects.progress?.(1);
  return boostedModel({
    columns: schemaOf(data.x),
    link: objective.link,
    objective: objective.name,
    ...forest,
  });
}
