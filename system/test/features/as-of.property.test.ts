import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import * as fc from 'fast-check';
import { addDays } from '../../src/calendar/dates.js';
import { openAsOf } from '../../src/features/index.js';
import { ingest } from '../../src/sources/index.js';
import { effects, openHouse, writeWorkspace, type TestHouse } from './house.js';

const config = `
import { defineWorkspace, integer, source, timestamp } from '@tino/system';
export default defineWorkspace({ name: 'p', zone: 'UTC', sources: { rows: source({
  files: 'data/rows.csv', key: 'id', eventTime: 'happened', knownAt: 'known', rejectsMax: 1,
  columns: { id: integer(), happened: timestamp(), known: timestamp(), value: integer(), late: integer({ knownAt: 'late_at' }), late_at: timestamp() },
}) } });
`;

interface Row {
  id: number;
  known: string;
  value: number;
  late: number | null;
  lateAt: string | null;
}

let house: TestHouse;
let folder: string;
before(async () => {
  folder = await writeWorkspace({ 'tino.config.ts': config, 'data/rows.csv': 'x' });
  house = await openHouse(folder, { now: '2030-01-01T00:00:00Z' });
});
after(() => house.close());

const moment = fc
  .tuple(
    fc.integer({ min: 0, max: 20 }),
    fc.constantFrom('00:00:00', '00:00:01', '12:00:00', '23:59:59'),
  )
  .map(([day, time]) => `${addDays('2020-01-01', day)} ${time}`);
const row: fc.Arbitrary<Row> = fc.record({
  id: fc.integer({ min: 0, max: 5 }),
  known: moment,
  value: fc.integer({ min: 0, max: 99 }),
  late: fc.option(fc.integer({ min: 0, max: 99 })),
  lateAt: fc.option(moment),
});

/** What the words say, row by row: the newest version of each key that was known, its late column masked. */
function naive(rows: readonly Row[], cutoff: string) {
  const at = `${cutoff} 00:00:00`;
  const newest = new Map<number, Row>();
  for (const one of rows) {
    const before = newest.get(one.id);
    // Of two rows of one key and moment the first stays.
    if (one.known <= at && (!before || one.known > before.known)) newest.set(one.id, one);
  }
  return [...newest.values()]
    .sort((a, b) => a.id - b.id)
    .map(({ id, value, late, lateAt }) => {
      const seen = lateAt !== null && lateAt <= at;
      return { id, value, late: seen ? late : null, late_at: seen ? lateAt : null };
    });
}

test('an as-of view is what a naive reading of the rows gives', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 25 }), async (rows) => {
      const lines = rows.map(
        ({ id, known, value, late, lateAt }) =>
          `${id},${known},${known},${value},${late ?? ''},${lateAt ?? ''}`,
      );
      await house.state.query('DELETE FROM tables');
      await writeFile(
        join(folder, 'data/rows.csv'),
        ['id,happened,known,value,late,late_at', ...lines, ''].join('\n'),
      );
      await ingest(house, 'all', effects);
      for (const day of [0, 7, 15, 25]) {
        const cutoff = addDays('2020-01-01', day);
        const seen = await openAsOf(house, '', cutoff, (session) =>
          session.all('SELECT id, value, late, late_at FROM rows ORDER BY id'),
        );
        assert.deepEqual(seen, naive(rows, cutoff));
      }
    }),
    { numRuns: 25, seed: 7 },
  );
});
