import type { Forecast, ModelAnswer } from '@tino/system/contract';

/** Predicted total minus last year's; null where there is none. */
export const differenceOf = ({ total, lastYear }: Forecast): number | null =>
  lastYear === null ? null : total.value - lastYear;

/** Members in the order in which they deserve a look. */
export function worstFirst(members: readonly Forecast[], { page }: ModelAnswer): Forecast[] {
  const sign = page.worse === 'high' ? -1 : 1;
  return members.toSorted(
    (a, b) =>
      sign * ((differenceOf(a) ?? Infinity * sign) - (differenceOf(b) ?? Infinity * sign)) || 0,
  );
}
