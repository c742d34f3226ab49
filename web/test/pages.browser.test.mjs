import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { address, ask, launch, openPage, signIn, skipped, waitFor } from './browser.mjs';

const WORKSHOP = ['/', '/models', '/runs', '/jobs', '/data', '/alerts', '/insights'];
const options = { skip: skipped };
let browser;
let session;

before(async () => {
  if (skipped) return;
  browser = await launch();
  session = await signIn(browser);
});
after(() => browser?.close());

for (const width of [1440, 390])
  for (const language of ['pt', 'en'])
    test(`every page answers at ${width} px in ${language}`, options, async () => {
      const { page, wrong, close } = await openPage(browser, session, { width, language });
      const { items } = await ask(page, '/v1/models');
      assert.ok(items.length > 0);
      const paths = [
        ...WORKSHOP,
        ...items.map(({ name }) => `/m/${name}`),
        ...items.flatMap(({ name, levels }) => levels.map((level) => `/m/${name}/${level}`)),
      ];
      for (const path of paths) await checkPage(page, path, width);
      assert.deepEqual(wrong, []);
      await close();
    });

/** A heading, an answer that says something, nothing wider than the screen. */
async function checkPage(page, path, width) {
  await page.goto(`${address}${path}`);
  const answer = page.locator('#root [data-answer]').first();
  await answer.waitFor({ timeout: 20_000 }).catch((cause) => {
    throw new Error(`${path} gave no answer`, { cause });
  });
  assert.match((await answer.innerText()).trim(), /\p{L}{2,}/u, `${path} has an empty answer`);
  assert.match((await page.locator('h1').first().innerText()).trim(), /\p{L}/u, path);
  await page.waitForLoadState('networkidle');
  assert.equal(await page.locator('#answer').count(), 0, `${path} shows its answer twice`);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `${path} is ${over} px wider than ${width}`);
}

test(
  'rows are walked with J and K and opened with Enter; columns are sorted',
  options,
  async () => {
    const { page, close } = await openPage(browser, session, { width: 1440, language: 'en' });
    await page.goto(`${address}/data`);
    await page.locator('tbody tr').first().waitFor();
    const focused = () =>
      page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex'));
    await page.keyboard.press('j');
    assert.equal(await focused(), '2');
    await page.keyboard.press('j');
    assert.equal(await focused(), '3');
    await page.keyboard.press('k');
    assert.equal(await focused(), '2');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/data\/.+/);
    await page.getByRole('button', { name: 'Rows' }).focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('th[aria-sort="descending"]').count(), 1);
    await close();
  },
);

test(
  'Ctrl K goes to a page by a few letters, the language and the theme are kept',
  options,
  async () => {
    const { page, close } = await openPage(browser, session, { width: 1440, language: 'en' });
    await page.goto(address);
    await page.getByRole('button', { name: 'PT', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Hoje' }).waitFor();
    await page.getByRole('button', { name: 'escuro' }).click();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('execucoes');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${address}/runs`);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Execuções' }).waitFor();
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
    await close();
  },
);

test('an audience is saved, listed with its size, exported and deleted', options, async () => {
  const { page, wrong, close } = await openPage(browser, session, { width: 1440, language: 'en' });
  const { items } = await ask(page, '/v1/models');
  const model = items.find(({ task, state }) => task === 'segment' && state !== 'untrained');
  await page.goto(`${address}/m/${model.name}`);
  const name = `best ${Date.now()}`;
  await page.getByRole('button', { name: 'New audience' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel(/At most how many/).fill('7');
  await page.getByRole('button', { name: 'Save' }).click();
  const line = page.locator('tr').filter({ hasText: name });
  await line.waitFor();
  assert.match(await line.innerText(), /the 7 of most value\s+7/);
  const download = page.waitForEvent('download');
  await line.getByRole('link', { name: 'CSV' }).click();
  assert.match((await download).suggestedFilename(), /\.csv$/);
  await line.getByRole('button', { name: `Delete ${name}` }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await line.waitFor({ state: 'detached' });
  assert.deepEqual(wrong, []);
  await close();
});

test('one person is looked up, and a person is asked to look again', options, async () => {
  const { page, wrong, close } = await openPage(browser, session, { width: 1440, language: 'en' });
  const { items } = await ask(page, '/v1/models');
  const model = items.find(({ task, state }) => task === 'segment' && state !== 'untrained');
  const { segments } = await ask(page, `/v1/models/${model.name}/segments`);
  const members = `/v1/models/${model.name}/segments/${segments[0].id}/members?limit=1`;
  const [member] = (await ask(page, members)).items;
  await page.goto(`${address}/m/${model.name}`);
  await page.getByRole('searchbox').fill(Object.values(member.key).join(','));
  await page.getByRole('button', { name: 'Look up' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('What is known').waitFor();
  await dialog.getByLabel(/Ask a person to review/).fill('this is not me');
  await dialog.getByRole('button', { name: 'Ask for review' }).click();
  await dialog.getByText('The request is kept').waitFor();
  await dialog.getByText('What was decided until now').click();
  await dialog.getByText('“this is not me” · waits for a person').waitFor();
  await page.goto(`${address}/data`);
  await page.getByText('this is not me').waitFor();
  await page.getByRole('button', { name: 'Answer' }).first().click();
  await page.getByLabel('What was seen, and why').fill('looked at by hand');
  await page.getByRole('button', { name: 'Keep the decision' }).click();
  await page.getByText('this is not me').waitFor({ state: 'detached' });
  assert.deepEqual(wrong, []);
  await close();
});

test('one price is approved and stays approved', options, async (context) => {
  const { page, wrong, close } = await openPage(browser, session, { width: 1440, language: 'en' });
  const { items } = await ask(page, '/v1/models');
  const model = items.find(({ task, state }) => task === 'price' && state !== 'untrained');
  if (model === undefined) return context.skip('no model of prices is served');
  const list = `/v1/models/${model.name}/suggestions?limit=200`;
  const waiting = (await ask(page, list)).items.find(
    ({ state, decision, current, price }) =>
      state === 'waiting' && decision === null && current !== price,
  );
  assert.ok(waiting, 'no suggestion waits for a decision');
  await page.goto(`${address}/m/${model.name}?item=${encodeURIComponent(waiting.id)}`);
  const verb = page.locator('.decision').getByRole('button', { name: /^Approve/ });
  await verb.click();
  await page.locator('.decided').filter({ hasText: 'approved' }).waitFor();
  const { items: later } = await ask(page, list);
  const decided = later.find(({ id }) => id === waiting.id);
  assert.equal(decided.state, 'applied');
  assert.equal(decided.decision.price, waiting.price);
  assert.deepEqual(wrong, []);
  await close();
});

test('another version is trained, promoted with a reason and rolled back', options, async () => {
  const { page, wrong, close } = await openPage(browser, session, { width: 1440, language: 'en' });
  const { items } = await ask(page, '/v1/models');
  const model = items.find(({ task, champion }) => task === 'segment' && champion !== null);
  assert.ok(model, 'no model to promote');
  const versions = `/v1/models/${model.name}/versions`;
  const history = `/v1/models/${model.name}/history`;
  const champion = async () => (await ask(page, `/v1/models/${model.name}`)).champion;
  const known = (await ask(page, versions)).items.length;

  await page.goto(`${address}/jobs`);
  await page.getByRole('button', { name: 'New job…' }).click();
  await page.locator('dialog[open] select').nth(1).selectOption(model.name);
  await page.getByLabel(/^Seed/).fill(String(known + 100));
  await page.locator('dialog[open] button[type=submit]').click();
  const { items: made } = await waitFor(page, versions, (one) => one.items.length > known);
  await waitFor(page, '/v1/jobs', (one) => one.items.every(({ state }) => state !== 'running'));

  // The gate may have promoted the new version already: then it is rolled back first.
  const newest = Math.max(...made.map(({ version }) => version));
  const serving = async (version) =>
    waitFor(page, `/v1/models/${model.name}`, (one) => one.champion === version);
  const back = () => move(page, model.name, /^Roll back to/, 'taken back by a test');
  const forth = () =>
    move(page, model.name, new RegExp(`^Promote v${newest}`), 'promoted by a test');
  if ((await champion()) === newest) await back();
  await forth();
  await serving(newest);
  await back();
  assert.notEqual(await champion(), newest);
  const { items: moves } = await ask(page, history);
  assert.ok(
    moves.some(({ kind, reason }) => kind === 'rollback' && reason === 'taken back by a test'),
  );
  assert.deepEqual(wrong, []);
  await close();
});

async function move(page, model, verb, reason) {
  await page.goto(`${address}/models/${model}`);
  await page.locator('.served-verbs').getByRole('button', { name: verb }).click();
  await page.getByLabel('Why?').fill(reason);
  await page.locator('dialog[open] button[type=submit]').click();
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
}
