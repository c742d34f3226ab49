import { weightedQuantile } from './quantile.js';
import type { Measure } from './measure.js';
import { accuracy, brier, f1, logLoss } from './probability.js';
import { prAuc, rocAuc } from './ranking.js';
import { mae, mape, pinball, poissonDeviance, r2, rmse, rmsle, smape, wape } from './regression.js';

export interface Metric {
  name: string;
  better: 'higher' | 'lower';
  /** What it is measured on: a class probability or a predicted value. */
  needs: 'probability' | 'value';
  /** With more than two classes `predicted` is rows × classes and `classes` must be given. */
  of: Measure;
}

const value = (better: Metric['better'], of: Measure) => ({ better, needs: 'value', of }) as const;
const probability = (better: Metric['better'], of: Measure) =>
  ({ better, needs: 'probability', of }) as const;

const medianAe: Measure = (y, predicted, weights) =>
  weightedQuantile(
    Float64Array.from(y, (actual, row) => Math.abs(actual - predicted[row]!)),
    0.5,
    weights,
  );

/** Every metric by name. */
const metrics: Record<string, Omit<Metric, 'name'>> = {
  rmse: value('lower', rmse),
  mae: value('lower', mae),
  wape: value('lower', wape),
  mape: value('lower', mape),
  smape: value('lower', smape),
  r2: value('higher', r2),
  rmsle: value('lower', rmsle),
  medianAe: value('lower', medianAe),
  poissonDeviance: value('lower', poissonDeviance),
  pinball: value('lower', (y, predicted, weights) => pinball(y, predicted, 0.5, weights)),
  rocAuc: probability('higher', rocAuc),
  prAuc: probability('higher', prAuc),
  averagePrecision: probability('higher', prAuc),
  logLoss: probability('lower', logLoss),
  brier: probability('lower', brier),
  accuracy: probability('higher', accuracy),
  f1: probability('higher', f1),
};

export const metricNames: readonly string[] = Object.keys(metrics);

/** Throws on an unknown name, naming those there are. `pinball` is that of the median. */
export function metricOf(name: string): Metric {
  if (!Object.hasOwn(metrics, name))
    throw new Error(`metric ${name} is unknown; there are ${metricNames.join(', ')}`);
  return { name, ...metrics[name]! };
}
