// One customer by API among a million of the last scoring: 50 connections that each ask again at
// once, from a process of their own. Beside it, in the same run, a bare server of Node that sends the
// bytes of one answer to whoever asks: what the machine and HTTP alone take.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cpuSeconds, quantile, residentMb, row } from '../harness.mjs';
import { load } from '../load.mjs';
import { copyOf, served, tino } from '../workspace.mjs';

// It trains a workspace of its own to look into, which a test has no time for.
export const slow = true;
export const asks =
  'How long does the look-up of one customer take by API when a million are loaded, at 50 connections?';

const MODELS = ['customer-segments', 'customer-value'];
const FIRST = 1_000_000;
const BARE = 'bare server of Node';

export async function answer({ small }) {
  const { folder, remove } = copyOf('customers');
  const members = small ? 5_000 : 1_000_000;
  const [warm, requests] = small ? [100, 500] : [5_000, 20_000];
  try {
    await tino(folder, ['simulate', '--rows', '3000']);
    await tino(folder, ['key', 'privacy']);
    await tino(folder, ['build']);
    for (const model of MODELS) {
      await tino(folder, ['train', model]);
      await tino(folder, ['score', model]);
    }
    await enlarge(folder, members);
    const key = JSON.parse(
      (await tino(folder, ['key', 'create', 'bench', '--role', 'viewer'])).output,
    ).secret;
    const server = await served(folder, ['--only', 'api']);
    const headers = { authorization: `Bearer ${key}` };
    const prefix = `/v1/models/${MODELS[0]}/entities/`;
    const paths = { prefix, first: FIRST, count: members, stride: 611_953 };
    const asked = { headers, paths, connections: 50, warm, requests };
    try {
      const { address, pid } = server;
      const [first] = await load(address, { ...asked, connections: 1, warm: 0, requests: 1 });
      await load(address, asked);
      const ours = await measured(address, pid, asked);
      const one = await (await fetch(`${address}${prefix}${FIRST}`, { headers })).text();
      const bare = await measuredBare(one, asked);
      const beside = (peerValue) => ({ peer: BARE, peerValue });
      return [
        row(
          `p99 of a look-up among ${members} customers, 50 connections`,
          'ms',
          quantile(ours.latencies, 0.99),
          'lower',
          { must: 10, aim: 5, ...beside(quantile(bare.latencies, 0.99)) },
        ),
        row(
          'p50 of the same',
          'ms',
          quantile(ours.latencies, 0.5),
          'lower',
          beside(quantile(bare.latencies, 0.5)),
        ),
        row('server CPU a look-up', 'ms', ours.cpuMs, 'lower', beside(bare.cpuMs)),
        row('first look-up after the start, which reads the scorings', 's', first / 1000, 'lower'),
        row('resident memory of the server', 'MB', residentMb(pid), 'lower'),
      ];
    } finally {
      await server.close();
    }
  } finally {
    remove();
  }
}

async function measured(address, pid, plan) {
  const before = cpuSeconds(pid);
  const latencies = await load(address, plan);
  return {
    latencies,
    cpuMs: (1000 * (cpuSeconds(pid) - before)) / (plan.warm + plan.requests),
  };
}

async function measuredBare(body, plan) {
  const program = fileURLToPath(new URL('../peers/bare-server.mjs', import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    child.stdin.end(body);
    const [line] = await once(child.stdout, 'data');
    const address = String(line).trim();
    await load(address, plan);
    return await measured(address, child.pid, plan);
  } finally {
    child.kill();
  }
}

/**
 * The scored customers again and again under new keys, until there are `members` of them. Amounts and
 * averages differ from one to the next, as among real ones; counts and days repeat, as they do.
 */
async function enlarge(folder, members) {
  const { openHouse } = await import('../../system/dist/src/verbs/house.js');
  const { inSession } = await import('../../system/dist/src/features/parallel.js');
  const { commitTables, currentTable, tableFolder } =
    await import('../../system/dist/src/sources/tables.js');
  const { erasuresSoFar } = await import('../../system/dist/src/sources/fence.js');
  const silent = () => {};
  const { house, close } = await openHouse({
    folder,
    now: () => new Date(),
    log: { info: silent, warn: silent, error: silent },
    privacyKeyFile: () => join(folder, 'pseudonyms.key'),
  });
  const more = async (model) => {
    const { at: _, ...table } = await currentTable(house, 'scores', model);
    const times = Math.ceil(members / table.rows);
    const from = `read_parquet('${table.files[0]}')`;
    const written = await inSession(house, async (session) => {
      const row = 'row_number() OVER ()';
      const own = (await fractional(session, from, [...table.manifest.features, 'tino_value'])).map(
        (name) => `"${name}" * (1 + 1e-7 * ${row}) AS "${name}"`,
      );
      const key = `CAST(${FIRST} + ${row} - 1 AS VARCHAR) AS customer_id`;
      return session.write(
        `SELECT * REPLACE (${[key, ...own].join(', ')})
         FROM ${from}, range(${times}) LIMIT ${members}`,
        tableFolder(house, 'scores'),
        { name: `enlarged-${model}` },
      );
    });
    await commitTables(house, await erasuresSoFar(house.state), [
      { ...table, snapshot: `enlarged-${model}`, files: written.files, rows: members },
    ]);
  };
  try {
    for (const model of MODELS) await more(model);
  } finally {
    await close();
  }
}

/** Numbers that are not all whole. */
async function fractional(session, from, names) {
  const numbers = (await session.describe(`SELECT * FROM ${from}`))
    .filter(({ name, type }) => names.includes(name) && type === 'number')
    .map(({ name }) => name);
  const found = await session.all(
    `SELECT ${numbers.map((name) => `bool_or("${name}" <> round("${name}")) AS "${name}"`).join(', ')}
     FROM ${from}`,
  );
  return numbers.filter((name) => found[0][name] === true);
}
