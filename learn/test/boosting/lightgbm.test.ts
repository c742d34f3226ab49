import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  boosting,
  categoryColumn,
  frame,
  fromLightGbm,
  loadModel,
  numberColumn,
  ridge,
  seeded,
  toLightGbm,
  type BoostingParameters,
  type Frame,
  type Model,
} from '@tino/learn';
import { requireBoosted } from '../../src/boosting/model.js';
import { predictionsOf, toy, toyFrame, type ToyTarget } from '../toy.js';

const repository = new URL('../../../../', import.meta.url);
const golden = fileURLToPath(new URL('learn/test/boosting/golden/lightgbm/', repository));
const script = (name: string) =>
  fileURLToPath(new URL(`integrations/lightgbm/${name}`, repository));
const python = process.env['TINO_PYTHON'];
const withPython = python ? {} : { skip: 'TINO_PYTHON names no Python with LightGBM' };

interface Answer {
  columns: (number | string | null)[][];
  /** Of our raw scores to theirs. */
  scale: number;
  raw: number[][];
  predicted: number[][];
  contributions: number[][] | null;
}

/** Scores before the link, by output. */
function rawScores(model: Model, x: Frame): Float64Array {
  const { start } = requireBoosted(model, 'the raw score');
  const { base, contributions } = model.explainRows!(x);
  assert.equal(base.length, start.length);
  const width = model.columns.length;
  return Float64Array.from({ length: x.rows * base.length }, (_, i) => {
    const own = contributions.subarray(i * width, (i + 1) * width);
    return own.reduce((a, b) => a + b, base[i % base.length]!);
  });
}

function near(found: ArrayLike<number>, wanted: readonly number[], tolerance: number, of: string) {
  assert.equal(found.length, wanted.length, of);
  wanted.forEach((value, i) => {
    const away = Math.abs(found[i]! - value);
    assert.ok(
      away <= tolerance * Math.max(1, Math.abs(value)),
      `${of} ${i}: ${found[i]}, ${value}`,
    );
  });
}

/** Rows of an answer as the model reads them: a code of a category is the level of that name. */
function frameOf(model: Model, columns: Answer['columns']): Frame {
  return frame(
    model.columns.map((column, c) => {
      const cells = columns[c]!;
      if (column.kind === 'number')
        return numberColumn(
          column.name,
          cells.map((cell) => (cell === null ? NaN : Number(cell))),
        );
      const levels = cells.map((cell) => (cell === null ? null : String(cell)));
      return categoryColumn(column.name, levels, column.levels);
    }),
  );
}

function agrees(folder: string, name: string) {
  const model = fromLightGbm(readFileSync(join(folder, `${name}.txt`), 'utf8'));
  const answer = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Answer;
  const x = frameOf(model, answer.columns);
  near(predictionsOf(model, x), answer.predicted.flat(), 1e-12, `${name}, prediction`);
  const raw = answer.raw.flat().map((score) => score * answer.scale);
  near(rawScores(model, x), raw, 1e-12, `${name}, raw score`);
  const again = loadModel(model.bytes());
  assert.deepEqual(predictionsOf(again, x), predictionsOf(model, x));
  if (!answer.contributions) return;
  const width = model.columns.length + 1;
  const { base, contributions } = model.explainRows!(x);
  answer.contributions.flat().forEach((wanted, i) => {
    const output = Math.floor(i / width) % base.length;
    const own = Math.floor(i / width) * (width - 1) + (i % width);
    const found = i % width === width - 1 ? base[output]! : contributions[own]!;
    assert.ok(
      Math.abs(found - wanted * answer.scale) < 1e-9,
      `${name}, contribution ${i}: ${found}, ${wanted}`,
    );
  });
}

const cases = readdirSync(golden).filter((file) => file.endsWith('.txt'));
for (const file of cases) {
  const name = file.replace('.txt', '');
  test(`a ${name} model of LightGBM scores and explains as it did there`, () =>
    agrees(golden, name));
}

const ours: [Partial<BoostingParameters>, ToyTarget][] = [
  [{ objective: 'squared' }, 'value'],
  [{ objective: 'squared', minDataInLeaf: 1000 }, 'value'],
  [{ objective: 'absolute' }, 'value'],
  [{ objective: 'poisson' }, 'positive'],
  [{ objective: 'gamma' }, 'positive'],
  [{ objective: 'tweedie' }, 'positive'],
  [{ objective: 'logistic' }, 'binary'],
  [{ objective: 'softmax', classes: 3 }, 'classes'],
];

for (const [settings, target] of ours)
  test(`a model of ${settings.objective} comes back from its LightGBM text the same`, async () => {
    const { model, x } = await trained(settings, target);
    const again = fromLightGbm(toLightGbm(model), model.columns);
    assert.deepEqual(predictionsOf(again, x), predictionsOf(model, x));
    assert.deepEqual(again.columns, fromLightGbm(toLightGbm(model)).columns);
  });

async function trained(settings: Partial<BoostingParameters>, target: ToyTarget) {
  const model = await boosting({ rounds: 12, leaves: 8, minDataInLeaf: 5, ...settings }).fit(
    toy(400, target),
    { rng: seeded(3) },
  );
  return { model, x: toyFrame(60, 'fresh') };
}

test('text that is no LightGBM model, and models that are no trees, are refused', async () => {
  assert.throws(() => fromLightGbm('hello'), /not a LightGBM model text: it begins with "hello"/);
  const { model } = await trained({}, 'value');
  const text = toLightGbm(model);
  assert.throws(() => fromLightGbm(text.slice(0, 400)), /cut off/);
  assert.throws(() => fromLightGbm(text.replace('version=v4', 'version=v9')), /version v9/);
  assert.throws(
    () => fromLightGbm(text.replace('leaf_value=', 'leaf_value=1 ')),
    /tree 0 .* leaf_value has 9 numbers, expected 8/,
  );
  assert.throws(() => fromLightGbm(text, model.columns.slice(1)), /3 columns were given/);
  assert.throws(
    () => fromLightGbm(text.replace('objective=regression', 'objective=multiclassova num_class:1')),
    /link that this version does not know/,
  );
  const line = await ridge().fit(toy(60, 'value'), { rng: seeded(1) });
  assert.throws(() => toLightGbm(line), /for models of kind boosting, this one is/);
});

test(
  'LightGBM reads our text and says the same, and we read what it writes today',
  withPython,
  async () => {
    const all = await Promise.all(ours.map(([settings, target]) => trained(settings, target)));
    const said = scoredByLightGbm(all);
    all.forEach(({ model, x }, i) => {
      const of = `LightGBM on ${ours[i]![0].objective}`;
      near(predictionsOf(model, x), said[i]!.predicted.flat(), 1e-12, of);
      near(rawScores(model, x), said[i]!.raw.flat(), 1e-12, of);
    });
    const folder = mkdtempSync(join(tmpdir(), 'tino-lightgbm-'));
    try {
      execFileSync(python!, [script('models.py'), folder, '20'], { stdio: 'pipe' });
      for (const file of cases) agrees(folder, file.replace('.txt', ''));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

function scoredByLightGbm(all: { model: Model; x: Frame }[]): Pick<Answer, 'raw' | 'predicted'>[] {
  const requests = all.map(({ model, x }) => {
    const columns: Record<string, unknown[]> = {};
    const levels: Record<string, readonly string[]> = {};
    for (const column of x.columns) {
      columns[column.name] =
        column.kind === 'number'
          ? Array.from(column.values, (value) => (Number.isNaN(value) ? null : value))
          : Array.from(column.codes, (code) => column.levels[code] ?? null);
      if (column.kind === 'category') levels[column.name] = column.levels;
    }
    return { model: toLightGbm(model), columns, levels };
  });
  const input = JSON.stringify(requests);
  const output = execFileSync(python!, [script('score.py')], { input, encoding: 'utf8' });
  return JSON.parse(output) as Answer[];
}
