import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askAs, get } from './asking.js';
import type { Mall } from './house.js';

/** A thousand predictions a second must not be a thousand questions to the state. */
export function predicting(open: () => Mall): void {
  test('a prediction with a known key and an open model asks the state nothing', async () => {
    const mall = open();
    const { features } = (await get(mall, '/v1/models/house-price')).json;
    const row = Object.fromEntries(
      features.map(({ name, typical }: { name: string; typical: unknown }) => [name, typical]),
    );
    const url = '/v1/models/house-price/predict';
    const predict = () =>
      askAs(mall, 'viewer', 'all', { method: 'POST', url, body: { rows: [row] } });
    assert.equal((await predict()).status, 200);
    const { state } = mall.house;
    const { query, transaction } = state;
    let asked = 0;
    state.query = (...args) => (asked++, query.apply(state, args) as never);
    state.transaction = (work) => (asked++, transaction.call(state, work) as never);
    try {
      for (let i = 0; i < 20; i++) assert.equal((await predict()).status, 200);
    } finally {
      Object.assign(state, { query, transaction });
    }
    assert.equal(asked, 0);
  });
}
