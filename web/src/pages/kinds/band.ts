/** The 80 % interval, or the narrowest there is. */
export function bandOf<Band extends { level: number }>(
  intervals: readonly Band[],
): Band | undefined {
  return (
    intervals.find(({ level }) => level === 0.8) ??
    intervals.toSorted((a, b) => a.level - b.level)[0]
  );
}
