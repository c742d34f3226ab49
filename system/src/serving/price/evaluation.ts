import {
  directMethod,
  doublyRobust,
  kernelDecisions,
  loggedDecisions,
  replay,
  snips,
  type DecisionOutcome,
  type DecisionRecord,
  type DemandPosterior,
  type LoggedDecisions,
  type OffPolicyEstimate,
} from '@tino/learn';
import { seesKey, type Scope } from '../../access/principal.js';
import type { PriceEvaluation } from '../../contract/price-evaluation.js';
import type { Language } from '../../contract/words.js';
import type { House } from '../../ports/house.js';
import type { Queryable } from '../../store/state.js';
import { keyOfText } from '../../training/tasks/forecast/keys.js';
import type { PriceDeclaration } from '../../workspace/types.js';
import { openDesk, type Desk } from './desk.js';
import { evaluationWords, refusalWords, SUPPORT } from './evaluation-words.js';
import { learned, type OutcomeDetail } from './learning.js';
import { policyName } from './record.js';
import { resultsOf } from './results.js';
import { shadowOf } from './shadow.js';
import { upliftOf } from './uplift.js';

/** A logged decision whose price was charged, with what came of it. */
interface Logged {
  key: string;
  current: number;
  record: DecisionRecord;
  /** The belief at the time, which had not seen what came of it. */
  posterior: DemandPosterior;
  outcomes: { id: string; detail: OutcomeDetail }[];
}

/** Days of a week over which profit is counted. */
const WEEK = 7;

/**
 * What the prices of today's policy are worth beside keeping every price: by the belief alone
 * (simulated), from logged draws with their propensities (off-policy) and against the items that
 * were held out (measured). Profit of an item and week. An estimate that the log cannot carry is
 * refused with its reason.
 */
export async function evaluatePrices(
  house: House,
  name: string,
  { language, scope }: { language: Language; scope: Scope },
): Promise<PriceEvaluation> {
  const desk = await openDesk(house, name);
  const visible = (text: string) => seesKey(scope, keyOfText(text));
  const logged = (await chargedDraws(house.state, name)).filter(({ key }) => visible(key));
  const of = new Map(logged.map((one) => [one.record.id, one]));
  const known = logged.filter(({ outcomes }) => outcomes.length > 0);
  const records = known.map(({ record }) => record);
  const outcomes = known.map(rewardOf);
  const modelled = (record: DecisionRecord) => worths(of.get(record.id)!, record.prices);
  const shares = await sharesOf(house.state, desk, known);
  // Weeks of one item have their luck in common: the intervals count items.
  const cluster = known.map(({ key }) => key);
  const policy = loggedDecisions(records, outcomes, ({ id }) => shares.get(id)!, modelled);
  const keep = keepLog(desk.declaration, known, outcomes);
  const results = (await resultsOf(house, desk)).filter(({ key }) => visible(key));
  const measured = upliftOf(results, desk.declaration.holdOut);
  const shadow = shadowOf(results);
  const estimates = [
    ...estimatesOf('policy', { ...policy, cluster }),
    ...estimatesOf('keep', { ...keep, cluster }),
  ];
  const { currency } = house.workspace;
  return {
    policy: policyName(desk.declaration, desk.version),
    policies: new Set(logged.map(({ record }) => record.policy)).size,
    decisions: { charged: logged.length, known: known.length },
    estimates,
    measured,
    shadow,
    sentences: evaluationWords({ estimates, measured, shadow }, { language, currency }),
    provenance: desk.provenance,
  };
}

/**
 * Decisions whose drawn price was charged, a drawn price of today among them, with their outcomes.
 * What a person edited or refused was not drawn, and what had a single price was no draw.
 */
async function chargedDraws(state: Queryable, model: string): Promise<Logged[]> {
  const rows = await state.query<Omit<Logged, 'outcomes'> & { id: string }>(
    `SELECT id, key, current::float8 AS current, detail->'record' AS record,
       detail->'posterior' AS posterior
     FROM suggestions
     WHERE model = $1 AND jsonb_typeof(detail->'posterior') = 'object'
       AND jsonb_array_length(detail->'record'->'prices') > 1
       AND (state = 'kept' OR (state = 'applied' AND decided_price = price))
     ORDER BY at, id`,
    [model],
  );
  const told = await state.query<{ suggestion: string; id: string; detail: OutcomeDetail }>(
    `SELECT suggestion, idempotency_key AS id, detail FROM outcomes
     WHERE model = $1 AND suggestion IS NOT NULL ORDER BY at, id`,
    [model],
  );
  const bySuggestion = grouped(told, ({ suggestion }) => suggestion);
  return rows.map(({ id, ...row }) => ({
    ...row,
    // An outcome at another price is not what the draw brought.
    outcomes: (bySuggestion.get(id) ?? []).filter(
      ({ detail }) => Math.abs(detail.price - row.record.prices[row.record.arm]!) < 0.005,
    ),
  }));
}

function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const own = groups.get(keyOf(row));
    if (own === undefined) groups.set(keyOf(row), [row]);
    else own.push(row);
  }
  return groups;
}

/** Profit a week over all that was told of a decision. */
function rewardOf({ record, outcomes }: Logged): DecisionOutcome {
  const units = outcomes.reduce((sum, { detail }) => sum + detail.units, 0);
  const days = outcomes.reduce((sum, { detail }) => sum + detail.days, 0);
  const price = record.prices[record.arm]!;
  return { id: record.id, reward: (units / days) * WEEK * (price - record.cost) };
}

/** Profit a week that the belief of the time expected of each price. */
const worths = ({ posterior, record }: Logged, prices: readonly number[]): number[] =>
  prices.map((price) => {
    const { mean, referencePrice } = posterior;
    const daily = Math.exp(mean[0]! + mean[1]! * Math.log(price / referencePrice));
    return daily * WEEK * (price - record.cost);
  });

/**
 * The shares that today's policy gives to the prices of each decision: today's belief and objective.
 * What came of the decision itself is taken out of the belief, so that no decision is judged by what
 * it taught.
 */
async function sharesOf(
  state: Queryable,
  { model, declaration, starts }: Desk,
  known: readonly Logged[],
): Promise<Map<string, ArrayLike<number>>> {
  const told = await state.query<{ id: string; key: string; detail: OutcomeDetail }>(
    `SELECT idempotency_key AS id, key, detail FROM outcomes WHERE model = $1`,
    [model.name],
  );
  const byKey = grouped(told, ({ key }) => key);
  return new Map(
    known.map(({ key, record, posterior, outcomes }) => {
      const start = starts.get(key);
      const own = new Set(outcomes.map(({ id }) => id));
      const others = (byKey.get(key) ?? []).filter(({ id }) => !own.has(id));
      const belief = start === undefined ? posterior : learned(start, others);
      return [record.id, sharesUnder(declaration, belief, record)];
    }),
  );
}

function sharesUnder(
  { objective, exploration }: PriceDeclaration,
  posterior: DemandPosterior,
  { prices, cost, seed }: DecisionRecord,
): ArrayLike<number> {
  const request = { posterior, grid: prices, cost, objective };
  if (exploration.policy === 'thompson') return replay(request, seed).propensities;
  // Without exploration the best price at the mean belief is the policy.
  const { mean, referencePrice } = posterior;
  const values = prices.map((price) => {
    const worth = objective === 'units' ? 1 : objective === 'revenue' ? price : price - cost;
    return worth * (price / referencePrice) ** mean[1]!;
  });
  const best = values.indexOf(Math.max(...values));
  return prices.map((_, arm) => (arm === best ? 1 : 0));
}

/** Today's price of each decision, by the draws within a step of the grid of it. */
function keepLog(
  { exploration }: PriceDeclaration,
  known: readonly Logged[],
  outcomes: readonly DecisionOutcome[],
): LoggedDecisions {
  const currentOf = new Map(known.map(({ record, current }) => [record.id, current]));
  const records = known.map(({ record }) => record);
  const log = kernelDecisions(records, outcomes, ({ id }) => currentOf.get(id)!, step(exploration));
  return {
    ...log,
    modelled: {
      logged: Float64Array.from(known, (one) => worths(one, one.record.prices)[one.record.arm]!),
      expected: Float64Array.from(known, (one) => worths(one, [one.current])[0]!),
    },
  };
}

/** Distance of two prices of the grid, in log price; a cent in a real where nothing is tried. */
const step = (exploration: PriceDeclaration['exploration']): number =>
  exploration.policy === 'thompson' && exploration.arms > 1 && exploration.width > 0
    ? (2 * exploration.width) / (exploration.arms - 1)
    : 0.01;

type Estimate = PriceEvaluation['estimates'][number];

function estimatesOf(policy: Estimate['policy'], log: LoggedDecisions): Estimate[] {
  // By the belief alone no draw is weighed: each decision counts once.
  const simulated = directMethod({ ...log, target: log.propensities }, SUPPORT);
  return [
    said(policy, 'simulated', 'directMethod', simulated),
    said(policy, 'off-policy', 'snips', snips(log, SUPPORT)),
    said(policy, 'off-policy', 'doublyRobust', doublyRobust(log, SUPPORT)),
  ];
}

function said(
  policy: Estimate['policy'],
  kind: Estimate['kind'],
  method: Estimate['method'],
  estimate: OffPolicyEstimate,
): Estimate {
  const { value, effectiveSampleSize, overlap } = estimate;
  const support = {
    effectiveSampleSize: finite(effectiveSampleSize),
    overlap: finite(overlap),
  };
  const named = { policy, kind, method, ...support };
  if (value === null)
    return { ...named, value, lower: null, upper: null, reason: refusalWords(support) };
  const { lower, upper } = estimate;
  return { ...named, value, lower, upper, reason: null };
}

/** An empty log overlaps with nothing. */
const finite = (value: number) => (Number.isFinite(value) ? value : 0);
