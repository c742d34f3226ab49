import type { Estimator, TrainingData } from '../estimator.js';
import { inRange } from '../parameters.js';
import type { Rng } from '../random.js';
import { admit, anyNumber } from '../training-data.js';
import { kFold } from '../validate/folds.js';
import { learnEncoder, type Encoder } from './encoder.js';
import { combineGrams, gramOf, squaredError, termMoments, type Gram } from './gram.js';
import { penaltyPath, solveElasticNet, solveRidge } from './least-squares.js';
import { linearModel } from './model.js';
import {
  elasticNetTable,
  encoderOptions,
  ridgeTable,
  type PreprocessingParameters,
} from './parameters.js';

export interface RidgeParameters extends PreprocessingParameters {
  alpha: number;
  cv: number;
}

export interface ElasticNetParameters extends RidgeParameters {
  l1Ratio: number;
}

/** Least squares with a penalty on squares. An offset is taken from y, not added by the model. */
export function ridge(parameters: Partial<RidgeParameters> = {}): Estimator {
  const { alpha = ridgeTable.alpha.default, cv = ridgeTable.cv.default } = parameters;
  return leastSquares('ridge', parameters, {
    alpha: inRange('alpha', alpha, { from: 0 }),
    cv,
    path: () => powersOfTen(5, -3),
    solve: solveRidge,
  });
}

/** Least squares with a penalty on absolute values and squares: few columns have a coefficient. */
export function elasticNet(parameters: Partial<ElasticNetParameters> = {}): Estimator {
  const {
    alpha = elasticNetTable.alpha.default,
    l1Ratio = elasticNetTable.l1Ratio.default,
    cv = elasticNetTable.cv.default,
  } = parameters;
  inRange('l1Ratio', l1Ratio, { from: 0, to: 1 });
  return leastSquares('elasticNet', parameters, {
    alpha: inRange('alpha', alpha, { from: 0 }),
    cv,
    path: (gram) => penaltyPath(gram, l1Ratio),
    solve: (gram, penalty, from) => solveElasticNet(gram, penalty, l1Ratio, from),
  });
}

interface Solver {
  alpha: number;
  cv: number;
  /** Penalties to choose from, the strongest first. */
  path: (gram: Gram) => readonly number[];
  solve: (gram: Gram, alpha: number, from?: Float64Array) => Float64Array;
}

function leastSquares(
  name: string,
  parameters: Partial<PreprocessingParameters>,
  solver: Solver,
): Estimator {
  const options = encoderOptions(parameters);
  inRange('cv', solver.cv, { from: 0, whole: true });
  return {
    async fit(given, { rng, progress }) {
      const data = admit(given, anyNumber);
      const encoder = learnEncoder(data.x, data.weights, options);
      const folds = solver.cv > 1 && data.x.rows >= solver.cv ? solver.cv : 1;
      const grams = foldGrams(encoder, data, folds, rng.fork('alpha'));
      const whole = grams.reduce((sum, gram) => combineGrams(sum, gram, 1));
      const alpha = grams.length > 1 ? chooseAlpha(grams, whole, solver) : solver.alpha;
      progress?.(1);
      return linearModel({
        name,
        link: 'identity',
        encoder,
        coefficients: solver.solve(whole, alpha),
        ...termMoments(whole),
      });
    },
  };
}

function foldGrams(encoder: Encoder, data: TrainingData, folds: number, rng: Rng): Gram[] {
  if (folds === 1) return [gramOf(encoder, data)];
  const { groups } = data;
  const parts = kFold(data.x.rows, { folds, rng, ...(groups && { groups }) });
  // One group alone makes no fold: there is nothing to choose by.
  return parts.length === 0
    ? [gramOf(encoder, data)]
    : parts.map(({ test }) => gramOf(encoder, data, test));
}

/** The penalty with the least squared error on rows left out; ties go to the stronger one. */
function chooseAlpha(grams: readonly Gram[], whole: Gram, { path, solve }: Solver): number {
  const alphas = path(whole);
  const errors = alphas.map(() => 0);
  for (const gram of grams) {
    const rest = combineGrams(whole, gram, -1);
    let beta: Float64Array | undefined;
    alphas.forEach((alpha, i) => {
      beta = solve(rest, alpha, beta);
      errors[i]! += squaredError(gram, beta);
    });
  }
  return alphas[errors.indexOf(Math.min(...errors))]!;
}

/** From 10^from down to 10^to, two a power. */
const powersOfTen = (from: number, to: number) =>
  Array.from({ length: 2 * (from - to) + 1 }, (_, i) => 10 ** (from - i / 2));
