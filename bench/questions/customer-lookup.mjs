// One customer by API among a million of the last scoring: 50 connections that each ask again at
// once, from a process of their own.
import { join } from 'node:path';
import { cpuSeconds, quantile, residentMb, row } from '../harness.mjs';
import { load } from '../load.mjs';
import { copyOf, served, tino } from '../workspace.mjs';

// It trains a workspace of its own to look into, which a test has no time for.
export const slow = true;
export const asks =
  'How long does the look-up of one customer take by API when a million are loaded, at 50 connections?';

const MODEL = 'customer-segments';
const FIRST = 1_000_000;

export async function answer({ small }) {
  const { folder, remove } = copyOf('customers');
  const members = small ? 5_000 : 1_000_000;
  try {
    await tino(folder, ['simulate', '--rows', '3000']);
    await tino(folder, ['key', 'privacy']);
    await tino(folder, ['build']);
    await tino(folder, ['train', MODEL]);
    await tino(folder, ['score', MODEL]);
    await enlarge(folder, members);
    const key = JSON.parse(
      (await tino(folder, ['key', 'create', 'bench', '--role', 'viewer'])).output,
    ).secret;
    const server = await served(folder, ['--only', 'api']);
    try {
      const { address } = server;
      const plan = {
        headers: { authorization: `Bearer ${key}` },
        paths: {
          prefix: `/v1/models/${MODEL}/entities/`,
          first: FIRST,
          count: members,
          stride: 611_953,
        },
        connections: 50,
      };
      const [first] = await load(address, { ...plan, connections: 1, requests: 1 });
      await load(address, { ...plan, requests: small ? 100 : 5_000 }); // warm
      const before = cpuSeconds(server.pid);
      const latencies = await load(address, { ...plan, requests: small ? 500 : 20_000 });
      const cpuMs = (1000 * (cpuSeconds(server.pid) - before)) / latencies.length;
      return [
        row(
          `p99 of a look-up among ${members} customers, 50 connections`,
          'ms',
          quantile(latencies, 0.99),
          'lower',
          {
            must: 10,
            aim: 5,
          },
        ),
        row('p50 of the same', 'ms', quantile(latencies, 0.5), 'lower'),
        row('server CPU a look-up', 'ms', cpuMs, 'lower'),
        row('first look-up after the start, which reads the scoring', 's', first / 1000, 'lower'),
        row('resident memory of the server', 'MB', residentMb(server.pid), 'lower'),
      ];
    } finally {
      await server.close();
    }
  } finally {
    remove();
  }
}

/** The scored customers again and again under new keys, until there are `members` of them. */
async function enlarge(folder, members) {
  const { openHouse } = await import('../../system/dist/src/verbs/house.js');
  const { inSession } = await import('../../system/dist/src/features/parallel.js');
  const { commitTables, currentTable, tableFolder } =
    await import('../../system/dist/src/sources/tables.js');
  const silent = () => {};
  const { house, close } = await openHouse({
    folder,
    now: () => new Date(),
    log: { info: silent, warn: silent, error: silent },
    privacyKeyFile: () => join(folder, 'pseudonyms.key'),
  });
  try {
    const { at: _, ...table } = await currentTable(house, 'scores', MODEL);
    const times = Math.ceil(members / table.rows);
    const written = await inSession(house, (session) =>
      session.write(
        `SELECT * REPLACE (CAST(${FIRST} + row_number() OVER () - 1 AS VARCHAR) AS customer_id)
         FROM read_parquet('${table.files[0]}'), range(${times}) LIMIT ${members}`,
        tableFolder(house, 'scores'),
        { name: 'enlarged' },
      ),
    );
    await commitTables(house, [
      { ...table, snapshot: 'enlarged', files: written.files, rows: members },
    ]);
  } finally {
    await close();
  }
}
