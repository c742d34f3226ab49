// One price suggestion over HTTP from a running server, one request after the other: made and kept on
// disk now, and standing in its cycle.
import { readFileSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { cpuSeconds, quantile, row } from '../harness.mjs';
import { copyOf, served, tino } from '../workspace.mjs';

// It trains the restaurant example, which a test has no time for.
export const slow = true;
export const asks = 'How long does one price suggestion take by API, made now and standing?';

const MODEL = 'dish-price';

export async function answer({ small }) {
  const { folder, remove } = copyOf('restaurant');
  try {
    await tino(folder, ['simulate']);
    repeatDishes(folder, small ? 2 : 6);
    for (const verb of [['build'], ['train', 'ingredient-price'], ['train', MODEL]])
      await tino(folder, verb);
    const key = JSON.parse(
      (await tino(folder, ['key', 'create', 'bench', '--role', 'viewer'])).output,
    ).secret;
    const server = await served(folder, ['--only', 'api']);
    try {
      return await rowsOf(server.address, { key, pid: server.pid, small, folder });
    } finally {
      await server.close();
    }
  } finally {
    remove();
  }
}

async function rowsOf(address, { key, pid, small, folder }) {
  const ask = asker(address, key);
  const [first, ...dishes] = dishesOf(folder);
  const started = performance.now();
  await ask(first);
  const firstMs = performance.now() - started;
  const made = await each(dishes, ask, pid);
  await each(dishes, ask, pid);
  const many = Array.from({ length: small ? 2 : 5 }, () => dishes).flat();
  const standing = await each(many, ask, pid);
  return [
    row('one standing suggestion, p50', 'ms', quantile(standing.latencies, 0.5), 'lower', {
      must: 5,
    }),
    row('one standing suggestion, p99', 'ms', quantile(standing.latencies, 0.99), 'lower'),
    row('one standing suggestion, CPU of the server', 'ms', standing.cpuMs, 'lower'),
    row('one suggestion made now, p50', 'ms', quantile(made.latencies, 0.5), 'lower', { must: 5 }),
    row('one suggestion made now, p99', 'ms', quantile(made.latencies, 0.99), 'lower'),
    row('one suggestion made now, CPU of the server', 'ms', made.cpuMs, 'lower'),
    row('first suggestion after the start, which reads the items', 'ms', firstMs, 'lower'),
  ];
}

/** Each dish, its recipe and its sales again under new numbers: a menu of hundreds. */
function repeatDishes(folder, times) {
  for (const table of ['dishes', 'recipes', 'sales']) {
    const { names, rows, path } = readTable(folder, table);
    const dish = names.indexOf('dish_id');
    const again = Array.from({ length: times }, (_, time) =>
      rows.map((row) => row.with(dish, String(Number(row[dish]) + 1000 * time))),
    );
    writeFileSync(path, [names, ...again.flat()].map((row) => row.join(',')).join('\n') + '\n');
  }
}

function dishesOf(folder) {
  const { names, rows } = readTable(folder, 'dishes');
  const [restaurant, dish] = ['restaurant_id', 'dish_id'].map((name) => names.indexOf(name));
  return rows.map((row) => ({ restaurant: row[restaurant], dish: row[dish] }));
}

function readTable(folder, table) {
  const path = join(folder, 'data', `${table}.csv`);
  const [names, ...rows] = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return { path, names, rows };
}

/** Closed loop, one connection: latencies in ms, and CPU of the server a request. */
async function each(dishes, ask, pid) {
  const before = cpuSeconds(pid);
  const latencies = [];
  for (const dish of dishes) latencies.push(await ask(dish));
  return { latencies, cpuMs: (1000 * (cpuSeconds(pid) - before)) / dishes.length };
}

function asker(address, key) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return ({ restaurant, dish }) =>
    new Promise((resolve, reject) => {
      const started = performance.now();
      get(
        `${address}/v1/models/${MODEL}/suggestion?key.restaurant_id=${restaurant}&key.item_id=${dish}`,
        { agent, headers: { authorization: `Bearer ${key}` } },
        (answered) => {
          let text = '';
          answered.on('data', (chunk) => (text += chunk));
          answered.on('end', () =>
            answered.statusCode === 200
              ? resolve(performance.now() - started)
              : reject(new Error(`${answered.statusCode} ${text}`)),
          );
        },
      ).on('error', reject);
    });
}
