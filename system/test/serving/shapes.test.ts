import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { seeded, type Rng } from '@tino/learn';
import { saveAudience } from '../../src/serving/segment/audiences.js';
import { scoreModel } from '../../src/serving/scores.js';
import { members } from '../../src/serving/segment/members.js';
import { entity, segments } from '../../src/serving/segment/segments.js';
import { plainText } from '../../src/serving/sentence.js';
import { effects } from '../features/house.js';
import { openWorld, type World } from './tabular-world.js';

const cloudCodes = ['SEGMENTS_ONE_CLOUD', 'SEGMENTS_UNSTABLE'];
/** Rows without groups, and the codes that their refusal may have. */
const shapeless: Record<string, { row: (rng: Rng) => (string | number)[]; codes: string[] }> = {
  uniform: { row: (rng) => [rng.next(), rng.next()], codes: cloudCodes },
  tails: {
    row: (rng) => [Math.exp(2 * rng.normal()), Math.exp(2 * rng.normal())],
    codes: cloudCodes,
  },
  alike: { row: () => [5, 5], codes: ['SEGMENTS_ALL_ALIKE'] },
  empty: { row: () => ['', ''], codes: ['SEGMENTS_ALL_ALIKE'] },
};

const config = `
import { defineWorkspace, entity, number, source, text } from '@tino/system';
const columns = { shop_id: text({ required: true }), reach: number(), pace: number() };
export default defineWorkspace({
  name: 'shops',
  sources: {
    shops: source({ files: 'data/shops.csv', key: 'shop_id', columns }),
    kiosks: source({ files: 'data/kiosks.csv', key: 'shop_id', columns }),
    ${Object.keys(shapeless).map((name) => `${name}: source({ files: 'data/${name}.csv', key: 'shop_id', columns })`)},
  },
  entities: { shop: entity('shop_id') },
});`;

const modelOf = (source: string, more = '') => `
import { rowsSpine, segment } from '@tino/system';
export default segment({
  entity: 'shop', spine: rowsSpine('${source}'), features: [], clusters: { min: 2, max: 4 }, ${more}
  page: { title: { pt: 'Lojas', en: 'Shops' }, noun: { pt: ['loja', 'lojas'], en: ['shop', 'shops'] },
    unit: 'number', columns: ['reach'] },
});`;

const csvOf = (rows: (string | number)[][]) =>
  `${[['shop_id', 'reach', 'pace'], ...rows].map(String).join('\n')}\n`;

/** Two half moons, each within the other's reach; every fortieth shop is anywhere. */
function moons(): (string | number)[][] {
  const rng = seeded('moons');
  return Array.from({ length: 600 }, (_, row) => {
    const angle = Math.PI * rng.next();
    const up = row % 2 === 0;
    const at = [
      (up ? Math.cos(angle) : 1 - Math.cos(angle)) + 0.04 * rng.normal(),
      (up ? Math.sin(angle) : 0.4 - Math.sin(angle)) + 0.04 * rng.normal(),
    ];
    const anywhere = [4 * rng.next() - 1.5, 4 * rng.next() - 1.75];
    return [`m${row}`, ...(row % 40 === 39 ? anywhere : at)];
  });
}

function cloud(): (string | number)[][] {
  const rng = seeded('cloud');
  return Array.from({ length: 300 }, (_, row) => [`k${row}`, rng.normal(), rng.normal()]);
}

let world: World;
before(async () => {
  world = await openWorld({
    'tino.config.ts': config,
    'models/shop-kinds.ts': modelOf('shops'),
    'models/kiosk-kinds.ts': modelOf('kiosks'),
    'models/kiosk-cuts.ts': modelOf('kiosks', "shapeless: 'cut',"),
    'data/shops.csv': csvOf(moons()),
    'data/kiosks.csv': csvOf(cloud()),
    'models/alike-cuts.ts': modelOf('alike', "shapeless: 'cut',"),
    ...Object.fromEntries(
      Object.entries(shapeless).flatMap(([name, { row }]) => {
        const rng = seeded(name);
        const rows = Array.from({ length: 300 }, (_, i) => [`${name}${i}`, ...row(rng)]);
        return [
          [`models/${name}-kinds.ts`, modelOf(name)],
          [`data/${name}.csv`, csvOf(rows)],
        ];
      }),
    ),
  });
});
after(() => world.close());

test('who is in no segment is counted, listed and told so', async () => {
  const model = world.model('shop-kinds');
  const report = await world.train('shop-kinds');
  assert.equal(report.state, 'promoted', JSON.stringify(report.verdict?.checks));
  const { rows } = await scoreModel(world.serving, model, effects);
  const answer = await segments(world.serving, model, { language: 'en', role: 'analyst' });
  assert.deepEqual(
    answer.segments.map(({ id }) => id),
    ['s1', 's2', 'none'],
  );
  assert.equal(
    answer.segments.reduce((sum, { size }) => sum + size!, 0),
    rows,
  );
  const nobody = answer.segments.at(-1)!;
  assert.deepEqual(nobody.name, { pt: 'Sem grupo', en: 'In no group' });
  assert.ok(nobody.sentences.length >= 3);
  assert.match(answer.quality.reason.en, /^2 dense places of any shape/);
  const list = await members(world.serving, model, 'none', { limit: 3, role: 'analyst' });
  assert.equal(list.total, nobody.size);
  const one = await entity(world.serving, model, list.items[0]!.key['shop_id']!, {
    language: 'en',
    by: 'ana',
    role: 'analyst',
    scope: {},
  });
  assert.equal(plainText(one.sentence), 'Is in no group.');
  const saved = await saveAudience(world.serving, model, {
    name: 'in none',
    rule: { segments: ['none'], where: [] },
    by: 'ana',
    role: 'analyst',
    scope: {},
  });
  assert.equal(saved.size, nobody.size);
  // A second scoring: nobody keeps being nobody without evidence, and moves are told.
  world.house.clock.now = new Date('2026-01-15T12:00:00Z');
  await scoreModel(world.serving, model, effects);
  const later = await segments(world.serving, model, { language: 'en', role: 'analyst' });
  assert.equal(later.segments.at(-1)!.size, nobody.size);
});

test('one cloud is refused in words, and cut only when the declaration says so', async () => {
  await assert.rejects(world.train('kiosk-kinds'), (error: { code: string; message: string }) => {
    assert.ok(cloudCodes.includes(error.code), error.message);
    return true;
  });
  const report = await world.train('kiosk-cuts');
  assert.notEqual(report.state, 'unchanged');
  const { package: pack } = await world.serving.predictors.of('kiosk-cuts');
  const { reason } = pack.meta.detail as { reason: { en: string } };
  assert.match(reason.en, /no (sharp )?border lies between them$/);
});

for (const [name, { codes }] of Object.entries(shapeless))
  test(`rows without groups are refused in words: ${name}`, async () => {
    await assert.rejects(
      world.train(`${name}-kinds`),
      (error: { code: string; message: string }) => {
        assert.ok(codes.includes(error.code), `${error.code}: ${error.message}`);
        assert.doesNotMatch(error.message, /NaN|Infinity/);
        return true;
      },
    );
  });

test('rows that are all alike are not cut, even where a cut is asked for', async () => {
  await assert.rejects(world.train('alike-cuts'), { code: 'SEGMENTS_ALL_ALIKE' });
});
