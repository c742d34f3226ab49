import { encodeArtifact, type Artifact } from '../artifact.js';
import type { Estimator, Model } from '../estimator.js';
import { conform, type ColumnSchema, type Frame } from '../frame.js';
import { inRange } from '../parameters.js';
import { admit, anyNumber } from '../training-data.js';
import { fitBgNbd, type BgNbd, type Purchases } from './bg-nbd.js';
import { customerValue } from './customer-value.js';
import { fitGammaGamma, type GammaGamma } from './gamma-gamma.js';

export interface BgNbdParams {
  /** Days over which the target is measured. */
  horizonDays: number;
  /**
   * `sinceLast`: recency_days counts from the last purchase to now; `firstToLast`: the model's own.
   */
  recency?: 'sinceLast' | 'firstToLast';
  /** `repeats`: frequency is without the first purchase; `all`: with it. */
  frequency?: 'repeats' | 'all';
}

/** Names of the columns that it reads; others are ignored. */
export const bgNbdColumns = ['frequency', 'recency_days', 'tenure_days', 'monetary'] as const;

interface State {
  horizonDays: number;
  recency: 'sinceLast' | 'firstToLast';
  frequency: 'repeats' | 'all';
  purchases: BgNbd;
  spend: GammaGamma;
  /** Sum of the target ÷ sum of expected values in training. */
  factor: number;
  /** Mean of the target: for a customer about whom nothing is known. */
  mean: number;
}

/**
 * Customer value by BG/NBD × gamma-gamma, to race other regressors: reads frequency, recency_days,
 * tenure_days and monetary (mean value of a purchase) by name. The target only sets the total.
 */
export function bgNbd(params: BgNbdParams): Estimator {
  const { horizonDays, recency = 'sinceLast', frequency = 'repeats' } = params;
  inRange('horizonDays', horizonDays, { from: 1 });
  return {
    async fit(data) {
      const { x, y, weights } = admit(data, anyNumber);
      const columns = conform(x, schema);
      const customers = Array.from({ length: x.rows }, (_, row) =>
        customerAt(columns, row, { recency, frequency }),
      );
      const known = customers.filter((customer) => customer !== undefined);
      if (known.length === 0) throw new Error('no customer has frequency, recency and tenure');
      const spending = known.map((one) => ({ ...one, frequency: one.frequency + 1 }));
      const models = { purchases: fitBgNbd(known), spend: fitGammaGamma(spending) };
      let expected = 0;
      let happened = 0;
      let total = 0;
      let all = 0;
      customers.forEach((customer, row) => {
        const weight = weights?.[row] ?? 1;
        all += weight * y[row]!;
        total += weight;
        if (customer === undefined) return;
        expected += weight * customerValue(models, customer, horizonDays);
        happened += weight * y[row]!;
      });
      const factor = expected > 0 && happened > 0 ? happened / expected : 1;
      const mean = all / total;
      return bgNbdModel({ horizonDays, recency, frequency, ...models, factor, mean });
    },
  };
}

export const loadBgNbd = ({ meta }: Artifact): Model =>
  bgNbdModel(meta['state'] as unknown as State);

const schema: ColumnSchema[] = bgNbdColumns.map((name) => ({ kind: 'number', name }));

function bgNbdModel(state: State): Model {
  return {
    kind: 'bgNbd',
    columns: schema,
    outputs: 1,
    predict(x, out) {
      const columns = conform(x, schema);
      for (let row = 0; row < x.rows; row++) {
        const customer = customerAt(columns, row, state);
        out[row] =
          customer === undefined
            ? state.mean
            : state.factor * customerValue(state, customer, state.horizonDays);
      }
    },
    bytes: () => encodeArtifact({ kind: 'bgNbd', meta: { state }, sections: {} }),
  };
}

/** `undefined` when the row does not say when the customer bought. */
function customerAt(
  x: Frame,
  row: number,
  { recency, frequency }: Pick<State, 'recency' | 'frequency'>,
): (Purchases & { monetary: number }) | undefined {
  const [count, days, tenure, monetary] = x.columns.map((column) =>
    column.kind === 'number' ? column.values[row]! : NaN,
  ) as [number, number, number, number];
  if (Number.isNaN(count + days + tenure) || tenure < 0) return undefined;
  const repeats = Math.max(0, frequency === 'all' ? count - 1 : count);
  const last = recency === 'sinceLast' ? tenure - days : days;
  return {
    frequency: repeats,
    recency: repeats === 0 ? 0 : Math.min(Math.max(last, 0), tenure),
    tenure,
    monetary,
  };
}
