// kill -9 at random moments of a serving process that is being told outcomes, decisions, promotions and
// keys: whatever was acknowledged is there after the restart, and nothing was learned twice.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { seeded } from '../learn/dist/src/index.js';
import { top } from './common.mjs';

const ROUNDS = 5;
const bin = join(top, 'system', 'bin', 'tino.js');
const place = mkdtempSync(join(tmpdir(), 'tino-kill-'));
const folder = join(place, 'examples', 'restaurant');
const env = { ...process.env, TINO_KEY_FILE: join(place, 'pseudonyms.key') };
const rng = seeded('kill');
const told = { outcomes: [], decisions: new Map(), keys: [], promotions: 0 };
let key;
let items;

before(
  async () => {
    cpSync(join(top, 'examples'), join(place, 'examples'), {
      recursive: true,
      filter: (path) => !/\/(\.tino|data)(\/|$)/.test(path.slice(top.length)),
    });
    symlinkSync(join(top, 'node_modules'), join(place, 'node_modules'));
    const server = await started('start');
    key = await tino(['key', 'create', 'kill', '--role', 'admin']).then(({ secret }) => secret);
    const page = await ask(server, 'GET', '/v1/models/dish-price/suggestions?limit=1000');
    items = page.items;
    assert.ok(items.length > 10, 'the example has items with a price');
    await stop(server, 'SIGTERM');
  },
  { timeout: 240_000 },
);
after(() => rmSync(place, { recursive: true, force: true }));

for (let round = 1; round <= ROUNDS; round++)
  test(
    `round ${round}: what was acknowledged before kill -9 is there after it`,
    { timeout: 120_000 },
    async () => {
      const server = await started('serve');
      await verify(server);
      const killed = new Promise((resolve) => setTimeout(resolve, 300 + rng.below(1500))).then(() =>
        stop(server, 'SIGKILL'),
      );
      await work(server, round);
      await killed;
      const again = await started('serve');
      await verify(again);
      await stop(again, 'SIGTERM');
    },
  );

test('what was learned through all of it is what a process that never stopped would know', async () => {
  const of = (path) => import(join(top, 'system', 'dist', 'src', path));
  const [{ openHouse }, { openDesk }, { learned }] = await Promise.all(
    ['verbs/house.js', 'serving/price/desk.js', 'serving/price/learning.js'].map(of),
  );
  const silent = () => {};
  const { house, close } = await openHouse({
    folder,
    now: () => new Date(),
    log: { info: silent, warn: silent, error: silent },
    privacyKeyFile: () => env.TINO_KEY_FILE,
  });
  try {
    const { starts } = await openDesk(house, 'dish-price');
    const outcomes = await house.state.query(
      'SELECT idempotency_key AS id, key, detail FROM outcomes',
    );
    const kept = new Set(outcomes.map(({ id }) => id));
    for (const { id } of told.outcomes) assert.ok(kept.has(`dish-price/${id}`), id);
    const posteriors = await house.state.query('SELECT key, posterior, outcomes FROM posteriors');
    assert.ok(posteriors.length > 5);
    for (const { key, posterior, outcomes: count } of posteriors) {
      const own = outcomes.filter((outcome) => outcome.key === key);
      assert.equal(count, own.length);
      assert.deepEqual(posterior.posterior, learned(starts.get(key), own.toReversed()), key);
    }
  } finally {
    await close();
  }
});

test('the rounds told it something of every kind', () => {
  for (const [what, count] of Object.entries({
    outcomes: told.outcomes.length,
    decisions: told.decisions.size,
    keys: told.keys.length,
    promotions: told.promotions,
  }))
    assert.ok(count > 0, `no ${what} were acknowledged`);
});

/** Tells the server things until it dies; only what it answered is remembered. */
async function work(server, round) {
  for (let n = 0; ; n++) {
    const item = items[rng.below(items.length)];
    try {
      const id = `round ${round} outcome ${n}`;
      // Told late and out of order: of any of the last ten days, with or without the suggestion.
      const at = new Date(Date.now() - rng.below(10 * 24) * 3_600_000).toISOString();
      const about = rng.below(2) === 0 ? { key: item.key } : { suggestion: item.id };
      const sold = { price: item.current, units: 1 + rng.below(40), days: 7 };
      const outcome = { id, ...about, ...sold, at };
      const answer = await ask(server, 'POST', '/v1/models/dish-price/outcomes', {
        outcomes: [outcome],
      });
      assert.equal(answer.accepted, 1);
      told.outcomes.push(outcome);
      if (n % 3 === 0) await decide(server, item);
      if (n % 4 === 1)
        told.keys.push(
          (await ask(server, 'POST', '/v1/keys', { name: id, role: 'viewer' })).key.id,
        );
      if (n % 5 === 2) {
        await ask(server, 'POST', '/v1/models/dish-price/promote', { version: 1, reason: id });
        told.promotions++;
      }
    } catch (error) {
      if (error instanceof Gone) return;
      throw error;
    }
  }
}

async function decide(server, { id, state }) {
  if (told.decisions.has(id) || state !== 'waiting') return;
  const decided = await ask(server, 'POST', `/v1/models/dish-price/suggestions/${id}/decision`, {
    decision: 'refuse',
    reason: 'kill',
  });
  told.decisions.set(id, decided.state);
}

async function verify(server) {
  const { items: now } = await ask(server, 'GET', '/v1/models/dish-price/suggestions?limit=1000');
  for (const [id, state] of told.decisions)
    assert.equal(now.find((item) => item.id === id)?.state, state, `decision of ${id}`);
  const keys = new Set((await ask(server, 'GET', '/v1/keys')).items.map(({ id }) => id));
  for (const id of told.keys) assert.ok(keys.has(id), `key ${id}`);
  const { items: moves } = await ask(server, 'GET', '/v1/models/dish-price/history');
  assert.ok(moves.length >= told.promotions + 1, 'every promotion is kept');
  if (told.outcomes.length === 0) return;
  const answer = await ask(server, 'POST', '/v1/models/dish-price/outcomes', {
    outcomes: told.outcomes,
  });
  assert.deepEqual(
    answer,
    { accepted: 0, repeated: told.outcomes.length },
    'nothing is learned twice',
  );
}

class Gone extends Error {}

async function ask({ address }, method, path, body) {
  let response;
  try {
    response = await fetch(address + path, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const json = await response.json();
    assert.ok(response.ok, `${method} ${path}: ${JSON.stringify(json)}`);
    return json;
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error;
    throw new Gone(String(error));
  }
}

function started(verb) {
  const child = spawn(
    process.execPath,
    [bin, verb, '--folder', folder, '--port', '0', '--lang', 'en'],
    { env },
  );
  let output = '';
  return new Promise((resolve, reject) => {
    child.stderr.on('data', (chunk) => (output += chunk));
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const found = /https?:\/\/[\w.]+:\d+/.exec(output);
      if (found) resolve({ child, address: found[0] });
    });
    child.on('close', () => reject(new Error(`tino ${verb} ended: ${output.slice(-2000)}`)));
  });
}

async function stop({ child }, signal) {
  child.kill(signal);
  if (child.exitCode === null && child.signalCode === null)
    await new Promise((resolve) => child.on('close', resolve));
}

function tino(args) {
  const child = spawn(
    process.execPath,
    [bin, ...args, '--folder', folder, '--json', '--lang', 'en'],
    { env },
  );
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  return new Promise((resolve, reject) =>
    child.on('close', (code) =>
      code === 0 ? resolve(JSON.parse(output)) : reject(new Error(output)),
    ),
  );
}
