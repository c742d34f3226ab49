import type { Artifact } from '../artifact.js';
import type { Estimator, Model } from '../estimator.js';
import { inRange, oneOf } from '../parameters.js';
import { admit, classIndex } from '../training-data.js';
import { chanceOfPurchase, fitBgNbd } from './bg-nbd.js';
import type { BgNbdParams } from './bg-nbd-estimator.js';
import { customersOf, readingOf } from './purchase-columns.js';
import { purchaseModel, type PurchaseState } from './purchase-model.js';

export interface BgNbdChanceParams extends BgNbdParams {
  /** What a label of 1 says of the horizon: no purchase in it, or at least one. */
  label?: 'silence' | 'purchase';
}

interface State extends PurchaseState {
  label: 'silence' | 'purchase';
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

const chanceModel = (state: State): Model =>
  purchaseModel(state, {
    kind: 'bgNbdChance',
    link: 'logit',
    predict(customer) {
      const buys = chanceOfPurchase(state.purchases, customer, state.horizonDays);
      return state.label === 'silence' ? 1 - buys : buys;
    },
    raw: logOdds,
  });

function logOdds(p: number): number {
  const inside = Math.min(Math.max(p, 1e-15), 1 - 1e-15);
  return Math.log(inside / (1 - inside));
}
