import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { address, ask, launch, openPage, signIn, skipped } from './browser.mjs';

const options = { skip: skipped };
let browser;
let session;

before(async () => {
  if (skipped) return;
  browser = await launch();
  session = await signIn(browser);
});
after(() => browser?.close());

async function segmentModel(page) {
  const { items } = await ask(page, '/v1/models');
  const model = items.find(({ task }) => task === 'segment');
  const { segments } = await ask(page, `/v1/models/${model.name}/segments`);
  return { model, segments };
}

for (const width of [1280, 390])
  test(
    `members are narrowed, opened and kept as an audience by keyboard at ${width} px`,
    options,
    async () => {
      const { page, wrong, close } = await openPage(browser, session, { width, language: 'en' });
      const { model, segments } = await segmentModel(page);
      const api = `/v1/models/${model.name}`;
      const { columns } = await ask(page, `${api}/audiences`);
      const column = columns.find(({ type, high }) => type === 'number' && high > 1);
      const members = `${api}/segments/${segments[0].id}/members`;
      await page.goto(`${address}/m/${model.name}?segment=${segments[0].id}`);
      await page.getByLabel('Filter by', { exact: true }).selectOption(column.name);
      await page.keyboard.type(String(Math.ceil(column.high / 4)));
      await page.keyboard.press('Enter');
      await page.waitForURL(/[?&]from\./);
      await page.keyboard.press('Escape');
      const [query] = /from\..+$/.exec(page.url());
      const { total } = await ask(page, `${members}?${query}`);
      if (total === 0) await page.getByText('passes all filters').waitFor();
      else {
        await page.getByRole('heading', { name: String(total) }).waitFor();
        await page.keyboard.press('j');
        await page.keyboard.press('j');
        await page.keyboard.press('Enter');
        await page.getByText('What is known').waitFor();
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Save as an audience' }).click();
        const name = `kept at ${width} on ${Date.now()}`;
        await page.getByLabel('Name', { exact: true }).fill(name);
        await page.keyboard.press('Enter');
        await page.getByText(`Audience "${name}" saved.`).waitFor();
        const { items } = await ask(page, `${api}/audiences`);
        const saved = items.find((one) => one.name === name);
        assert.equal(saved.size, total);
        await page.goto(`${address}/m/${model.name}?audience=${saved.id}`);
        await page.getByRole('heading', { name: String(total) }).waitFor();
        await page.goto(`${address}/m/${model.name}`);
        await page.getByRole('button', { name: `Delete ${name}` }).click();
        await page.getByRole('button', { name: 'Delete', exact: true }).click();
        await page.getByRole('button', { name: `Delete ${name}` }).waitFor({ state: 'detached' });
      }
      assert.deepEqual(wrong, []);
      await close();
    },
  );

for (const language of ['pt', 'en'])
  test(`segments are put side by side, in ${language}`, options, async () => {
    const { page, wrong, close } = await openPage(browser, session, { width: 390, language });
    const { model, segments } = await segmentModel(page);
    const [first, second] = segments;
    await page.goto(`${address}/m/${model.name}`);
    const filter = page.locator('details.filter').first();
    await filter.locator('summary').click();
    for (const { name } of [first, second])
      await filter.getByLabel(name[language], { exact: true }).check();
    await page.locator('.side-by-side tbody tr').first().waitFor();
    assert.match(page.url(), new RegExp(`vs=${first.id}&vs=${second.id}$`));
    const heads = await page.locator('.side-by-side thead th').allInnerTexts();
    assert.equal(heads.length, 3);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${over} px wider than the screen`);
    assert.deepEqual(wrong, []);
    await close();
  });
