import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { packLearn } from '../../scripts/pack-learn.mjs';
import { launch, withoutChromium } from './browser.mjs';

/** The same lines train in Node and in a worker. */
const FIT = `import { boosting, categoryColumn, frame, numberColumn, seeded } from './index.js';
const ROWS = 20_000;
export async function fit(lent) {
  const rng = seeded('browser');
  const draw = (next) => Float64Array.from({ length: ROWS }, next);
  const numbers = ['a', 'b', 'c'].map((name) =>
    numberColumn(name, draw(() => (rng.next() < 0.05 ? NaN : rng.normal()))));
  const city = categoryColumn('city', Array.from({ length: ROWS }, () => 'nsew'[rng.below(4)]));
  const y = draw(() => rng.normal()).map((noise, row) =>
    noise + 2 * (numbers[0].values[row] || 0) + city.codes[row] > 0 ? 1 : 0);
  const settings = { objective: 'logistic', rounds: 8, leaves: 15 };
  const data = { x: frame([...numbers, city]), y };
  const model = await boosting(settings).fit(data, { rng: seeded(1), ...lent });
  return [...model.bytes()];
}
`;
const WORKER = `import { createPool } from './browser.js';
import { fit } from './fit.js';
const pool = await createPool({ threads: 3 });
const tasks = await pool.map('no such task', [0]).catch((error) => error.message);
postMessage({ threads: pool.threads, tasks, bytes: await fit({ pool }), plain: await fit({}) });
pool.close();
`;
const WINDOW = `import { createPool } from './browser.js';
import { fit } from './fit.js';
export async function answer() {
  const pool = await createPool({ threads: 3 });
  return { threads: pool.threads, bytes: await fit({ pool }) };
}
`;
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};
const options = { skip: withoutChromium };
let browser;
let folder;
let wanted;

before(async () => {
  if (withoutChromium) return;
  folder = mkdtempSync(join(tmpdir(), 'tino-learn-'));
  packLearn(folder);
  writeFileSync(join(folder, 'fit.js'), FIT);
  writeFileSync(join(folder, 'fit-worker.js'), WORKER);
  writeFileSync(join(folder, 'fit-window.js'), WINDOW);
  writeFileSync(join(folder, 'page.html'), '<!doctype html><title>fit</title>');
  const { fit } = await import(pathToFileURL(join(folder, 'fit.js')).href);
  wanted = await fit({});
  browser = await launch();
});
after(async () => {
  await browser?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** What a script in a page says, on a page served with these headers. */
async function inPage(headers, script) {
  const server = createServer(({ url }, response) => {
    const type = url.endsWith('.js') ? 'text/javascript' : 'text/html';
    try {
      const body = readFileSync(join(folder, url.slice(1)));
      response.writeHead(200, { 'content-type': type, ...headers }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await browser.newPage();
  try {
    await page.goto(`http://127.0.0.1:${server.address().port}/page.html`);
    return await page.evaluate(script);
  } finally {
    await page.close();
    server.close();
  }
}

const askWorker = () =>
  new Promise((resolve, reject) => {
    const worker = new Worker('./fit-worker.js', { type: 'module' });
    worker.addEventListener('message', ({ data }) =>
      resolve({ ...data, isolated: crossOriginIsolated }),
    );
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
  });

for (const [name, headers, threads] of [
  ['an isolated page: three threads', ISOLATED, 3],
  ['any page: one thread', {}, 1],
])
  test(`a worker of a browser trains the model that Node trains (${name})`, options, async () => {
    const said = await inPage(headers, askWorker);
    assert.equal(said.isolated, threads > 1);
    assert.equal(said.threads, threads);
    assert.match(said.tasks, /no such task/);
    assert.deepEqual(said.bytes, wanted);
    assert.deepEqual(said.plain, wanted);
  });

test('a window, which may not wait, trains it alone', options, async () => {
  const said = await inPage(ISOLATED, async () => {
    const { answer } = await import(new URL('fit-window.js', document.baseURI).href);
    return answer();
  });
  assert.equal(said.threads, 1);
  assert.deepEqual(said.bytes, wanted);
});
