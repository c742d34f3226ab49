import { seeded } from '@tino/learn';
import { openHouse, writeWorkspace, type TestHouse } from '../features/house.js';

/** Shops of one chain: what happened to it is known, so it is known what there is to find. */
const config = `
import { boughtTogether, boolean, category, date, days, defineWorkspace, entity, integer, money, source, text,
  whatMakes, whyMoved } from '@tino/system';
const client = { unit: 'client_id', noun: { pt: ['cliente', 'clientes'], en: ['client', 'clients'] } };
export default defineWorkspace({
  name: 'chain',
  sources: {
    lines: source({ files: 'data/lines.csv', eventTime: 'day', columns: {
      basket: text({ required: true }), client_id: text({ required: true }), day: date({ required: true }),
      item: text(), state: category(), channel: category(), units: integer(), amount: money(), late: boolean() } }),
  },
  entities: { client: entity('client_id') },
  insights: {
    revenue: whyMoved({ title: { pt: 'Receita', en: 'Revenue' }, sql: 'insights/revenue.sql', period: days(30),
      labels: { state: { pt: 'Estado', en: 'State' } }, action: { pt: 'Ligue', en: 'Call' }, ...client }),
    late: whatMakes({ title: { pt: 'Atrasos', en: 'Late' }, event: { pt: 'atraso', en: 'late order' },
      rows: { pt: ['compra', 'compras'], en: ['order', 'orders'] }, sql: 'insights/late.sql', period: days(60),
      moneyEach: -20, ...client }),
    baskets: boughtTogether({ title: { pt: 'Cestas', en: 'Baskets' }, sql: 'insights/baskets.sql', period: days(60),
      ...client }),
  },
});`;

const STATES = ['BA', 'CE', 'PE', 'RN'];
const DAYS = 60;

/** Sales fall in BA in the last 30 days; the app delivers late to PE; who takes coffee takes filters. */
function lines(): (string | number)[][] {
  const rng = seeded('chain');
  const rows: (string | number)[][] = [];
  for (let basket = 0; basket < 2400; basket++) {
    const client = rng.below(400);
    const state = STATES[client % 4]!;
    const ago = rng.below(DAYS);
    if (state === 'BA' && ago < 30 && rng.next() < 0.7) continue;
    const channel = rng.next() < 0.4 ? 'app' : 'shop';
    const late = rng.next() < (channel === 'app' && state === 'PE' ? 0.5 : 0.05);
    const day = new Date(Date.UTC(2026, 9, 31 - ago)).toISOString().slice(0, 10);
    const items = ['bread', 'milk', 'rice'].filter(() => rng.next() < 0.4);
    if (rng.next() < 0.25) items.push('coffee', ...(rng.next() < 0.8 ? ['filters'] : []));
    else if (rng.next() < 0.05) items.push('filters');
    for (const item of items)
      rows.push([
        `b${basket}`,
        `c${client}`,
        day,
        item,
        state,
        channel,
        1,
        (10 + 5 * rng.next()).toFixed(2),
        String(late),
      ]);
  }
  return rows;
}

export const csvOf = (rows: (string | number)[][]): string =>
  ['basket,client_id,day,item,state,channel,units,amount,late', ...rows.map(String)].join('\n') +
  '\n';

export const files = (rows = lines()): Record<string, string> => ({
  'tino.config.ts': config,
  'insights/revenue.sql':
    'SELECT day AS at, client_id, amount AS value, item, units, state, channel FROM lines',
  'insights/late.sql': `SELECT min(day) AS at, min(client_id) AS client_id, bool_or(late) AS happened,
  min(state) AS state, min(channel) AS channel FROM lines GROUP BY basket`,
  'insights/baskets.sql': 'SELECT day AS at, client_id, basket, item, amount AS value FROM lines;',
  'data/lines.csv': csvOf(rows),
});

export const openChain = async (): Promise<TestHouse> =>
  openHouse(await writeWorkspace(files()), { now: '2026-11-01T12:00:00Z' });
