import type { Prediction } from '../contract/predictions.js';
import { around, type StoredInterval } from '../training/quality.js';
import type { VersionMeta } from '../training/package.js';
import type { LoadedModel, Page } from '../workspace/types.js';

const DECIMALS: Record<Page['unit'], number> = {
  money: 2,
  unitPrice: 4,
  quantity: 3,
  number: 6,
  probability: 6,
};

/** A number as JSON carries it: money in cents, and no digits that mean nothing. */
export function inScale({ unit }: Pick<Page, 'unit'>, value: number): number {
  const scale = 10 ** DECIMALS[unit];
  return Math.round(value * scale) / scale;
}

/** A value held between the smallest and the largest that make sense. */
export function bounded({ declaration }: Pick<LoadedModel, 'declaration'>, value: number): number {
  if (declaration.task !== 'regress') return value;
  const { floor = -Infinity, ceiling = Infinity } = declaration;
  return Math.min(Math.max(value, floor), ceiling);
}

/** Intervals around a prediction from the residuals of held-out rows; levels without support are left out. */
export function intervalsAround(
  model: Pick<LoadedModel, 'declaration'>,
  { detail }: VersionMeta,
  value: number,
): Prediction['intervals'] {
  const stored = detail['intervals'] as StoredInterval[] | undefined;
  if (stored === undefined) return [];
  return stored.flatMap((interval) => {
    if ('reason' in interval) return [];
    const [lower, upper] = around(interval, value);
    const end = (at: number) => inScale(model.declaration.page, bounded(model, at));
    return [{ level: interval.level, lower: end(lower), upper: end(upper) }];
  });
}
