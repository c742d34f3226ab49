import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './support.mjs';

const { csvOf } = await load('parts/export-csv.ts');
const columns = [
  { title: 'nome', value: (row) => row.name },
  { title: 'valor', value: (row) => row.value },
];

test('Portuguese has semicolons and decimal commas, English commas and points', () => {
  const rows = [{ name: 'a; b', value: 1.5 }];
  assert.equal(csvOf(columns, rows, 'pt'), '\uFEFFnome;valor\r\n"a; b";1,5\r\n');
  assert.equal(csvOf(columns, rows, 'en'), '\uFEFFnome,valor\r\na; b,1.5\r\n');
});

test('quotes double, what is missing is empty, a formula is disarmed', () => {
  const rows = [
    { name: 'the "best"', value: null },
    { name: '=1+1', value: -2 },
  ];
  assert.equal(csvOf(columns, rows, 'en'), '\uFEFFnome,valor\r\n"the ""best""",\r\n\'=1+1,-2\r\n');
});
