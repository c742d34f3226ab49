import type { DemandPosterior } from '@tino/learn';
import { addDays, dayNumber } from '../../calendar/dates.js';
import type { House } from '../../ports/house.js';
import type { Queryable } from '../../store/state.js';
import { cycleEnd, localDate } from './cycle.js';
import type { Desk } from './desk.js';
import type { Arm } from './hold-out.js';
import type { OutcomeDetail } from './learning.js';
import { soldByDay, type SoldRow } from './sold.js';
import type { SuggestionState } from './store.js';

/**
 * What came of a suggestion that was applied, held out or only watched; of every suggestion where groups
 * or cycles were drawn, for those that were refused or changed nothing are part of what the policy is.
 */
export interface Result {
  key: string;
  state: SuggestionState;
  /** Of its pricing cycle; null for those of old. */
  cycle: number | null;
  /** The side that its group was drawn for; null where items were. */
  arm: Arm | null;
  /** Price that was suggested. */
  suggested: number;
  /** Price of before. */
  current: number;
  cost: number;
  /** The belief of then. */
  posterior: DemandPosterior;
  /** Price that was charged, and what sold at it. */
  price: number;
  units: number;
  days: number;
}

type Sales = Pick<Result, 'price' | 'units' | 'days'>;
type Asked = Omit<Result, 'price' | 'units' | 'days'>;

const ASKED = `s.key, s.state, s.cycle, s.detail->'arm' AS arm,
  s.price::float8 AS suggested, s.current::float8 AS current,
  (s.detail->'proposal'->>'cost')::float8 AS cost, s.detail->'posterior' AS posterior`;
const OF_INTEREST = `s.model = $1 AND (s.state IN ('applied', 'hold-out', 'shadow')
    OR jsonb_typeof(s.detail->'arm') = 'object')
  AND jsonb_typeof(s.detail->'posterior') = 'object'`;

const kept = new WeakMap<Desk['items'], Map<string, Promise<Result[]>>>();

/**
 * What came of suggestions: as it was told, else as the sales say. Read again only when the log or the
 * tables have changed, for every page of prices asks it.
 */
export async function resultsOf(house: House, desk: Desk): Promise<Result[]> {
  const mark = await markOf(house.state, desk.model.name);
  const standing = kept.get(desk.items)?.get(mark);
  if (standing !== undefined) return standing;
  const reading = readResults(house, desk);
  kept.set(desk.items, new Map([[mark, reading]]));
  // A failure is not kept: the next question tries again.
  reading.catch(() => kept.delete(desk.items));
  return reading;
}

const readResults = async (house: House, desk: Desk): Promise<Result[]> => [
  ...(await toldResults(house.state, desk.model.name)),
  ...(await soldResults(house, desk)),
];

/** Changes with each suggestion, decision and outcome of a model, and with each that is erased. */
async function markOf(state: Queryable, model: string): Promise<string> {
  const [row] = await state.query<{ mark: string }>(
    `SELECT concat_ws(' ', o.count, o.last, s.count, s.last, s.decided, s.moment) AS mark
     FROM (SELECT count(*), max(id) AS last FROM outcomes WHERE model = $1) o,
       (SELECT count(*), max(id) AS last, count(decided_at) AS decided, max(decided_at) AS moment
        FROM suggestions WHERE model = $1) s`,
    [model],
  );
  return row!.mark;
}

/** Results as they were told. */
export async function toldResults(state: Queryable, model: string): Promise<Result[]> {
  const rows = await state.query<Asked & { told: OutcomeDetail }>(
    `SELECT ${ASKED}, o.detail AS told
     FROM outcomes o JOIN suggestions s ON s.id = o.suggestion
     WHERE ${OF_INTEREST} ORDER BY o.key, o.at, o.id`,
    [model],
  );
  return rows.map(({ told: { price, units, days }, ...asked }) => ({
    ...asked,
    price,
    units,
    days,
  }));
}

/** Weeks before the cut-off that results are looked for in the sales. */
const WEEKS = 26;
/** A price that was charged is the one that was decided within this share: tills round and blend. */
const SAME_PRICE = 0.01;

/**
 * Results of suggestions that nobody told anything about, from the sales of the rest of their cycle. An
 * applied price that the tills do not show was not charged, and says nothing. Of drawn groups and cycles
 * everything counts that sold or did not since the suggestion: what was left out would not be drawn.
 */
async function soldResults(house: House, desk: Desk): Promise<Result[]> {
  const { cutoff, declaration, model } = desk;
  const rows = await house.state.query<
    Asked & { at: Date; from: Date; cycle: number; decided: number | null }
  >(
    `SELECT ${ASKED}, s.at, coalesce(s.decided_at, s.at) AS "from",
       s.decided_price::float8 AS decided
     FROM suggestions s
     WHERE ${OF_INTEREST} AND s.cycle IS NOT NULL AND s.at >= $2::date AND s.at < $3::date
       AND NOT EXISTS (SELECT 1 FROM outcomes o WHERE o.suggestion = s.id)
     ORDER BY s.key, s.at, s.id`,
    [model.name, addDays(cutoff, -7 * WEEKS), cutoff],
  );
  if (rows.length === 0) return [];
  const { sold, periodDays } = await soldByDay(house, desk, WEEKS);
  return rows.flatMap(({ at, from, decided, ...asked }) => {
    const first = dayNumber(localDate(asked.arm ? at : from, house.workspace.zone)) + 1;
    const end = cycleEnd(asked.cycle, declaration.cycle);
    const until = periodDays === 1 ? Math.min(end, dayNumber(cutoff)) : end;
    const found = chargedIn(sold.get(asked.key) ?? [], { first, until, periodDays });
    if (asked.arm) return wholeOf(asked, found, periodDays === 1 ? until - first : 0);
    if (found === undefined) return [];
    const expected = asked.state === 'applied' ? (decided ?? asked.suggested) : asked.current;
    const charged = Math.abs(found.price / expected - 1) <= SAME_PRICE;
    return asked.state === 'shadow' || charged ? [{ ...asked, ...found }] : [];
  });
}

/** Of a drawn group: days on which nothing sold are a result too, at whatever price. */
function wholeOf(asked: Asked, found: Sales | undefined, days: number): Result[] {
  if (found !== undefined) return [{ ...asked, ...found }];
  return days > 0 ? [{ ...asked, price: asked.current, units: 0, days }] : [];
}

/** What sold from a day until before another, a longer period by its middle; undefined where nothing did. */
function chargedIn(
  rows: readonly SoldRow[],
  { first, until, periodDays }: { first: number; until: number; periodDays: number },
): Sales | undefined {
  const inside = rows.filter(({ day }) => {
    const middle = day + periodDays / 2;
    return middle >= first && middle < until;
  });
  const units = inside.reduce((sum, row) => sum + Math.max(0, row.units), 0);
  if (units === 0) return undefined;
  const paid = inside.reduce((sum, row) => sum + Math.max(0, row.units) * row.price, 0);
  // Days without a row sold nothing; longer periods are known by their rows alone.
  const days = periodDays === 1 ? until - first : inside.length * periodDays;
  return { price: paid / units, units, days };
}
