import type { ModelAnswer } from '@tino/system/contract';

export type Feature = ModelAnswer['features'][number];
export type Row = Record<string, string | number | null>;

/** The typical one: where the form starts. */
export const typicalRow = ({ features }: ModelAnswer): Row =>
  Object.fromEntries(features.map(({ name, typical }) => [name, rounded(typical)]));

const rounded = (value: Feature['typical']) =>
  typeof value === 'number' ? Number(value.toPrecision(4)) : value;

/** A yes or no kept as 0 and 1: its phrase names the column and nothing is measured in it. */
export const isFlag = ({ type, low, high, phrase, name }: Feature): boolean =>
  type === 'number' && low === 0 && high === 1 && phrase.en.startsWith(name.replaceAll('_', ' '));

/** Steps that a slider takes between the first and the last value seen. */
export function stepOf({ low = 0, high = 1, typical }: Feature): number {
  const whole = Number.isInteger(low) && (typeof typical !== 'number' || Number.isInteger(typical));
  if (whole && high - low >= 2) return 1;
  return 10 ** Math.floor(Math.log10(Math.max(high - low, 1e-6) / 50));
}
