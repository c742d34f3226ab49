import type { House } from '../ports/house.js';
import type { LoadedInsight } from '../workspace/types.js';
import type { Found } from './finding.js';
import { searchPairs } from './pairs.js';
import { searchRate } from './rate.js';
import { readRows, type Rows } from './read.js';
import { searchTotal } from './total.js';

const searches: Record<
  LoadedInsight['declaration']['look'],
  (insight: LoadedInsight, rows: Rows) => Found
> = { total: searchTotal, rate: searchRate, pairs: searchPairs };

/** A total is compared with the period before; the others look at one. */
const PERIODS = { total: 2, rate: 1, pairs: 1 };

export const rowsFor = (house: House, insight: LoadedInsight, until: string): Promise<Rows> =>
  readRows(house, insight, { until, periods: PERIODS[insight.declaration.look] });

export async function search(house: House, insight: LoadedInsight, until: string): Promise<Found> {
  return searches[insight.declaration.look](insight, await rowsFor(house, insight, until));
}
