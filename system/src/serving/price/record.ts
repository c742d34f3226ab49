import { createHash } from 'node:crypto';
import { recordDecision, type DecisionRecord } from '@tino/learn';
import { dayNumber } from '../../calendar/dates.js';
import type { PriceDeclaration } from '../../workspace/types.js';
import type { Proposal } from './propose.js';

/**
 * Name of a declared policy by what it decides from: the same rules have the same name, whatever
 * else of the declaration changes.
 */
function policyHash(declaration: PriceDeclaration): string {
  const { objective, guardrails, relations, changesMax, exclude, exploration } = declaration;
  const { approval, cycle, holdOut, crossEffects } = declaration;
  const rules = { objective, guardrails, relations, changesMax, exclude, exploration };
  return createHash('sha256')
    .update(JSON.stringify({ ...rules, approval, cycle, holdOut, crossEffects }))
    .digest('hex')
    .slice(0, 12);
}

/** The policy that decides now: its rules and the version whose demand it decides from. */
export const policyName = (declaration: PriceDeclaration, version: number): string =>
  `${policyHash(declaration)} v${version}`;

/** What a suggestion was drawn from, so that other policies can be judged on it later. */
export function recordOf(
  id: string,
  { exploration, cost, costSoon, price }: Proposal,
  {
    declaration,
    version,
    cycle,
    day,
  }: { declaration: PriceDeclaration; version: number; cycle: number; day: string },
): DecisionRecord {
  const { arms, seed } = exploration;
  const drawn = arms.findIndex((arm) => arm.price === price);
  return recordDecision(
    { arm: drawn, propensities: Float64Array.from(arms, ({ propensity }) => propensity), seed },
    {
      id,
      grid: arms.map((arm) => arm.price),
      context: { cycle, weekday: (dayNumber(day) + 3) % 7, month: Number(day.slice(5, 7)) },
      // The cost that it was decided from.
      cost: costSoon ?? cost,
      objective: declaration.objective,
      policy: policyName(declaration, version),
    },
  );
}
