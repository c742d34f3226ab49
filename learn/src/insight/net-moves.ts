import { logGamma } from '../value/special.js';
import { falseDiscoveryRate } from './false-discovery.js';
import { normalQuantile } from './probability.js';

export interface MovesInput {
  /** By entity: segment ≥ 0 at the earlier moment, negative when absent. */
  previous: ArrayLike<number>;
  /** Of the same entities, later. */
  next: ArrayLike<number>;
  /** By entity: money at either moment. */
  before: ArrayLike<number>;
  after: ArrayLike<number>;
}

/** More went from one segment to another than came back. */
export interface NetMove {
  from: number;
  to: number;
  count: number;
  /** Who went the other way. */
  back: number;
  /** Share of false ones among moves as sure as this one, at most. */
  q: number;
  /** Money of those who went, at either moment. */
  before: number;
  after: number;
  /** Bounds of after − before, 95 %, as if they were drawn from all who could have gone. */
  lower: number;
  upper: number;
}

export interface NetMoves {
  moves: NetMove[];
  /** Pairs of segments between which somebody moved. */
  looks: number;
  /** Of those present at both moments, the share in the same segment; `NaN` for none. */
  stayed: number;
}

/**
 * Moves that are no coming and going: were nothing happening, either way would be as likely (sign
 * test; McNemar, 1947), guarded over all pairs of segments. The largest first.
 */
export function netMoves({ previous, next, before, after }: MovesInput): NetMoves {
  const rows = previous.length;
  for (const [name, { length }] of Object.entries({ next, before, after }))
    if (length !== rows) throw new RangeError(`${name} has ${length} rows, previous has ${rows}`);
  const movers = new Map<string, number[]>();
  let [both, same] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const [from, to] = [previous[row]!, next[row]!];
    if (from < 0 || to < 0) continue;
    both++;
    if (from === to) {
      same++;
      continue;
    }
    const own = movers.get(`${from} ${to}`);
    if (own === undefined) movers.set(`${from} ${to}`, [row]);
    else own.push(row);
  }
  const found: Omit<NetMove, 'q'>[] = [];
  const chances: number[] = [];
  for (const [pair, went] of movers) {
    const [from, to] = pair.split(' ').map(Number) as [number, number];
    const back = movers.get(`${to} ${from}`)?.length ?? 0;
    // Each pair once, by the way that more went; of a draw there is nothing to tell.
    if (back > went.length || (back === went.length && from > to)) continue;
    chances.push(signTest(went.length, back));
    found.push({ from, to, count: went.length, back, ...moneyOf(went, before, after) });
  }
  const q = falseDiscoveryRate(chances);
  const moves = found.map((move, i): NetMove => ({ ...move, q: q[i]! }));
  moves.sort((a, b) => b.count - a.count || a.from - b.from || a.to - b.to);
  return { moves, looks: moves.length, stayed: same / both };
}

function moneyOf(rows: readonly number[], before: ArrayLike<number>, after: ArrayLike<number>) {
  const sums = { before: 0, after: 0 };
  for (const row of rows) {
    sums.before += before[row]!;
    sums.after += after[row]!;
  }
  const mean = (sums.after - sums.before) / rows.length;
  let squares = 0;
  for (const row of rows) squares += (after[row]! - before[row]! - mean) ** 2;
  // One alone has no spread to tell of.
  const deviation = rows.length > 1 ? Math.sqrt((rows.length * squares) / (rows.length - 1)) : NaN;
  const reach = normalQuantile(0.975) * deviation;
  const change = sums.after - sums.before;
  return { ...sums, lower: change - reach, upper: change + reach };
}

/** Chance of a split at least as uneven as this when either side is as likely. */
function signTest(most: number, least: number): number {
  const n = most + least;
  let tail = 0;
  for (let k = most; k <= n; k++)
    tail += Math.exp(logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) - n * Math.LN2);
  return Math.min(1, 2 * tail);
}
