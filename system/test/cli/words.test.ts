import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { commands } from '../../src/cli/commands.js';
import { tino } from './terminal.js';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tino-words-'));
});
after(() => rm(folder, { recursive: true, force: true }));

test('every verb explains itself in both languages', async () => {
  const said = new Map<string, string[]>();
  for (const lang of ['pt', 'en'])
    for (const verb of Object.keys(commands)) {
      const { code, out, errors } = await tino([verb, '--help', '--lang', lang]);
      assert.equal(code, 0, verb);
      assert.equal(errors, '');
      assert.match(out, new RegExp(`tino ${verb}`));
      assert.match(out, lang === 'pt' ? /uso:/ : /usage:/);
      said.set(verb, [...(said.get(verb) ?? []), out]);
    }
  for (const [verb, [pt, en]] of said) assert.notEqual(pt, en, verb);
});

test('help lists every verb; nothing at all is wrong usage', async () => {
  const help = await tino(['help']);
  assert.equal(help.code, 0);
  for (const verb of Object.keys(commands)) assert.match(help.out, new RegExp(`^  ${verb} `, 'm'));
  assert.equal((await tino([])).code, 2);
});

test('an unknown verb, option or number of words is wrong usage, and says so', async () => {
  for (const args of [
    ['fly'],
    ['__proto__'],
    ['constructor'],
    ['models', '--colour'],
    ['models', 'one', 'two'],
    ['promote', 'house-price'],
    ['promote', 'house-price', 'newest', '--reason', 'x'],
    ['rollback', 'house-price'],
    ['serve', '--only', 'nothing'],
    ['serve', '--port', 'eighty'],
    ['key', 'explode'],
    ['train', '--key', 'twelve'],
    ['train', '--seed', '1.5'],
    ['simulate', '--rows', 'many'],
    ['simulate', '--until', '31/10/2026'],
  ]) {
    const { code, out, errors } = await tino([...args, '-C', folder]);
    assert.equal(code, 2, `${args.join(' ')}: ${errors}`);
    assert.equal(out, '');
    assert.match(errors, /\(USAGE\)/);
  }
});

test('--lang before TINO_LANG before the system; Portuguese when nobody says', async () => {
  const cases: [string[], Record<string, string>, RegExp][] = [
    [['help', '--lang=en'], { TINO_LANG: 'pt' }, /usage/],
    [['help'], { TINO_LANG: 'pt', LANG: 'en_US.UTF-8' }, /uso/],
    [['help'], { TINO_LANG: '', LANG: 'en_US.UTF-8' }, /usage/],
    [['help'], { TINO_LANG: '', LANG: 'C' }, /uso/],
  ];
  for (const [args, env, expected] of cases)
    assert.match((await tino(args, { env })).out, expected);
});

test('a folder without a workspace is an error, not a crash', async () => {
  const { code, errors } = await tino(['check', '--json'], { folder });
  assert.equal(code, 1);
  const { code: name, next } = JSON.parse(errors);
  assert.equal(name, 'NO_WORKSPACE');
  assert.ok(next.length > 0);
});

test('init guesses a workspace from tables, and check finds nothing wrong with it', async () => {
  const sales = join(folder, 'sales.csv');
  const rows = Array.from(
    { length: 40 },
    (_, i) => `${i + 1},${(i % 3) + 1},2026-01-${String((i % 28) + 1).padStart(2, '0')},${i}.5`,
  );
  await writeFile(sales, ['sale_id,shop_id,sold_on,amount', ...rows].join('\n'));
  const shop = join(folder, 'shop');
  const made = await tino(['init', shop, '--from', 'sales.csv', '--json'], { folder });
  assert.equal(made.code, 0, made.errors);
  assert.deepEqual(made.json.written, ['tino.config.ts', 'data/sales.csv']);
  assert.match(await readFile(join(shop, 'tino.config.ts'), 'utf8'), /sold_on/);
  const checked = await tino(['check', '--json'], { folder: shop });
  assert.deepEqual(checked.json, { problems: [] }, checked.errors);
  assert.equal(checked.code, 0);
  const again = await tino(['init', shop, '--from', 'sales.csv'], { folder });
  assert.equal(again.code, 1);
  assert.match(again.errors, /CONFIG_INVALID/);
});

test('init copies an example; an unknown one is named with those there are', async () => {
  const copy = join(folder, 'copy');
  const made = await tino(['init', 'houses', copy, '--json'], { folder });
  assert.equal(made.code, 0, made.errors);
  assert.ok(made.json.written.includes('models/house-price.ts'));
  assert.ok(made.json.written.includes('data/houses.csv'));
  const unknown = await tino(['init', 'castles', join(folder, 'none')], { folder });
  assert.equal(unknown.code, 1);
  assert.match(unknown.errors, /houses/);
});
