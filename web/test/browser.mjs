import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = process.env.TINO_CHROMIUM ?? PATHS.find((path) => existsSync(path));

/** Why nothing can run in a browser here, or false. */
export const withoutChromium =
  executablePath === undefined || executablePath === ''
    ? 'no Chromium here: install one or set TINO_CHROMIUM'
    : false;

/** Why the tests of the pages cannot run here, or false. */
export const skipped =
  process.env.TINO_E2E_ADDRESS === undefined || process.env.TINO_E2E_LINK === undefined
    ? 'TINO_E2E_ADDRESS and TINO_E2E_LINK name no live server'
    : withoutChromium;

export const address = process.env.TINO_E2E_ADDRESS?.replace(/\/$/, '') ?? '';

export const launch = () =>
  chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/**
 * Signs in once through the one-time link; the cookie then serves every other page. It is kept in the
 * file that TINO_E2E_SESSION names for the tests that run next, because a link opens one session.
 */
export async function signIn(browser) {
  const kept = process.env.TINO_E2E_SESSION;
  if (kept !== undefined && existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8'));
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(new URL(process.env.TINO_E2E_LINK, `${address}/`).href);
  await page.waitForURL(`${address}/`);
  const state = await context.storageState();
  await context.close();
  if (kept !== undefined) writeFileSync(kept, JSON.stringify(state));
  return state;
}

/** A page of a given width and language that remembers whatever went wrong in it. */
export async function openPage(browser, storageState, { width, language }) {
  const context = await browser.newContext({
    storageState,
    viewport: { width, height: width < 500 ? 844 : 900 },
    locale: language === 'pt' ? 'pt-BR' : 'en-GB',
  });
  const page = await context.newPage();
  const wrong = [];
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('response', (response) => {
    if (response.status() >= 400) wrong.push(`${response.status()} ${response.url()}`);
  });
  return { page, wrong, close: () => context.close() };
}

/** Asks the API as the page does, with the session's cookie. */
export async function ask(page, path) {
  const response = await page.request.get(`${address}${path}`);
  assert.equal(response.status(), 200, path);
  return response.json();
}

/** Asks until the answer is the wished one. */
export async function waitFor(page, path, isWished, timeoutMs = 60_000) {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask(page, path);
    if (isWished(answer)) return answer;
    assert.ok(Date.now() < until, `${path} did not become what was waited for`);
    await page.waitForTimeout(500);
  }
}
