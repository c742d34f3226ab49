import { classShares, weightedMean } from '../baseline/constant.js';
import type { Estimator, TrainingData } from '../estimator.js';
import { inRange } from '../parameters.js';
import { admit, classIndex, notNegative, positive, type TargetRule } from '../training-data.js';
import { learnEncoder } from './encoder.js';
import { bernoulli, gammaFamily, multinomial, poissonFamily } from './families.js';
import { gramOf, termMoments } from './gram.js';
import { linearModel, type LinearParts } from './model.js';
import type { Family } from './likelihood.js';
import { newton } from './newton.js';
import { encoderOptions, likelihoodTable, type PreprocessingParameters } from './parameters.js';

export interface GeneralisedParameters extends PreprocessingParameters {
  l1: number;
  l2: number;
}

/** Logistic regression: binary for two classes, multinomial for more. */
export function logistic(
  parameters: Partial<GeneralisedParameters & { classes: number }> = {},
): Estimator {
  const classes = inRange('classes', parameters.classes ?? 2, { from: 2, whole: true });
  return generalised(parameters, {
    name: 'logistic',
    link: classes === 2 ? 'logit' : 'softmax',
    family: classes === 2 ? bernoulli : multinomial(classes),
    target: classIndex(classes),
    start(data) {
      const logs = classShares(data, classes).map((share) => Math.log(Math.max(share, 1e-9)));
      return classes === 2 ? Float64Array.of(logs[1]! - logs[0]!) : logs;
    },
  });
}

/** Regression of counts with a log link; the offset is the log of the exposure. */
export const poisson = (parameters: Partial<GeneralisedParameters> = {}): Estimator =>
  generalised(parameters, {
    name: 'poisson',
    link: 'log',
    family: poissonFamily,
    target: notNegative,
    start({ y, weights, offset }) {
      const exposure = offset ? weightedMean(offset.map(Math.exp), weights) : 1;
      return Float64Array.of(Math.log(Math.max(weightedMean(y, weights) / exposure, 1e-9)));
    },
  });

/** Regression of positive amounts with a log link; the offset is the log of the exposure. */
export const gamma = (parameters: Partial<GeneralisedParameters> = {}): Estimator =>
  generalised(parameters, {
    name: 'gamma',
    link: 'log',
    family: gammaFamily,
    target: positive,
    start({ y, weights, offset }) {
      const ratios = offset ? y.map((value, row) => value / Math.exp(offset[row]!)) : y;
      return Float64Array.of(Math.log(weightedMean(ratios, weights)));
    },
  });

interface Likelihood {
  name: string;
  link: LinearParts['link'];
  family: Family;
  target: TargetRule;
  /** Intercepts of a model without columns: where Newton's method starts. */
  start: (data: TrainingData) => Float64Array;
}

function generalised(
  parameters: Partial<GeneralisedParameters>,
  { name, link, family, target, start }: Likelihood,
): Estimator {
  const l1 = inRange('l1', parameters.l1 ?? likelihoodTable.l1.default, { from: 0 });
  const l2 = inRange('l2', parameters.l2 ?? likelihoodTable.l2.default, { from: 0 });
  const options = encoderOptions(parameters);
  return {
    async fit(given, { stop, progress }) {
      const data = admit(given, target);
      const encoder = learnEncoder(data.x, data.weights, options);
      const size = encoder.terms + 1;
      const beta = new Float64Array(family.outputs * size);
      start(data).forEach((value, k) => (beta[k * size + size - 1] = value));
      const coefficients = isSettled(data)
        ? beta
        : newton({ encoder, data, family, l1, l2, stop }, beta);
      progress?.(1);
      const moments = termMoments(gramOf(encoder, data));
      return linearModel({ name, link, encoder, coefficients, ...moments });
    },
  };
}

/** Nothing to learn beyond the intercept, whose optimum may lie at infinity. */
const isSettled = ({ y, offset }: TrainingData) =>
  y.every((value) => value === y[0]) && (offset === undefined || y[0] === 0);
