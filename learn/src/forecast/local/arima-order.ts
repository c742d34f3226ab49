import { fitArma, type ArimaOrder, type ArmaFit, type ArmaProblem } from './arima-fit.js';

export interface OrderLimits {
  ordersMax: number;
  seasonalMax: number;
  modelsMax: number;
}

export interface Chosen {
  order: ArimaOrder;
  /** A mean, or after one difference a drift. */
  constant: boolean;
  fit: ArmaFit;
}

type Step = readonly [p: number, q: number, P: number, Q: number];

/** Hyndman and Khandakar (2008), section 3.2, in the order of auto.arima: seasonal ones first. */
const STEPS: readonly Step[] = [
  [0, 0, -1, 0],
  [0, 0, 0, -1],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
  [0, 0, -1, -1],
  [0, 0, -1, 1],
  [0, 0, 1, -1],
  [0, 0, 1, 1],
  [-1, 0, 0, 0],
  [0, -1, 0, 0],
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [-1, -1, 0, 0],
  [-1, 1, 0, 0],
  [1, -1, 0, 0],
  [1, 1, 0, 0],
];

/**
 * Walks from four simple models to neighbours with a smaller AICc until none is better. Each fit
 * begins from the coefficients of the model that it varies.
 * @param columns the regressors without a constant; a column of ones is added where a constant is
 */
export function searchOrder(
  { values, regressors, period }: ArmaProblem,
  { d, D }: { d: number; D: number },
  limits: OrderLimits,
): Chosen {
  const n = values.length;
  const third = Math.floor(n / 3);
  const most = Math.min(limits.ordersMax, third);
  const seasonalMost = period > 1 ? Math.min(limits.seasonalMax, Math.floor(third / period)) : 0;
  const ones = new Float64Array(n).fill(1);
  const mayHaveConstant = d + D <= 1;
  const tried = new Set<string>();
  const attempt = (step: Step, constant: boolean, near?: Chosen): Chosen | undefined => {
    const [p, q, P, Q] = step;
    if (Math.min(p, q, P, Q) < 0 || Math.max(p, q) > most || Math.max(P, Q) > seasonalMost) return;
    const name = `${p} ${q} ${P} ${Q} ${constant}`;
    if (tried.has(name) || tried.size >= limits.modelsMax) return;
    tried.add(name);
    const order = { p, d, q, P, D, Q };
    const columns = constant ? [...regressors, ones] : regressors;
    const start = startFrom(order, near);
    const fit = fitArma({ values, regressors: columns, period }, order, start);
    return { order, constant, fit };
  };
  const s = Math.min(1, seasonalMost);
  const firsts: [Step, boolean][] = [
    [[Math.min(2, most), Math.min(2, most), s, s], mayHaveConstant],
    [[0, 0, 0, 0], mayHaveConstant],
    [[Math.min(1, most), 0, s, 0], mayHaveConstant],
    [[0, Math.min(1, most), 0, s], mayHaveConstant],
    [[0, 0, 0, 0], false],
  ];
  const found = firsts.map(([step, constant]) => attempt(step, constant)).filter(isFitted);
  let best = found.reduce((a, b) => (b.fit.criterion < a.fit.criterion ? b : a));
  for (let better: Chosen | undefined = best; better !== undefined;) {
    better = undefined;
    const { p, q, P, Q } = best.order;
    const near = STEPS.map(([a, b, c, e]): [Step, boolean] => [
      [p + a, q + b, P + c, Q + e],
      best.constant,
    ]);
    if (mayHaveConstant) near.push([[p, q, P, Q], !best.constant]);
    for (const [step, constant] of near) {
      const next = attempt(step, constant, best);
      if (next === undefined || !(next.fit.criterion < best.fit.criterion)) continue;
      best = better = next;
      break;
    }
  }
  return best;
}

const isFitted = (chosen: Chosen | undefined): chosen is Chosen => chosen !== undefined;

/** The coefficients of a neighbour, with new ones at nothing. */
function startFrom({ p, q, P, Q }: ArimaOrder, near?: Chosen): Float64Array {
  const out = new Float64Array(p + q + P + Q);
  if (near === undefined) return out.fill(0.1);
  const { order, fit } = near;
  const from = [order.p, order.q, order.P, order.Q];
  let read = 0;
  let write = 0;
  [p, q, P, Q].forEach((size, i) => {
    // A coefficient at its bound has no slope to come back by.
    for (let j = 0; j < Math.min(size, from[i]!); j++)
      out[write + j] = Math.max(-2, Math.min(2, fit.x[read + j]!));
    read += from[i]!;
    write += size;
  });
  return out;
}
