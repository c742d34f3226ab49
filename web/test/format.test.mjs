import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './support.mjs';

const format = await load('format.ts');
const dates = await load('dates.ts');
/** Spaces inside numbers do not break; the goldens are easier to read with plain ones. */
const plain = (text) => text.replaceAll('\u00a0', ' ');

const MONEY = [
  [1234.56, 'R$ 1.234,56', 'R$1,234.56'],
  [45_200, 'R$ 45,2 mil', 'R$45.2K'],
  [3_300_000, 'R$ 3,3 mi', 'R$3.3M'],
  [-3_300_000, '−R$ 3,3 mi', '−R$3.3M'],
  [0, 'R$ 0,00', 'R$0.00'],
];
for (const [value, pt, en] of MONEY)
  test(`money ${value}`, () => {
    assert.equal(plain(format.money(value, 'pt')), pt);
    assert.equal(plain(format.money(value, 'en')), en);
  });

test('a change of money carries its sign, and a price is never shortened', () => {
  assert.equal(plain(format.money(4650, 'pt', { sign: true })), '+R$ 4.650,00');
  assert.equal(plain(format.money(12_345.6, 'pt', { compact: false })), 'R$ 12.345,60');
  assert.equal(plain(format.valueOf(12_345.6, 'unitPrice', 'en')), 'R$12,345.60');
});

const SHARES = [
  [0.07, '7,0%', '7.0%'],
  [0.35, '35%', '35%'],
  [0, '0%', '0%'],
  [1, '100%', '100%'],
];
for (const [value, pt, en] of SHARES)
  test(`share ${value}`, () => {
    assert.equal(plain(format.share(value, 'pt')), pt);
    assert.equal(plain(format.share(value, 'en')), en);
  });

test('a signed share keeps one decimal and a real minus', () => {
  assert.equal(format.share(-0.168, 'pt', { sign: true }), '−16,8%');
  assert.equal(format.share(0.015, 'en', { sign: true }), '+1.5%');
});

test('numbers group by language', () => {
  assert.equal(format.number(6435, 'pt'), '6.435');
  assert.equal(format.number(6435, 'en'), '6,435');
  assert.equal(format.number(0.8166, 'pt'), '0,82');
  assert.equal(format.number(2, 'pt', 1), '2,0');
});

test('a local date stays on its day, whatever the zone of the machine', () => {
  assert.equal(dates.date('2026-03-12', 'pt'), '12/03/2026');
  assert.equal(dates.date('2026-03-12', 'en'), '12 Mar 2026');
  assert.equal(dates.day('2026-10-26', 'pt'), '26/10');
  assert.equal(dates.day('2026-10-26', 'en'), '26 Oct');
});

test('an instant is told in the zone of the workspace', () => {
  dates.setZone('America/Sao_Paulo');
  assert.equal(dates.time('2026-11-22T02:30:00.000Z', 'pt'), '23:30');
  assert.equal(dates.date('2026-11-22T02:30:00.000Z', 'pt'), '21/11/2026');
  assert.equal(dates.minuteOfDay('2026-11-22T02:30:00.000Z'), 23 * 60 + 30);
});

test('durations', () => {
  assert.deepEqual([0.2, 41, 192, 7500].map(dates.duration), [
    '< 1 s',
    '41 s',
    '3 min 12 s',
    '2 h 5 min',
  ]);
});
