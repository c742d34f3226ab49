import {
  type Backtest,
  type ForecastModel,
  type ForecastRecipe,
  type SeriesSet,
} from '@tino/learn';
import type { SeriesData } from './data.js';
import { groupData } from './grouping.js';
import { addUp, type Residuals } from './sums.js';
import type { ForecastDeclaration } from '../../../workspace/types.js';
import { takeSeries } from './series.js';

/** How one member of a family is forecast, and by which bytes. Plain data. */
export interface FamilyMember {
  key: string;
  rule: 'global' | 'local' | 'both';
  /** Of the local part. */
  recipe: ForecastRecipe | null;
  /** Content hash of the local part; null when the global model speaks alone. */
  hash: string | null;
  /** Of recipe, history, seed and code: equal means that fitting again would give the same. */
  seen: string | null;
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
  /** What makes members and groups agree; null where levels are sums of members. */
  sums: Sums | null;
  /** Chosen forecasts on the held-out windows. */
  test: Backtest;
  /** What repeating the last season said on those windows; null where a version does not say. */
  naive: Float64Array | null;
}

/** Groups that are forecast by themselves, and how well they and members did. */
export interface Sums {
  groups: readonly { name: string; model: ForecastModel }[];
  residuals: Residuals;
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

/** The same for a family's own data, made to add up with what its groups say for themselves. */
export function forecastTogether(
  family: Family,
  declaration: ForecastDeclaration,
  data: SeriesData,
  horizon: number,
): { values: Float64Array; kinds: MemberKind[] } {
  const forecasts = forecastFamily(family, data.set, horizon);
  const { sums } = family;
  if (sums === null) return forecasts;
  const { values } = forecasts;
  const members = data.set.keys.flatMap((_, member) =>
    !data.cold[member] &&
    values.subarray(member * horizon, (member + 1) * horizon).every(Number.isFinite)
      ? [member]
      : [],
  );
  const grouped = groupData(data, declaration).set;
  const rowOf = new Map(grouped.keys.map((key, row) => [key, row]));
  const groups = new Map(
    sums.groups.flatMap(({ name, model }) => {
      const row = rowOf.get(name);
      if (row === undefined) return [];
      const out = new Float64Array(horizon);
      model.forecast(takeSeries(grouped, [row]), horizon, out);
      return [[name, out] as const];
    }),
  );
  const { residuals } = sums;
  const group = (name: string) => groups.get(name);
  addUp({ data, declaration, members, columns: horizon, values, group, residuals });
  return forecasts;
}
