import type { Estimator, TrainingData } from '../estimator.js';
import { inRange } from '../parameters.js';
import type { Rng } from '../random.js';
import { admit, anyNumber } from '../training-data.js';
import { kFold } from '../validate/folds.js';
import { learnEncoder, type Encoder } from './encoder.js';
import { combineGrams, gramsOf, squaredError, termMoments, type Gram } from './gram.js';
import { solveElasticNet, solveRidge } from './least-squares.js';
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
    grid: powersOfTen(-3, 5),
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
    grid: powersOfTen(-5, 1),
    solve: (gram, penalty) => solveElasticNet(gram, penalty, l1Ratio),
  });
}

interface Solver {
  alpha: number;
  cv: number;
  grid: readonly number[];
  solve: (gram: Gram, alpha: number) => Float64Array;
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
      const grams = foldGrams(encoder, data, folds, rng);
      const whole = grams.reduce((sum, gram) => combineGrams(sum, gram, 1));
      const alpha = folds > 1 ? chooseAlpha(grams, whole, solver) : solver.alpha;
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
  if (folds === 1) return gramsOf(encoder, data, 1, () => 0);
  const foldOf = new Int32Array(data.x.rows);
  const { groups } = data;
  kFold(data.x.rows, { folds, rng: rng.fork('alpha'), ...(groups && { groups }) }).forEach(
    ({ test }, fold) => test.forEach((row) => (foldOf[row] = fold)),
  );
  return gramsOf(encoder, data, folds, (row) => foldOf[row]!);
}

/** The penalty with the least squared error on rows left out; ties go to the stronger one. */
function chooseAlpha(grams: readonly Gram[], whole: Gram, { grid, solve }: Solver): number {
  let chosen = grid[0]!;
  let least = Infinity;
  for (const alpha of grid) {
    let error = 0;
    for (const gram of grams)
      error += squaredError(gram, solve(combineGrams(whole, gram, -1), alpha));
    if (error <= least) {
      least = error;
      chosen = alpha;
    }
  }
  return chosen;
}

const powersOfTen = (from: number, to: number) =>
  Array.from({ length: 2 * (to - from) + 1 }, (_, i) => 10 ** (from + i / 2));
