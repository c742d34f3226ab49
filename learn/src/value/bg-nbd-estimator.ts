import { encodeArtifact, type Artifact } from '../artifact.js';
import type { Estimator, Model } from '../estimator.js';
import { conform } from '../frame.js';
import { inRange } from '../parameters.js';
import { admit, anyNumber } from '../training-data.js';
import { fitBgNbd, type BgNbd } from './bg-nbd.js';
import { customerValue } from './customer-value.js';
import { fitGammaGamma, type GammaGamma } from './gamma-gamma.js';
import {
  bySilence,
  customerOf,
  customersOf,
  purchaseNumbers,
  purchaseSchema,
  readingOf,
  type PurchaseReading,
} from './purchase-columns.js';
import { outlookBy, type OutlookModel } from './outlook.js';
import { shapleyShares } from './shapley.js';

export interface BgNbdParams extends Partial<PurchaseReading> {
  /** Days over which the target is measured. */
  horizonDays: number;
}

interface State extends PurchaseReading {
  horizonDays: number;
  purchases: BgNbd;
  spend: GammaGamma;
  /** Sum of the target ÷ sum of expected values in training. */
  factor: number;
  /** Mean of the target: for a customer about whom nothing is known. */
  mean: number;
  /** The numbers of the customer that explanations start from. */
  typical: (number | null)[];
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

function bgNbdModel(state: State): OutlookModel {
  const valueOf = (numbers: readonly number[], reading: PurchaseReading = state) => {
    const customer = customerOf(numbers, reading);
    return customer === undefined
      ? state.mean
      : state.factor * customerValue(state, customer, state.horizonDays);
  };
  const schema = purchaseSchema(state);
  const typical = state.typical.map((value) => value ?? NaN);
  return {
    kind: 'bgNbd',
    columns: schema,
    outputs: 1,
    predict(x, out) {
      const columns = conform(x, schema);
      for (let row = 0; row < x.rows; row++) out[row] = valueOf(purchaseNumbers(columns, row));
    },
    explain(x, row) {
      const numbers = bySilence(purchaseNumbers(conform(x, schema), row), state);
      const told = (mixture: readonly number[]) =>
        valueOf(mixture, { ...state, recency: 'sinceLast' });
      const contributions = shapleyShares(numbers, typical, told);
      return { base: told(typical), contributions, raw: told(numbers), link: 'identity' };
    },
    outlook: outlookBy(state.purchases, state, schema),
    bytes: () => encodeArtifact({ kind: 'bgNbd', meta: { state }, sections: {} }),
  };
}
