// Real and simulated tables for questions on accuracy, and the way to hand them to peers bit for bit.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { categoryColumn, frame, kFold, numberColumn, seeded, takeRows } from '@tino/learn';
import { top } from '../scripts/common.mjs';

const folder = process.env.TINO_DATA ?? join(top, '..', 'shared', 'data');

/** Cells of a delimited file without quotes, row by row; null where there is no such file. */
function cellsOf(file, delimiter) {
  const path = join(folder, file);
  if (!existsSync(path)) return null;
  const lines = gunzipSync(readFileSync(path)).toString('latin1').trimEnd().split('\n');
  return lines.map((line) => line.trimEnd().split(delimiter));
}

const isNumber = (cell) => cell !== '' && !Number.isNaN(Number(cell));

/** A column is of numbers when every cell is one; `?` is a missing level. */
function columnOf(name, cells) {
  return cells.every(isNumber)
    ? numberColumn(name, cells.map(Number))
    : categoryColumn(
        name,
        cells.map((cell) => (cell === '?' || cell === '' ? null : cell)),
      );
}

function tableOf({ names, rows, target, y }) {
  const columns = names.flatMap((name, c) =>
    c === target
      ? []
      : [
          columnOf(
            name,
            rows.map((row) => row[c]),
          ),
        ],
  );
  return { x: frame(columns), y: Float64Array.from(rows, (row) => y(row[target])) };
}

const numbered = (count) => Array.from({ length: count }, (_, c) => `x${c}`);

/** 20,640 blocks of houses; y is the median value in 100,000 dollars. */
function california() {
  const cells = cellsOf('california_housing/california_sklearn_form.csv.gz', ',');
  if (cells === null) return null;
  const [names, ...rows] = cells;
  return { task: 'regress', classes: 2, ...tableOf({ names, rows, target: 8, y: Number }) };
}

/** 32,561 people; y is 1 for an income above 50,000 dollars. */
function adult() {
  const cells = cellsOf('adult_census/adult_train.csv.gz', ',');
  if (cells === null) return null;
  const [names, ...rows] = cells;
  const y = (cell) => (cell === '>50K' ? 1 : 0);
  return { task: 'classify', classes: 2, ...tableOf({ names, rows, target: 14, y }) };
}

/** 7,000 collisions of LightGBM's own example. */
function higgs() {
  const rows = cellsOf('higgs_sample_lightgbm/binary.train.tsv.gz', '\t');
  if (rows === null) return null;
  return {
    task: 'classify',
    classes: 2,
    ...tableOf({ names: numbered(29), rows, target: 0, y: Number }),
  };
}

/** 494,021 connections of 23 kinds, some of which were seen twice. */
function kddcup() {
  const rows = cellsOf('kddcup99_10pct/kddcup_10_percent.csv.gz', ',');
  if (rows === null) return null;
  const kinds = [...new Set(rows.map((row) => row[41]))].toSorted();
  const codeOf = new Map(kinds.map((kind, code) => [kind, code]));
  return {
    task: 'classify',
    classes: kinds.length,
    ...tableOf({ names: numbered(42), rows, target: 41, y: (cell) => codeOf.get(cell) }),
  };
}

/** A curved surface with interactions, holes and a category of 50 levels, and noise. */
function simulated(rows = 20_000) {
  const rng = seeded('simulated table');
  const normal = () => Float64Array.from({ length: rows }, () => rng.normal());
  const [a, b, c, d, e] = [normal(), normal(), normal(), normal(), normal()];
  const levels = Array.from({ length: 50 }, (_, code) => `level ${code}`);
  const effect = levels.map(() => rng.normal());
  const codes = Array.from({ length: rows }, () => Math.floor(50 * rng.next() ** 2));
  const y = a.map(
    (value, row) =>
      Math.sin(2 * value) +
      b[row] * (c[row] > 0 ? 1 : -0.5) +
      0.3 * d[row] ** 2 +
      effect[codes[row]] +
      0.7 * rng.normal(),
  );
  const holed = e.map((value) => (rng.next() < 0.2 ? NaN : value));
  return {
    task: 'regress',
    classes: 2,
    x: frame([
      ...[a, b, c, d, holed].map((values, i) => numberColumn(`x${i}`, values)),
      categoryColumn(
        'kind',
        codes.map((code) => levels[code]),
        levels,
      ),
    ]),
    y,
  };
}

/** Tables by name; each answers null where its data is not beside the repository. */
export const tables = { california, adult, higgs, kddcup, simulated };

/** The first rows of a seeded shuffle. */
export function sampleOf(table, rows) {
  const order = kFold(table.x.rows, {
    folds: Math.max(2, Math.ceil(table.x.rows / rows)),
    rng: seeded('sample'),
  })[0].test;
  const kept = table.x.rows <= rows ? order.map((_, i) => i) : order;
  return takeTable(table, kept);
}

export const takeTable = ({ x, y, ...rest }, rows) => ({
  ...rest,
  x: takeRows(x, rows),
  y: Float64Array.from(rows, (row) => y[row]),
});

/**
 * Writes a table as columns of float64 (categories as codes, -1 missing), then y, then the fold that
 * tests each row, and a description beside: what a peer in Python reads with numpy.
 */
export function writeTable(path, { x, y, task, classes }, foldOf) {
  const columns = x.columns.map((column) =>
    column.kind === 'number' ? column.values : Float64Array.from(column.codes),
  );
  const all = [...columns, y, Float64Array.from(foldOf)];
  const bytes = new Uint8Array(all.length * x.rows * 8);
  all.forEach((values, c) =>
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), c * x.rows * 8),
  );
  writeFileSync(`${path}.f64`, bytes);
  const described = x.columns.map(({ kind, levels }) => (kind === 'number' ? 0 : levels.length));
  writeFileSync(`${path}.json`, JSON.stringify({ rows: x.rows, task, classes, levels: described }));
}
