/**
 * What the recent moves of a series may say of its next one, in units of its usual step: momentum,
 * return to the mean, and the season.
 */
export const moveNames = [
  'last step',
  'two steps',
  'three steps',
  'half a period',
  'period',
  'above half a period',
  'above a period',
  'above two periods',
  'same time in the past',
  'same time last period',
  'usual step',
  'apart from partner',
  'last step of partner',
] as const;

/** Where a usual step is unknown, and how far a single move may speak. */
const LIMIT = 4;

/**
 * @param values up to the moment that is looked from; logarithms where moves are ratios
 * @param ahead steps to the move that is asked about
 * @param partner the series that moved most alike, ending at the same moment; empty without one
 * @param out one a name of `moveNames`; 0 where it is not known
 */
export function movesOf(
  values: Float64Array,
  partner: Float64Array,
  { period, ahead }: { period: number; ahead: number },
  out: Float64Array,
): void {
  out.fill(0);
  const last = values.length - 1;
  const cycle = Math.max(4, period);
  const usual = usualStep(values, 2 * cycle);
  if (!(usual > 0)) return;
  const now = values[last]!;
  const half = Math.max(2, cycle >> 1);
  const since = (steps: number) => (now - (values[last - steps] ?? NaN)) / usual;
  const above = (width: number) => (now - meanOfLast(values, width)) / usual;
  const past: number[] = [];
  for (let t = last - cycle; t >= 0; t -= cycle) past.push((values[t + ahead] ?? NaN) - values[t]!);
  const known = past.filter((move) => !Number.isNaN(move));
  const all = [
    since(1),
    since(2),
    since(3),
    since(half),
    since(cycle),
    above(half),
    above(cycle),
    above(2 * cycle),
    known.length >= 2 ? known.reduce((sum, move) => sum + move, 0) / known.length / usual : NaN,
    (past[0] ?? NaN) / usual,
    Math.log(usual) + 3,
    apart(values, partner, 2 * cycle) / usual,
    ((partner.at(-1) ?? NaN) - (partner.at(-2) ?? NaN)) / usual,
  ];
  all.forEach((value, i) => {
    if (Number.isFinite(value)) out[i] = Math.max(-LIMIT, Math.min(LIMIT, value));
  });
}

/** How much further than usual the last value is above the partner's. */
function apart(values: Float64Array, partner: Float64Array, width: number): number {
  const shift = partner.length - values.length;
  const gaps = values.map((value, t) => value - (partner[t + shift] ?? NaN));
  return gaps[gaps.length - 1]! - meanOfLast(gaps, width);
}

/** Root mean square of the last steps. */
function usualStep(values: Float64Array, width: number): number {
  let squares = 0;
  let count = 0;
  for (let t = Math.max(1, values.length - width); t < values.length; t++) {
    const move = values[t]! - values[t - 1]!;
    if (Number.isNaN(move)) continue;
    squares += move * move;
    count++;
  }
  return count > 2 ? Math.sqrt(squares / count) : NaN;
}

function meanOfLast(values: Float64Array, width: number): number {
  if (values.length < width) return NaN;
  let sum = 0;
  let count = 0;
  for (let t = values.length - width; t < values.length; t++) {
    if (Number.isNaN(values[t]!)) continue;
    sum += values[t]!;
    count++;
  }
  return sum / count;
}
