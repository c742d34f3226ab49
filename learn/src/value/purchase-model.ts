import { encodeArtifact } from '../artifact.js';
import type { Explanation } from '../estimator.js';
import { conform, type Frame } from '../frame.js';
import type { BgNbd } from './bg-nbd.js';
import { outlookOf, type OutlookModel } from './outlook.js';
import {
  bySilence,
  customerOf,
  purchaseNumbers,
  purchaseSchema,
  type Customer,
  type PurchaseReading,
} from './purchase-columns.js';
import { shapleyShares } from './shapley.js';

/** What a model of customers stands on. Plain data, saved with it. */
export interface PurchaseState extends PurchaseReading {
  horizonDays: number;
  purchases: BgNbd;
  /** Mean of the target: for a customer about whom nothing is known. */
  mean: number;
  /** The numbers of the customer that explanations start from. */
  typical: (number | null)[];
}

interface Kind {
  kind: string;
  link: Explanation['link'];
  /** The prediction for a customer. */
  predict(customer: Customer): number;
  /** A prediction in the unit that reasons add up in. */
  raw(prediction: number): number;
}

/** A model of one number a customer, explained by what changes when its numbers are another's. */
export function purchaseModel(
  state: PurchaseState,
  { kind, link, predict, raw }: Kind,
): OutlookModel {
  const schema = purchaseSchema(state);
  const typical = state.typical.map((value) => value ?? NaN);
  const numbersAt = (x: Frame, row: number) => purchaseNumbers(conform(x, schema), row);
  const told = (numbers: readonly number[], reading: PurchaseReading) => {
    const customer = customerOf(numbers, reading);
    return customer === undefined ? state.mean : predict(customer);
  };
  return {
    kind,
    columns: schema,
    outputs: 1,
    predict(x, out) {
      const columns = conform(x, schema);
      for (let row = 0; row < x.rows; row++) out[row] = told(purchaseNumbers(columns, row), state);
    },
    explain(x, row) {
      const reading = { ...state, recency: 'sinceLast' } as const;
      const rawOf = (mixture: readonly number[]) => raw(told(mixture, reading));
      const numbers = bySilence(numbersAt(x, row), state);
      const contributions = shapleyShares(numbers, typical, rawOf);
      return { base: rawOf(typical), contributions, raw: rawOf(numbers), link };
    },
    outlook(x, row) {
      const customer = customerOf(numbersAt(x, row), state);
      return customer && outlookOf(state.purchases, customer, state.horizonDays);
    },
    bytes: () => encodeArtifact({ kind, meta: { state }, sections: {} }),
  };
}
