import assert from 'node:assert/strict';
import test from 'node:test';
import type { Batch } from '../../src/engine/port.js';
import { readCovariates } from '../../src/training/tasks/forecast/known.js';
import { stepIndex } from '../../src/training/tasks/forecast/steps.js';
import type { ForecastDeclaration } from '../../src/workspace/types.js';

const month = (at: string) => stepIndex(at, { step: 'month' });
const files: Record<string, [string, string, number][]> = {
  'known.sql': [
    ['1', '2026-01-05', 2],
    ['1', '2026-01-20', 1],
    ['1', '2026-04-01', 5],
  ],
  'past.sql': [['1', '2026-02-01', 7]],
  'late.sql': [['1', '2026-05-01', 7]],
};
const read = async (file: string): Promise<Batch> => {
  const rows = files[file]!;
  return {
    rows: rows.length,
    columns: [
      { name: 'shop_id', type: 'text', values: rows.map(([shop]) => shop) },
      { name: 'at', type: 'date', values: rows.map(([, at]) => at) },
      {
        name: file.replace('.sql', ''),
        type: 'double',
        values: Float64Array.from(rows, ([, , value]) => value),
      },
    ],
  } as Batch;
};
const of = (declaration: Partial<ForecastDeclaration>) =>
  readCovariates(read, { key: ['shop_id'], step: 'month', ...declaration } as ForecastDeclaration, {
    keys: [{ shop_id: '1' }, { shop_id: '2' }],
    end: month('2026-03-01'),
  });

test('what is known ahead goes on after the last step; what is not is unknown there', async () => {
  const found = (await of({ known: 'known.sql', past: 'past.sql' }))!;
  assert.deepEqual(found.names, ['known', 'past']);
  assert.deepEqual(found.kinds, ['known', 'past']);
  const row = (at: string, series = 0) => [0, 1].map((c) => found.at(series, month(at), c));
  assert.deepEqual(row('2026-01-01'), [3, 0]);
  assert.deepEqual(row('2026-02-01'), [0, 7]);
  assert.deepEqual(row('2026-04-01'), [5, NaN]);
  assert.deepEqual(row('2026-01-01', 1), [0, 0]);
});

test('without SQL of either there are none', async () => {
  assert.equal(await of({}), undefined);
});

test('a value of the future of what is known only afterwards is an error', async () => {
  await assert.rejects(of({ past: 'late.sql' }), { code: 'PAST_IN_FUTURE' });
});

test('a column of the calendar must be one that is known ahead', async () => {
  await assert.rejects(of({ known: 'known.sql', calendar: ['holidays'] }), {
    code: 'SQL_COLUMNS',
  });
});
