/**
 * A miss rate that follows what happens: dynamically tuned adaptive conformal inference (Gibbs and
 * Candès, 2024). Experts adapt at several speeds, and those that would have done well are
 * followed.
 */
export interface AdaptiveRate {
  /** The miss rate to aim the next interval at, 0..1, so that 1 − level of them miss. */
  rate(): number;
  /**
   * Takes the outcomes of one moment, of several series as one step.
   * @param ranks of each outcome the largest miss rate whose interval still holds it, 0..1
   */
  update(ranks: readonly number[]): void;
}

const SPEEDS = [0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128];

/** @param moments about how many will be seen: how soon an expert may be forgotten */
export function adaptiveRate(level: number, moments: number): AdaptiveRate {
  const target = 1 - level;
  const span = Math.max(2, moments);
  const mixing = 1 / (2 * span);
  // The rate of learning that bounds the regret over the span (their section 3).
  const spread = (1 - target) ** 2 * target ** 3 + target ** 2 * (1 - target) ** 3;
  const eta = Math.sqrt((3 / span) * ((Math.log(SPEEDS.length * span) + 2) / spread));
  const rates = SPEEDS.map(() => target);
  let weights = SPEEDS.map(() => 1 / SPEEDS.length);
  return {
    rate: () => clamp(weights.reduce((sum, weight, e) => sum + weight * rates[e]!, 0)),
    update(ranks) {
      if (ranks.length === 0) return;
      const losses = rates.map((rate) => mean(ranks.map((rank) => pinball(rank, rate, target))));
      const grown = weights.map((weight, e) => weight * Math.exp(-eta * losses[e]!));
      const total = grown.reduce((sum, weight) => sum + weight, 0);
      weights = grown.map((weight) => ((1 - mixing) * weight) / total + mixing / SPEEDS.length);
      rates.forEach((rate, e) => {
        const missed = mean(ranks.map((rank) => (rank < rate ? 1 : 0)));
        rates[e] = rate + SPEEDS[e]! * (target - missed);
      });
    },
  };
}

const pinball = (rank: number, rate: number, target: number) =>
  target * (rank - rate) - Math.min(0, rank - rate);

const clamp = (rate: number) => Math.min(1, Math.max(0, rate));
const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
