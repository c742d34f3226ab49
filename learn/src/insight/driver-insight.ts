import type { Part } from './cells.js';
import type { Insight } from './insight.js';
import type { RateDrivers } from './rate-drivers.js';
import type { TotalDrivers } from './total-drivers.js';

export interface DriverInsightOptions {
  /** What was searched, `revenue`: begins the ids and names the family. */
  family: string;
  /** Code of what to do about each. */
  action?: string;
}

/** The same reason has the same id in every run, whatever the order of its parts. */
const idOf = (family: string, parts: readonly Part[]) =>
  `${family}/${parts
    .map(({ column, level }) => `${column}=${level}`)
    .sort()
    .join('&')}`;

const named = (parts: readonly Part[]) =>
  Object.fromEntries(parts.map(({ column, level }) => [column, level]));

/** Reasons why a total of money moved, as insights. */
export const totalDriverInsights = (
  { drivers }: TotalDrivers,
  { family, action }: DriverInsightOptions,
): Insight[] =>
  drivers.map(({ parts, before, after, change, lower, upper, contribution, excess, q }) => ({
    id: idOf(family, parts),
    family,
    what: change < 0 ? 'totalFell' : 'totalRose',
    figures: { ...named(parts), before, after, change, lower, upper, contribution, excess },
    sure: { q },
    money: { effect: change, lower, upper },
    ...(action !== undefined && { action }),
  }));

/**
 * Reasons why something happens more or less often, as insights.
 * @param moneyPerEvent what one time costs (below 0) or brings
 */
export const rateDriverInsights = (
  { drivers }: RateDrivers,
  { family, action, moneyPerEvent }: DriverInsightOptions & { moneyPerEvent: number },
): Insight[] =>
  drivers.map((driver) => {
    const { parts, rows, happened, rate, rateElsewhere, lift, lower, upper, excess, q } = driver;
    // Times beyond the rate elsewhere, by the interval of the lift.
    const beyond = (times: number) => rows * rateElsewhere * (times - 1) * moneyPerEvent;
    const ends = [beyond(lower), beyond(upper)].sort((a, b) => a - b);
    return {
      id: idOf(family, parts),
      family,
      what: excess < 0 ? 'rateLower' : 'rateHigher',
      figures: { ...named(parts), rows, happened, rate, rateElsewhere, lift, lower, upper, excess },
      sure: { q },
      money: { effect: excess * moneyPerEvent, lower: ends[0]!, upper: ends[1]! },
      ...(action !== undefined && { action }),
    };
  });
