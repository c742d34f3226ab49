import type { TrainingData } from '../estimator.js';
import type { BoostingSettings } from './defaults.js';
import type { Objective } from './scores.js';

/**
 * The data with each row's weight multiplied by that of its class. `balanced` gives every class the
 * same total, and keeps the total of all.
 */
export function weighClasses(
  classWeights: BoostingSettings['classWeights'],
  objective: Objective,
  data: TrainingData,
): TrainingData {
  if (classWeights === 'none') return data;
  if (objective.link !== 'logit' && objective.link !== 'softmax')
    throw new RangeError(
      `classWeights are given, but ${objective.name} has no classes; leave them out`,
    );
  const classes = objective.link === 'logit' ? 2 : objective.outputs;
  const factor =
    classWeights === 'balanced' ? balanced(data, classes) : given(classWeights, classes);
  const { y } = data;
  const weights = Float64Array.from(
    y,
    (label, row) => factor[label]! * (data.weights ? data.weights[row]! : 1),
  );
  return { ...data, weights };
}

function balanced({ y, weights }: TrainingData, classes: number): Float64Array {
  const totals = new Float64Array(classes);
  let total = 0;
  for (let row = 0; row < y.length; row++) {
    const weight = weights ? weights[row]! : 1;
    totals[y[row]!]! += weight;
    total += weight;
  }
  const present = totals.filter((sum) => sum > 0).length;
  return totals.map((sum) => (sum > 0 ? total / (present * sum) : 0));
}

function given(classWeights: Record<string, number>, classes: number): Float64Array {
  const factor = new Float64Array(classes).fill(1);
  for (const [label, weight] of Object.entries(classWeights)) {
    const index = Number(label);
    if (!Number.isInteger(index) || index < 0 || index >= classes)
      throw new RangeError(
        `classWeights names class ${label}, expected an index from 0 to ${classes - 1}`,
      );
    if (!(weight > 0 && weight < Infinity))
      throw new RangeError(`classWeights of class ${label} is ${weight}, expected above 0`);
    factor[index] = weight;
  }
  return factor;
}
