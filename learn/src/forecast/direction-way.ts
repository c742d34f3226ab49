export type DeadBand = { kind: 'percent'; value: number } | { kind: 'money'; value: number };
export type Way = 'up' | 'flat' | 'down';

export const ways: readonly Way[] = ['up', 'flat', 'down'];

/** Which way a value went, with all moves inside the band called flat. */
export function wayOf(current: number, later: number, { kind, value }: DeadBand): Way {
  const band = kind === 'percent' ? (Math.abs(current) * value) / 100 : value;
  return later > current + band ? 'up' : later < current - band ? 'down' : 'flat';
}
