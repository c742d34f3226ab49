import type { Artifact } from '../artifact.js';
import type { Estimator, Model } from '../estimator.js';
import { inRange } from '../parameters.js';
import { admit, anyNumber } from '../training-data.js';
import { fitBgNbd } from './bg-nbd.js';
import { customerValue } from './customer-value.js';
import { fitGammaGamma, type GammaGamma } from './gamma-gamma.js';
import { customersOf, readingOf, type PurchaseReading } from './purchase-columns.js';
import { purchaseModel, type PurchaseState } from './purchase-model.js';

export interface BgNbdParams extends Partial<PurchaseReading> {
  /** Days over which the target is measured. */
  horizonDays: number;
}

interface State extends PurchaseState {
  spend: GammaGamma;
  /** Sum of the target ÷ sum of expected values in training. */
  factor: number;
}

/**
 * Customer value by BG/NBD × gamma-gamma, to race other regressors: reads frequency, recency_days,
 * tenure_days and monetary (mean value of a purchase) by name. Rows of one group are one customer at
 * several times, fitted once, by the latest. The target only sets the total.
 */
export function bgNbd(params: BgNbdParams): Estimator {
  const { horizonDays } = params;
  inRange('horizonDays', horizonDays, { from: 1 });
  const reading = readingOf(params);
  return {
    async fit(data) {
      const { x, y, weights, groups } = admit(data, anyNumber);
      const { all, latest, typical } = customersOf(x, groups, reading);
      const spending = latest.map((one) => ({ ...one, frequency: one.frequency + 1 }));
      const models = { purchases: fitBgNbd(latest), spend: fitGammaGamma(spending) };
      let [expected, happened, sum, total] = [0, 0, 0, 0];
      all.forEach((customer, row) => {
        const weight = weights?.[row] ?? 1;
        sum += weight * y[row]!;
        total += weight;
        if (customer === undefined) return;
        expected += weight * customerValue(models, customer, horizonDays);
        happened += weight * y[row]!;
      });
      const factor = expected > 0 && happened > 0 ? happened / expected : 1;
      return bgNbdModel({ horizonDays, ...reading, ...models, factor, mean: sum / total, typical });
    },
  };
}

export function loadBgNbd({ meta }: Artifact): Model {
  const state = meta['state'] as unknown as State;
  // Files of the first form name no column and no typical customer.
  return bgNbdModel({ ...state, ...readingOf(state), typical: state.typical ?? [] });
}

const bgNbdModel = (state: State): Model =>
  purchaseModel(state, {
    kind: 'bgNbd',
    link: 'identity',
    predict: (customer) => state.factor * customerValue(state, customer, state.horizonDays),
    raw: (value) => value,
  });
