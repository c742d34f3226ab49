import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import {
  boosting,
  calibrated,
  categoryColumn,
  frame,
  fromLightGbm,
  numberColumn,
  ridge,
  seeded,
  toSql,
  transformedTarget,
  type Estimator,
  type Frame,
  type Model,
  type SqlDialect,
} from '@tino/learn';
import { openEngine } from '../../src/engine/open.js';
import type { Engine, Session } from '../../src/engine/port.js';

const ROWS = 300;
const levels = ['north', "d'or", 'west'];
let folder: string;
let engine: Engine;
let session: Session;
let postgres: PGlite;

/** Numbers with holes, zeros and what no number is; levels that the models have not seen. */
function rowsOf(seed: string, known: readonly string[]): Frame {
  const rng = seeded(seed);
  const number = () => [NaN, 0, -3.5][rng.below(8)] ?? rng.normal();
  return frame([
    numberColumn('x', Float64Array.from({ length: ROWS }, number)),
    numberColumn('z', Float64Array.from({ length: ROWS }, number)),
    categoryColumn(
      'level',
      Array.from({ length: ROWS }, () => known[rng.below(known.length + 1)]),
      known,
    ),
  ]);
}

const asked = rowsOf('asked', [...levels, 'b', '3', 'moon']);

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tino-sql-'));
  [engine, postgres] = await Promise.all([openEngine({ tempFolder: folder }), PGlite.create()]);
  session = await engine.session();
  const cell = (value: number) => (Number.isNaN(value) ? null : value);
  const table = asked.columns.map((column) => ({
    name: column.name,
    cells:
      column.kind === 'number'
        ? Array.from(column.values, cell)
        : Array.from(column.codes, (code) => column.levels[code] ?? null),
  }));
  const ids = Array.from({ length: ROWS }, (_, row) => row);
  await session.load('asked', [
    { name: 'id', type: 'integer', values: ids },
    ...table.map(({ name, cells }) => ({
      name,
      type: name === 'level' ? ('text' as const) : ('number' as const),
      values: cells,
    })),
  ]);
  await postgres.exec('CREATE TABLE asked (id int, x float8, z float8, level text)');
  await postgres.query(
    'INSERT INTO asked SELECT * FROM unnest($1::int[], $2::float8[], $3::float8[], $4::text[])',
    [ids, ...table.map(({ cells }) => cells)],
  );
});

after(async () => {
  await engine.close();
  await postgres.close();
  await rm(folder, { recursive: true });
});

async function saidBy(dialect: SqlDialect, model: Model): Promise<Float64Array> {
  const sql = toSql(model, { dialect, table: 'asked', keys: ['id'] });
  const rows =
    dialect === 'duckdb'
      ? await session.all(`SELECT * FROM (${sql}) ORDER BY id`)
      : (await postgres.query<Record<string, number>>(`SELECT * FROM (${sql}) AS said ORDER BY id`))
          .rows;
  const said = rows.flatMap((row) => Object.entries(row).filter(([name]) => name !== 'id'));
  return Float64Array.from(said, ([, value]) => Number(value));
}

async function agrees(model: Model, exact: boolean): Promise<void> {
  const wanted = new Float64Array(ROWS * model.outputs);
  model.predict(asked, wanted);
  assert.ok(new Set(wanted).size > 4);
  for (const dialect of ['duckdb', 'postgresql'] as const) {
    const said = await saidBy(dialect, model);
    if (exact) assert.deepEqual(said, wanted, dialect);
    assert.equal(said.length, wanted.length);
    said.forEach((value, i) => {
      const away = Math.abs(value - wanted[i]!);
      assert.ok(
        away <= 1e-12 * Math.max(1, Math.abs(wanted[i]!)),
        `${dialect}, ${i}: ${value}, ${wanted[i]}`,
      );
    });
  }
}

const small = { rounds: 15, leaves: 8, minDataInLeaf: 5 };
const binary = { ...small, objective: 'logistic' } as const;
const estimators: [string, Estimator, exact?: boolean][] = [
  ['120 trees of squared error', boosting({ rounds: 120, leaves: 31, minDataInLeaf: 3 }), true],
  ['a logistic objective', boosting(binary)],
  ['a Poisson objective', boosting({ ...small, objective: 'poisson' })],
  ['three classes', boosting({ ...small, objective: 'softmax', classes: 3 })],
  ['a logarithm of the target', transformedTarget(boosting(small), 'log')],
  ...(['platt', 'beta', 'isotonic', 'temperature'] as const).map((method): [string, Estimator] => [
    `calibration by ${method}`,
    calibrated(boosting(binary), { method, folds: 3 }),
  ]),
];

for (const [name, estimator, exact = false] of estimators)
  test(`DuckDB and PostgreSQL say what the model says: ${name}`, async () => {
    const x = rowsOf(name, levels);
    const [number, , level] = x.columns;
    const rng = seeded(name);
    const y = Float64Array.from({ length: ROWS }, (_, row) => {
      const value =
        number!.kind === 'number' && level!.kind === 'category'
          ? (number!.values[row]! || 0) + level!.codes[row]!
          : 0;
      if (name.includes('classes'))
        return Math.min(2, Math.max(0, Math.round(value + rng.normal())));
      if (name.includes('logistic') || name.includes('calibration'))
        return value + rng.normal() > 0.5 ? 1 : 0;
      return name.includes('squared')
        ? value + 0.1 * rng.normal()
        : Math.round(Math.exp(0.5 * value)) + 1;
    });
    await agrees(await estimator.fit({ x, y }, { rng }), exact);
  });

for (const name of ['zero-as-missing', 'linear', 'no-missing'])
  test(`a ${name} model of LightGBM reaches SQL`, async () => {
    const golden = new URL(
      `../../../../learn/test/boosting/golden/lightgbm/${name}.txt`,
      import.meta.url,
    );
    await agrees(fromLightGbm(await readFile(fileURLToPath(golden), 'utf8')), name !== 'linear');
  });

test('what no SQL is written for is refused', async () => {
  const x = rowsOf('refused', levels);
  const line = await ridge().fit({ x, y: new Float64Array(ROWS) }, { rng: seeded(1) });
  const options = { dialect: 'duckdb', table: 'asked' } as const;
  assert.throws(() => toSql(line, options), /SQL is for models of kind boosting, .* this one is/);
  const wrong = { ...options, dialect: 'mysql' as SqlDialect };
  assert.throws(() => toSql(line, wrong), /dialect/);
});
