import { exp } from '../lib/exp';
import { argument } from '../lib/team';

const CHUNK: i32 = 8192;
const LOGISTIC: i32 = 1;
const POISSON: i32 = 2;

/** Poisson hessians are e^0.7 too large on purpose: a leaf of zeros would else run to minus infinity. */
const CAUTION: f64 = 2.0137527074704766;

/**
 * First and second derivatives of a loss of one raw score, by row. Arguments: loss, rows, scores,
 * targets, weights (0: all 1), gradients, hessians (0: not wanted); columns of f64.
 */
export function deriveRows(chunk: i32): void {
  const loss = argument(0);
  const end = min((chunk + 1) * CHUNK, argument(1));
  const weights = <usize>argument(4);
  const hessians = <usize>argument(6);
  for (let row = chunk * CHUNK; row < end; row++) {
    const at = (<usize>row) << 3;
    const score = load<f64>(<usize>argument(2) + at);
    const target = load<f64>(<usize>argument(3) + at);
    const weight: f64 = weights == 0 ? 1 : load<f64>(weights + at);
    let gradient = score - target;
    let hessian: f64 = 1;
    if (loss == LOGISTIC) {
      const p = 1 / (1 + exp(-score));
      gradient = p - target;
      hessian = max<f64>(p * (1 - p), 1e-16);
    } else if (loss == POISSON) {
      const mean = exp(min<f64>(score, 500));
      gradient = mean - target;
      hessian = mean * CAUTION;
    }
    store<f64>(<usize>argument(5) + at, weight * gradient);
    if (hessians != 0) store<f64>(hessians + at, weight * hessian);
  }
}
