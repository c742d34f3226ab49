import { dayNumber } from '../../calendar/dates.js';
import { seesKey, type Scope } from '../../access/principal.js';
import { TinoError } from '../../contract/index.js';
import type { PriceHistoryAnswer } from '../../contract/price-history.js';
import type { House } from '../../ports/house.js';
import { keyText, type Key } from '../../training/tasks/forecast/keys.js';
import { localDate } from './cycle.js';
import { openDesk } from './desk.js';
import type { OutcomeDetail } from './learning.js';
import { soldByWeek, type Sold } from './sold.js';
import type { SuggestionState } from './store.js';

/** Suggestions that a history goes back. */
const LATEST = 26;

interface Row {
  id: string;
  at: Date;
  state: SuggestionState;
  current: number;
  price: number;
  by: string | null;
  decidedAt: Date | null;
  decidedPrice: number | null;
  reason: string | null;
}

/**
 * What was suggested for an item, what became of it, and what sold before and after: as it was told,
 * else as the sales say.
 */
export async function priceHistory(
  house: House,
  name: string,
  { key, scope }: { key: Key; scope: Scope },
): Promise<PriceHistoryAnswer> {
  const desk = await openDesk(house, name);
  const item = desk.items.get(keyText(desk.declaration.key, key));
  if (item === undefined || !seesKey(scope, item.key))
    throw new TinoError('UNKNOWN_KEY', { model: name, key: JSON.stringify(key) });
  const rows = await house.state.query<Row>(
    `SELECT id, at, state, price::float8 AS price, current::float8 AS current, decided_by AS by,
       decided_at AS "decidedAt", decided_price::float8 AS "decidedPrice", reason
     FROM suggestions WHERE model = $1 AND key = $2 ORDER BY at DESC, id DESC LIMIT ${LATEST}`,
    [name, item.text],
  );
  const told = await house.state.query<{ detail: OutcomeDetail; at: Date }>(
    'SELECT at, detail FROM outcomes WHERE model = $1 AND key = $2 ORDER BY at, id',
    [name, item.text],
  );
  const sold = await soldByWeek(house, desk, item, LATEST);
  const { zone } = house.workspace;
  const periods = { told: told.map((one) => toldPeriod(one, zone)), sold: sold.map(soldPeriod) };
  const applied = rows.filter(({ decidedAt, state }) => decidedAt !== null && state === 'applied');
  return {
    suggestions: rows.map(({ id, at, state, current, price, ...decided }) => ({
      id,
      at: at.toISOString(),
      state,
      current,
      price,
      decision:
        decided.by === null || decided.decidedAt === null
          ? null
          : {
              by: decided.by,
              at: decided.decidedAt.toISOString(),
              price: decided.decidedPrice,
              reason: decided.reason,
            },
      units:
        state === 'applied' && decided.decidedAt !== null
          ? aroundOf(decided.decidedAt, applied, periods)
          : null,
    })),
    sold,
    outcomes: told.map(({ at, detail: { price, units, days } }) => ({
      at: at.toISOString(),
      price,
      unitsPerDay: units / days,
    })),
  };
}

/** Days `from` until before `until`, as day numbers, and what sold in them. */
interface Period {
  from: number;
  until: number;
  units: number;
}

const soldPeriod = ({ at, days, unitsPerDay }: Sold): Period => ({
  from: dayNumber(at),
  until: dayNumber(at) + days,
  units: unitsPerDay * days,
});

/** An outcome is told at the end of its days. */
function toldPeriod({ at, detail }: { at: Date; detail: OutcomeDetail }, zone: string): Period {
  const until = dayNumber(localDate(at, zone)) + 1;
  return { from: until - detail.days, until, units: detail.units };
}

/** Units a day between the last applied price and this one, and from this one to the next. */
function aroundOf(
  moment: Date,
  applied: readonly Row[],
  { told, sold }: Record<'told' | 'sold', readonly Period[]>,
) {
  const moments = applied.map(({ decidedAt }) => decidedAt!.getTime());
  const now = moment.getTime();
  const earlier = Math.max(-Infinity, ...moments.filter((other) => other < now));
  const later = Math.min(Infinity, ...moments.filter((other) => other > now));
  const daily = (periods: readonly Period[], since: number, before: number) => {
    // A period belongs to the price that most of its days had.
    const inside = periods.filter(({ from, until }) => {
      const middle = ((from + until) / 2) * DAY_MS;
      return middle > since && middle <= before;
    });
    const days = inside.reduce((sum, { from, until }) => sum + until - from, 0);
    const units = inside.reduce((sum, period) => sum + period.units, 0);
    return days > 0 ? units / days : null;
  };
  const between = (since: number, before: number) =>
    daily(told, since, before) ?? daily(sold, since, before);
  return { before: between(earlier, now), after: between(now, later) };
}
const DAY_MS = 86_400_000;
