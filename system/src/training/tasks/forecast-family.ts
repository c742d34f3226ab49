import {
  takeRows,
  type Backtest,
  type ForecastModel,
  type ForecastRecipe,
  type SeriesSet,
} from '@tino/learn';
import { valuesOf } from './forecast-rolling.js';

/** How one member of a family is forecast, and by which bytes. Plain data. */
export interface FamilyMember {
  key: string;
  rule: 'global' | 'local' | 'both';
  /** Of the local part. */
  recipe: ForecastRecipe | null;
  /** Content hash of the local part; null when the global model speaks alone. */
  hash: string | null;
  reason: string;
  /** Scaled error of every option on the held-out windows. */
  losses: Record<string, number>;
}

/** A family in memory, ready to forecast. */
export interface Family {
  members: readonly FamilyMember[];
  global: ForecastModel | null;
  baseline: ForecastModel;
  /** The local parts by their hash. */
  locals: ReadonlyMap<string, ForecastModel>;
  /** Chosen forecasts on the held-out windows. */
  test: Backtest;
}

export type MemberKind = 'global' | 'local' | 'baseline';

/**
 * Forecasts every series of `set`, members × horizon, and says who spoke. A series that is no
 * member is forecast by the global model from its history or attributes; without a global model by
 * the baseline.
 */
export function forecastFamily(
  { members, global, baseline, locals }: Family,
  set: SeriesSet,
  horizon: number,
): { values: Float64Array; kinds: MemberKind[] } {
  const common = new Float64Array(set.keys.length * horizon);
  (global ?? baseline).forecast(set, horizon, common);
  const byKey = new Map(members.map((member) => [member.key, member]));
  const kinds = set.keys.map((key, i): MemberKind => {
    const member = byKey.get(key);
    const own = member?.hash ? locals.get(member.hash) : undefined;
    if (member === undefined || own === undefined) return global ? 'global' : 'baseline';
    const slot = common.subarray(i * horizon, (i + 1) * horizon);
    const alone = new Float64Array(horizon);
    own.forecast(takeSeries(set, [i]), horizon, alone);
    for (let h = 0; h < horizon; h++) {
      if (Number.isNaN(alone[h]!)) continue;
      slot[h] = member.rule === 'both' ? (slot[h]! + alone[h]!) / 2 : alone[h]!;
    }
    return 'local';
  });
  return { values: common, kinds };
}

/** Some series of a set, with their attributes and covariates. */
export function takeSeries(set: SeriesSet, indices: readonly number[]): SeriesSet {
  const parts = indices.map((index) => valuesOf(set, index));
  const offsets = new Int32Array(indices.length + 1);
  parts.forEach((part, i) => (offsets[i + 1] = offsets[i]! + part.length));
  const values = new Float64Array(offsets[parts.length]!);
  parts.forEach((part, i) => values.set(part, offsets[i]));
  const { statics, covariates } = set;
  return {
    keys: indices.map((index) => set.keys[index]!),
    values,
    offsets,
    starts: Int32Array.from(indices, (index) => set.starts[index]!),
    period: set.period,
    ...(statics && { statics: takeRows(statics, indices) }),
    ...(covariates && {
      covariates: {
        ...covariates,
        at: (series: number, step: number, covariate: number) =>
          covariates.at(indices[series]!, step, covariate),
      },
    }),
  };
}
