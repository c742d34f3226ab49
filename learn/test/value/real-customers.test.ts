import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import {
  customerValue,
  expectedPurchases,
  expectedSpend,
  fitBgNbd,
  fitGammaGamma,
  pAlive,
} from '@tino/learn';
import { logLikelihood } from './customers.js';

const folder =
  process.env['TINO_DATA'] ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const file = `${folder}/online_retail/online_retail.csv.gz`;
const skip = existsSync(file) ? false : `${file} is not there; set TINO_DATA`;

interface Golden {
  customers: number;
  ids: number[];
  bgNbd: { r: number; alpha: number; a: number; b: number };
  gammaGamma: { p: number; q: number; v: number };
  alive: number[];
  expected: number[];
  spend: number[];
  total: number;
}
/** Written by bench/peers/customer_value.py. */
const golden = JSON.parse(
  readFileSync(new URL('../../../test/value/golden/online-retail.json', import.meta.url), 'utf8'),
) as Golden;

/** Days with purchases of each known customer, with what they brought. */
function customers() {
  const [, ...lines] = gunzipSync(readFileSync(file)).toString().split(/\r?\n/);
  const byCustomer = new Map<number, Map<number, number>>();
  let end = 0;
  for (const text of lines) {
    // The description may hold commas: numbers are read from the end.
    const cells = text.split(',');
    const amount = Number(cells.at(-5)) * Number(cells.at(-3));
    if (cells.length < 8 || cells.at(-2) === '' || !(Number(cells.at(-5)) > 0 && amount > 0))
      continue;
    const day = Math.floor(Date.parse(`${cells.at(-4)!.slice(0, 10)}T00:00Z`) / 86_400_000);
    const id = Number(cells.at(-2));
    const days = byCustomer.get(id) ?? new Map<number, number>();
    byCustomer.set(id, days.set(day, (days.get(day) ?? 0) + amount));
    end = Math.max(end, day);
  }
  return [...byCustomer]
    .sort(([a], [b]) => a - b)
    .map(([id, days]) => {
      const first = Math.min(...days.keys());
      return {
        id,
        frequency: days.size - 1,
        recency: Math.max(...days.keys()) - first,
        tenure: end - first,
        monetary: [...days.values()].reduce((sum, one) => sum + one, 0) / days.size,
      };
    });
}

const near = (found: number, wanted: number, tolerance: number, what: string) =>
  assert.ok(
    Math.abs(found - wanted) <= tolerance * Math.abs(wanted),
    `${what} is ${found}, lifetimes says ${wanted}`,
  );

test('the customers of Online Retail are worth what lifetimes says', { skip }, () => {
  const all = customers();
  assert.equal(all.length, golden.customers);
  const purchases = fitBgNbd(all);
  const spend = fitGammaGamma(all.map((one) => ({ ...one, frequency: one.frequency + 1 })));
  // Hardly anyone leaves in this one year, so the likelihood is flat along a and b.
  assert.ok(purchases.logLikelihood > logLikelihood(golden.bgNbd, all) - 1e-3);
  for (const name of ['r', 'alpha'] as const)
    near(purchases[name], golden.bgNbd[name], 0.002, name);
  for (const name of ['p', 'q', 'v'] as const)
    near(spend[name], golden.gammaGamma[name], 0.01, name);
  golden.ids.forEach((id, i) => {
    const one = all.find((each) => each.id === id)!;
    near(pAlive(purchases, one), golden.alive[i], 0.002, `P(alive) of ${id}`);
    near(expectedPurchases(purchases, one, 90), golden.expected[i], 0.005, `purchases of ${id}`);
    const bought = { frequency: one.frequency + 1, monetary: one.monetary };
    near(expectedSpend(spend, bought), golden.spend[i], 0.005, `a purchase of ${id}`);
  });
  const total = all.reduce((sum, one) => sum + customerValue({ purchases, spend }, one, 90), 0);
  near(total, golden.total, 0.005, 'value of all');
});
