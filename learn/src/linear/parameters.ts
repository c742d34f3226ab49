import { inRange } from '../parameters.js';
import type { EncoderOptions } from './encoder.js';

/** What every linear estimator takes for its preprocessing. */
export interface PreprocessingParameters {
  logAboveSkewness: number | null;
  levelsMax: number;
}

export const preprocessingTable = {
  logAboveSkewness: {
    default: 2,
    says: 'log1p for columns from 0 with more skewness than this; null for never',
  },
  levelsMax: { default: 100, says: 'levels of a category with a term each, the most frequent' },
};

export function encoderOptions({
  logAboveSkewness = preprocessingTable.logAboveSkewness.default,
  levelsMax = preprocessingTable.levelsMax.default,
}: Partial<PreprocessingParameters>): EncoderOptions {
  return {
    logAboveSkewness: logAboveSkewness === null ? Infinity : logAboveSkewness,
    levelsMax: inRange('levelsMax', levelsMax, { from: 1, whole: true }),
  };
}

export const ridgeTable = {
  alpha: { default: 1, says: 'penalty on squared coefficients' },
  cv: { default: 0, says: 'folds that choose alpha from a grid instead; 0 for none' },
  ...preprocessingTable,
};

export const elasticNetTable = {
  alpha: { default: 0.01, says: 'penalty, per unit of weight' },
  l1Ratio: { default: 0.5, says: 'share of the penalty on absolute values, 0..1' },
  cv: { default: 0, says: 'folds that choose alpha from its path instead; 0 for none' },
  ...preprocessingTable,
};

/** Of logistic, Poisson and gamma regression. */
export const likelihoodTable = {
  l1: { default: 0, says: 'penalty on absolute coefficients: few columns keep one' },
  l2: { default: 1, says: 'penalty on squared coefficients' },
  ...preprocessingTable,
};
