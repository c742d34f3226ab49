import { encodeArtifact, type Artifact } from '../artifact.js';
import type { Estimator, Model } from '../estimator.js';
import { conform } from '../frame.js';
import { inRange, oneOf } from '../parameters.js';
import { admit, classIndex } from '../training-data.js';
import { chanceOfPurchase, fitBgNbd, type BgNbd } from './bg-nbd.js';
import type { BgNbdParams } from './bg-nbd-estimator.js';
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

export interface BgNbdChanceParams extends BgNbdParams {
  /** What a label of 1 says of the horizon: no purchase in it, or at least one. */
  label?: 'silence' | 'purchase';
}

interface State extends PurchaseReading {
  horizonDays: number;
  label: 'silence' | 'purchase';
  purchases: BgNbd;
  /** Share of ones: for a customer about whom nothing is known. */
  mean: number;
  /** The numbers of the customer that explanations start from. */
  typical: (number | null)[];
}

/**
 * The chance by BG/NBD that a customer does not (or does) buy within the horizon, to race other
 * classifiers: reads the columns of `bgNbd`. Labels set no parameter; calibrate it on them.
 */
export function bgNbdChance(params: BgNbdChanceParams): Estimator {
  const { horizonDays, label = 'silence' } = params;
  inRange('horizonDays', horizonDays, { from: 1 });
  oneOf('label', label, ['silence', 'purchase']);
  const reading = readingOf(params);
  return {
    async fit(data) {
      const { x, y, weights, groups } = admit(data, classIndex(2));
      const { latest, typical } = customersOf(x, groups, reading);
      let [ones, total] = [0, 0];
      y.forEach((value, row) => {
        const weight = weights?.[row] ?? 1;
        ones += weight * value;
        total += weight;
      });
      const purchases = fitBgNbd(latest);
      const mean = ones / total;
      return chanceModel({ horizonDays, label, ...reading, purchases, mean, typical });
    },
  };
}

export function loadBgNbdChance({ meta }: Artifact): Model {
  const state = meta['state'] as unknown as State;
  // Files of the first form name no column and no typical customer.
  return chanceModel({ ...state, ...readingOf(state), typical: state.typical ?? [] });
}

function chanceModel(state: State): OutlookModel {
  const chanceOf = (numbers: readonly number[], reading: PurchaseReading = state) => {
    const customer = customerOf(numbers, reading);
    if (customer === undefined) return state.mean;
    const buys = chanceOfPurchase(state.purchases, customer, state.horizonDays);
    return state.label === 'silence' ? 1 - buys : buys;
  };
  const schema = purchaseSchema(state);
  const typical = state.typical.map((value) => value ?? NaN);
  return {
    kind: 'bgNbdChance',
    columns: schema,
    outputs: 1,
    predict(x, out) {
      const columns = conform(x, schema);
      for (let row = 0; row < x.rows; row++) out[row] = chanceOf(purchaseNumbers(columns, row));
    },
    explain(x, row) {
      const numbers = bySilence(purchaseNumbers(conform(x, schema), row), state);
      const told = (mixture: readonly number[]) =>
        logOdds(chanceOf(mixture, { ...state, recency: 'sinceLast' }));
      const contributions = shapleyShares(numbers, typical, told);
      return { base: told(typical), contributions, raw: told(numbers), link: 'logit' };
    },
    outlook: outlookBy(state.purchases, state, schema),
    bytes: () => encodeArtifact({ kind: 'bgNbdChance', meta: { state }, sections: {} }),
  };
}

function logOdds(p: number): number {
  const inside = Math.min(Math.max(p, 1e-15), 1 - 1e-15);
  return Math.log(inside / (1 - inside));
}
