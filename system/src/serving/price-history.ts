import { seesKey, type Scope } from '../access/principal.js';
import { TinoError } from '../contract/index.js';
import type { PriceHistoryAnswer } from '../contract/price-history.js';
import type { House } from '../ports/house.js';
import { keyText, type Key } from '../training/tasks/forecast-keys.js';
import { openDesk } from './price-desk.js';
import type { OutcomeDetail } from './price-learning.js';
import type { SuggestionState } from './price-store.js';

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
 * What was suggested for an item, what became of it and what was told to have sold before and after,
 * the latest first.
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
          ? aroundOf(decided.decidedAt, applied, told)
          : null,
    })),
    outcomes: told.map(({ at, detail: { price, units, days } }) => ({
      at: at.toISOString(),
      price,
      unitsPerDay: units / days,
    })),
  };
}

/** Units a day told between the last applied price and this one, and from this one to the next. */
function aroundOf(
  moment: Date,
  applied: readonly Row[],
  told: readonly { detail: OutcomeDetail; at: Date }[],
) {
  const moments = applied.map(({ decidedAt }) => decidedAt!.getTime());
  const now = moment.getTime();
  const earlier = Math.max(-Infinity, ...moments.filter((other) => other < now));
  const later = Math.min(Infinity, ...moments.filter((other) => other > now));
  const daily = (from: number, until: number) => {
    const inside = told.filter(({ at }) => at.getTime() > from && at.getTime() <= until);
    const days = inside.reduce((sum, { detail }) => sum + detail.days, 0);
    const units = inside.reduce((sum, { detail }) => sum + detail.units, 0);
    return days > 0 ? units / days : null;
  };
  return { before: daily(earlier, now), after: daily(now, later) };
}
