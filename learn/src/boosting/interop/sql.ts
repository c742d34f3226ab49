import { decodeArtifact, type Artifact } from '../../artifact.js';
import { calibrationMethods, type Calibrator } from '../../calibrate/calibrator.js';
import type { Model } from '../../estimator.js';
import { sectionOf } from '../../loader.js';
import { oneOf } from '../../parameters.js';
import { loadParts, type BoostedParts } from '../model.js';
import { double, identifier, sqlDialects, tableName, type SqlDialect } from './sql-dialect.js';
import { treeWriter } from './sql-tree.js';

export interface SqlOptions {
  dialect: SqlDialect;
  /** The table or view that holds the model's columns; a schema goes before a point. */
  table: string;
  /** Columns of the table that come along, so that rows can be told apart. */
  keys?: readonly string[];
  /** Name of what is said; with several outputs `_0`, `_1`, … follow it. */
  as?: string;
}

/** Trees of one SELECT: longer sums run into the databases' limits on the depth of an expression. */
const TREES = 40;
/** Beyond it PostgreSQL refuses exp: what is said there is 0 or 1 to the last digit but the 300th. */
const EXP_MAX = 700;

/**
 * The model as one SELECT that a database evaluates to the same predictions: CASE trees over numbers
 * cast to DOUBLE and levels cast to text, NULL and NaN being missing, levels not known being unknown.
 * Trees are added in the model's order, so that raw scores have the same bits; `exp` may differ in the
 * last digit. Boosted models, also with a transformed target or calibrated (one output).
 * Throws on other kinds.
 */
export function toSql(
  model: Model,
  { dialect, table, keys = [], as = 'prediction' }: SqlOptions,
): string {
  oneOf('dialect', dialect, sqlDialects);
  const steps: string[] = [];
  /** Adds a step that says the outputs anew; the columns of the step before are at hand. */
  const kept = keys.map((_, i) => `k${i}`);
  const step = (columns: readonly string[]) => {
    const source = steps.length === 0 ? tableName(table) : `tino_${steps.length - 1}`;
    const name = `tino_${steps.length}`;
    steps.push(`${name} AS (\n  SELECT ${columns.join(',\n    ')}\n  FROM ${source}\n)`);
  };
  const outputs = writeModel(decodeArtifact(model.bytes()), { dialect, keys, kept, step });
  const names = outputs === 1 ? [as] : Array.from({ length: outputs }, (_, k) => `${as}_${k}`);
  const said = [
    ...keys.map((key, i) => `k${i} AS ${identifier(key)}`),
    ...names.map((name, k) => `s${k} AS ${identifier(name)}`),
  ];
  return `WITH ${steps.join(',\n')}\nSELECT ${said.join(', ')}\nFROM tino_${steps.length - 1}\n`;
}

interface Writing {
  dialect: SqlDialect;
  keys: readonly string[];
  kept: readonly string[];
  step: (columns: readonly string[]) => void;
}

/** Writes the steps of a model and of what it wraps; returns its outputs. */
function writeModel(artifact: Artifact, writing: Writing): number {
  const { dialect, kept, step } = writing;
  const inner = () => decodeArtifact(sectionOf(artifact, 'inner', Uint8Array));
  if (artifact.kind === 'boosting') return writeBoosted(loadParts(artifact), writing);
  if (artifact.kind === 'transformedTarget') {
    const outputs = writeModel(inner(), writing);
    const shift = double(Math.log(artifact.meta['smearing'] as number), dialect);
    step([...kept, `${boundedExp(`s0 + ${shift}`, dialect)} AS s0`]);
    return outputs;
  }
  if (artifact.kind === 'calibrated') {
    const outputs = writeModel(inner(), writing);
    const calibrators = artifact.meta['calibrators'] as Calibrator[];
    if (outputs > 1)
      throw new TypeError(`SQL of a calibrated model is for one output, this one has ${outputs}`);
    step([...kept, `${calibrated(calibrators[0]!, dialect)} AS s0`]);
    return outputs;
  }
  throw new TypeError(
    `SQL is for models of kind boosting, alone or within calibrated or transformedTarget; this one is ${artifact.kind}`,
  );
}

function writeBoosted({ columns, start, link, forest }: BoostedParts, writing: Writing): number {
  const { dialect, keys, kept, step } = writing;
  const outputs = start.length;
  const asked = new Set([...forest.column, ...(forest.lines?.column ?? [])]);
  const nameOf = (column: number) => `x${column}`;
  const read = [...asked].toSorted((a, b) => a - b);
  step([
    ...keys.map((key, i) => `${identifier(key)} AS k${i}`),
    ...read.map((c) => {
      const { kind, name } = columns[c]!;
      return kind === 'number'
        ? `NULLIF(CAST(${identifier(name)} AS DOUBLE PRECISION), CAST('NaN' AS DOUBLE PRECISION)) AS x${c}`
        : `CAST(${identifier(name)} AS VARCHAR) AS x${c}`;
    }),
    ...Array.from(start, (value, k) => `${double(value, dialect)} AS s${k}`),
  ]);
  const tree = treeWriter(forest, columns, nameOf, dialect);
  const rounds = Math.max(1, Math.floor(TREES / outputs)) * outputs;
  for (let from = 0; from < forest.roots.length; from += rounds) {
    const sums = Array.from(start, (_, k) => {
      const own = Array.from(forest.roots.subarray(from, from + rounds)).filter(
        (_, t) => t % outputs === k,
      );
      return `s${k}${own.map((root) => `\n      + ${tree(root)}`).join('')} AS s${k}`;
    });
    step([...kept, ...read.map(nameOf), ...sums]);
  }
  writeLink(link, outputs, writing);
  return outputs;
}

function writeLink(
  link: BoostedParts['link'],
  outputs: number,
  { dialect, kept, step }: Writing,
): void {
  const names = Array.from({ length: outputs }, (_, k) => `s${k}`);
  const each = (of: (name: string) => string) =>
    step([...kept, ...names.map((name) => `${of(name)} AS ${name}`)]);
  if (link === 'logit') each((name) => sigmoid(name, dialect));
  else if (link === 'log') each((name) => boundedExp(name, dialect));
  else if (link === 'softmax') {
    const least = double(-EXP_MAX, dialect);
    each((name) => `EXP(GREATEST(${name} - GREATEST(${names.join(', ')}), ${least}))`);
    each((name) => `${name} / (${names.join(' + ')})`);
  }
}

function sigmoid(score: string, dialect: SqlDialect): string {
  const [low, high, one] = [-EXP_MAX, EXP_MAX, 1].map((value) => double(value, dialect));
  return `${one} / (${one} + EXP(-LEAST(GREATEST(${score}, ${low}), ${high})))`;
}

/** As the model's own: scores beyond 500 would overflow a double. */
const boundedExp = (score: string, dialect: SqlDialect): string =>
  `EXP(GREATEST(LEAST(${score}, ${double(500, dialect)}), ${double(-EXP_MAX, dialect)}))`;

function calibrated(calibrator: Calibrator, dialect: SqlDialect): string {
  const number = (value: number) => double(value, dialect);
  const p = `LEAST(GREATEST(s0, ${number(1e-15)}), ${number(1 - 1e-15)})`;
  const logit = `LN(${p} / (${number(1)} - ${p}))`;
  switch (calibrator.method) {
    case 'none':
      return 's0';
    case 'platt':
      return sigmoid(
        `${number(calibrator.slope)} * ${logit} + ${number(calibrator.intercept)}`,
        dialect,
      );
    case 'temperature':
      return sigmoid(`${number(calibrator.inverse)} * ${logit}`, dialect);
    case 'beta': {
      const { a, b, c } = calibrator;
      const both = `${number(a)} * LN(${p}) - ${number(b)} * LN(${number(1)} - ${p})`;
      return sigmoid(`${both} + ${number(c)}`, dialect);
    }
    case 'isotonic':
      return curve(calibrator.curve, number);
    default:
      throw new TypeError(
        `calibration method is unknown; SQL knows ${calibrationMethods.join(', ')}`,
      );
  }
}

/** Straight between knots, level outside. */
function curve({ x, y }: { x: number[]; y: number[] }, number: (value: number) => string): string {
  const pieces = x.slice(1).map((high, i) => {
    const low = x[i]!;
    const share = `(s0 - ${number(low)}) / ${number(high - low)}`;
    return `WHEN s0 < ${number(high)} THEN ${number(y[i]!)} + ${share} * ${number(y[i + 1]! - y[i]!)}`;
  });
  const last = y.length - 1;
  return `CASE WHEN s0 <= ${number(x[0]!)} THEN ${number(y[0]!)} ${pieces.join(' ')} ELSE ${number(y[last]!)} END`;
}
