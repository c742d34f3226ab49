export type DeadBand = { kind: 'percent'; value: number } | { kind: 'money'; value: number };
export type Way = 'up' | 'flat' | 'down';

export const ways: readonly Way[] = ['up', 'flat', 'down'];

/** Which way a value went, with all moves inside the band called flat. */
export function wayOf(current: number, later: number, deadBand: DeadBand): Way {
  const band = bandOf(current, deadBand);
  return later > current + band ? 'up' : later < current - band ? 'down' : 'flat';
}

/** Half the width of the band around a value, in its units. */
export const bandOf = (current: number, { kind, value }: DeadBand): number =>
  kind === 'percent' ? (Math.abs(current) * value) / 100 : value;
