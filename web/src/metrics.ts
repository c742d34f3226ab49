import type { Language, Words } from '@tino/system/contract';
import { number } from './format.js';

/** Errors relative to the total: read as per cent. */
const SHARES = new Set(['wape', 'mape', 'smape', 'medianApe', 'placed']);
const NAMES: Record<string, string> = {
  wape: 'WAPE',
  mape: 'MAPE',
  smape: 'sMAPE',
  mase: 'MASE',
  rmsse: 'RMSSE',
  rmse: 'RMSE',
  mae: 'MAE',
  medianAe: 'MedAE',
  r2: 'R²',
  rocAuc: 'ROC AUC',
  prAuc: 'PR AUC',
  averagePrecision: 'PR AUC',
  logLoss: 'log loss',
  brier: 'Brier',
  silhouette: 'silhouette',
  densityValidity: 'DBCV',
  poissonDeviance: 'Poisson deviance',
};

/** Names that are words of ours. */
const WORDS: Record<string, Words> = { placed: { pt: 'com grupo', en: 'placed' } };

/** `ROC AUC`; a name that is not of the field's is shown as it is written. */
export const metricName = (metric: string, language: Language): string =>
  WORDS[metric]?.[language] ?? NAMES[metric] ?? metric;

/** `9,6%` for relative errors, `0,82` for scores, `1.576` for errors in the target's unit. */
export function metricValue(metric: string, value: number, language: Language): string {
  if (SHARES.has(metric)) return `${number(value * 100, language, 1)}%`;
  return number(value, language, digitsOf(value));
}

/** A difference of metrics with its sign: points for per-cents. */
export function metricDifference(metric: string, value: number, language: Language): string {
  const size = SHARES.has(metric)
    ? `${number(Math.abs(value) * 100, language, 1)} pt`
    : number(Math.abs(value), language, digitsOf(value));
  return `${value < 0 ? '−' : value > 0 ? '+' : ''}${size}`;
}

const digitsOf = (value: number) => (Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 3);
