import { chooseMembers, type Backtest } from '@tino/learn';
import type { ForecastDeclaration } from '../../../workspace/types.js';
import { BASELINE, bestByKind, type Tried } from './search.js';

/** How one member is forecast: by the global model, its own, or the mean of both. */
interface MemberRule {
  /** Name of the option in the report: `global`, `theta`, `global+theta`. */
  name: string;
  kind: 'global' | 'local' | 'both';
  /** Of the local part; null for `global`. */
  local: Tried | null;
}

export interface MemberChoice {
  key: string;
  rule: MemberRule;
  reason: string;
  losses: Record<string, number>;
}

export interface Options {
  rules: MemberRule[];
  tests: Record<string, Backtest>;
  global: Tried | null;
  anchor: string;
}

/** What a member can be: the best global recipe, the best of each local kind, and their means. */
export function optionsOf(tried: readonly Tried[]): Options {
  const global = bestByKind(tried, 'global')[0] ?? null;
  const locals = bestByKind(tried, 'local');
  const rules: MemberRule[] = [];
  const tests: Record<string, Backtest> = {};
  const add = (rule: MemberRule, test: Backtest) => {
    rules.push(rule);
    tests[rule.name] = test;
  };
  if (global) add({ name: 'global', kind: 'global', local: null }, global.test!);
  for (const local of locals) {
    add({ name: local.recipe.kind, kind: 'local', local }, local.test!);
    if (global && !local.baseline)
      add(
        { name: `global+${local.recipe.kind}`, kind: 'both', local },
        meanOfTests(global.test!, local.test!),
      );
  }
  const best = [...(global ? [global] : []), ...locals].sort((a, b) => a.score - b.score)[0]!;
  return { rules, tests, global, anchor: best === global ? 'global' : best.recipe.kind };
}

/**
 * The rule of each member by its windows at the `fitted` origins: the best overall unless another
 * beats it by more than noise, and never one that loses to seasonal naive on this member.
 */
export function choose(
  { rules, tests, anchor }: Options,
  { metric }: ForecastDeclaration,
  fitted: readonly number[],
): MemberChoice[] {
  const judged = Object.fromEntries(
    Object.entries(tests).map(([name, test]) => [name, atOrigins(test, fitted)]),
  );
  const choices = chooseMembers(judged, {
    metric: metric === 'rmsse' ? 'rmsse' : 'mase',
    anchor,
    baseline: BASELINE,
  });
  const byName = new Map(rules.map((rule) => [rule.name, rule]));
  return choices.map(({ key, winner, reason, losses }) => {
    // A member without a window of its own has nothing to fit alone on: its attributes speak for
    // it.
    const unjudged = byName.has('global') && Object.values(losses).every(Number.isNaN);
    return unjudged
      ? { key, rule: byName.get('global')!, reason: 'no window of its own', losses }
      : { key, rule: byName.get(winner)!, reason, losses };
  });
}

/**
 * The backtest of the family as a whole. At each origin members are chosen on the other fits only,
 * so that the luck of choosing does not flatter its errors; with a single fit there is no other.
 */
export function familyTest(
  options: Options,
  declaration: ForecastDeclaration,
  fitted: readonly number[],
): Backtest {
  const first = Object.values(options.tests)[0]!;
  const { horizon, origins } = first;
  const family = { ...first, predicted: first.predicted.slice().fill(NaN) };
  const choices = fitted.map((held) => {
    const others = fitted.filter((origin) => origin !== held);
    return choose(options, declaration, others.length > 0 ? others : fitted);
  });
  for (let o = 0; o < origins.length; o++) {
    const fit = Math.max(
      0,
      fitted.findLastIndex((origin) => origin <= o),
    );
    choices[fit]!.forEach(({ rule }, k) => {
      const from = (k * origins.length + o) * horizon;
      family.predicted.set(
        options.tests[rule.name]!.predicted.subarray(from, from + horizon),
        from,
      );
    });
  }
  return family;
}

const meanOfTests = (a: Backtest, b: Backtest): Backtest => ({
  ...a,
  predicted: a.predicted.map((value, i) => (value + b.predicted[i]!) / 2),
});

/** A backtest at some of its origins. */
export function atOrigins(test: Backtest, kept: readonly number[]): Backtest {
  const { horizon, keys, origins } = test;
  const take = (from: Float64Array, width: number) => {
    const out = new Float64Array(keys.length * kept.length * width);
    for (let k = 0; k < keys.length; k++)
      kept.forEach((origin, o) => {
        const start = (k * origins.length + origin) * width;
        out.set(from.subarray(start, start + width), (k * kept.length + o) * width);
      });
    return out;
  };
  return {
    keys,
    horizon,
    origins: Int32Array.from(kept, (o) => origins[o]!),
    actual: take(test.actual, horizon),
    predicted: take(test.predicted, horizon),
    current: take(test.current, 1),
    scales: take(test.scales, 1),
    ...(test.steps && { steps: take(test.steps, 1) }),
  };
}
