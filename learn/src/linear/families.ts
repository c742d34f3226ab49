import { boundedExp, sigmoid, softplus } from '../boosting/objective.js';
import { softmaxInPlace } from '../boosting/scores.js';
import type { Family } from './likelihood.js';

export const bernoulli: Family = {
  outputs: 1,
  loss: (scores, y) => softplus(scores[0]!) - y * scores[0]!,
  derive(scores, y, first, second) {
    const p = sigmoid(scores[0]!);
    first[0] = p - y;
    second[0] = p * (1 - p);
  },
};

export const poissonFamily: Family = {
  outputs: 1,
  loss: (scores, y) => boundedExp(scores[0]!) - y * scores[0]!,
  derive(scores, y, first, second) {
    const mean = boundedExp(scores[0]!);
    first[0] = mean - y;
    second[0] = mean;
  },
};

/** Gamma with a log link: the variance grows with the square of the mean. */
export const gammaFamily: Family = {
  outputs: 1,
  loss: (scores, y) => scores[0]! + y * boundedExp(-scores[0]!),
  derive(scores, y, first, second) {
    const ratio = y * boundedExp(-scores[0]!);
    first[0] = 1 - ratio;
    second[0] = ratio;
  },
};

/** One linear predictor a class; what all share is settled by the penalty. */
export function multinomial(classes: number): Family {
  const p = new Float64Array(classes);
  return {
    outputs: classes,
    loss(scores, y) {
      p.set(scores);
      softmaxInPlace(p, 0, classes);
      return -Math.log(Math.max(p[y]!, 1e-300));
    },
    derive(scores, y, first, second) {
      p.set(scores);
      softmaxInPlace(p, 0, classes);
      for (let k = 0; k < classes; k++) {
        first[k] = p[k]! - (y === k ? 1 : 0);
        for (let l = 0; l <= k; l++)
          second[k * classes + l] = (k === l ? p[k]! : 0) - p[k]! * p[l]!;
      }
    },
  };
}
