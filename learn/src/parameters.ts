/** Says no to a parameter outside its range, in one voice for every estimator. */
export function inRange(
  name: string,
  value: number,
  { from = -Infinity, to = Infinity, whole = false },
): number {
  if (value >= from && value <= to && (!whole || Number.isInteger(value))) return value;
  const range = to === Infinity ? `from ${from}` : `from ${from} to ${to}`;
  throw new RangeError(`${name} is ${value}, expected a ${whole ? 'whole ' : ''}number ${range}`);
}

export function oneOf<T extends string>(name: string, value: T, allowed: readonly T[]): T {
  if (allowed.includes(value)) return value;
  throw new RangeError(`${name} is ${value}, expected one of ${allowed.join(', ')}`);
}
