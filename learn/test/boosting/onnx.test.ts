import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  boosting,
  fromLightGbm,
  mean,
  seeded,
  toOnnx,
  type BoostingParameters,
  type Frame,
  type Model,
} from '@tino/learn';
import { predictionsOf, toy, toyFrame, type ToyTarget } from '../toy.js';

const repository = new URL('../../../../', import.meta.url);
const fileAt = (path: string) => fileURLToPath(new URL(path, repository));
const python = process.env['TINO_PYTHON'];
const withPython = python ? {} : { skip: 'TINO_PYTHON names no Python with onnxruntime' };

const models: [Partial<BoostingParameters>, ToyTarget][] = [
  [{ objective: 'squared' }, 'value'],
  [{ objective: 'squared', minDataInLeaf: 1000 }, 'value'],
  [{ objective: 'squared', leaves: 31, rounds: 60, minDataInLeaf: 2 }, 'value'],
  [{ objective: 'poisson' }, 'positive'],
  [{ objective: 'logistic' }, 'binary'],
  [{ objective: 'softmax', classes: 3 }, 'classes'],
];

const trained = (settings: Partial<BoostingParameters>, target: ToyTarget) =>
  boosting({ rounds: 12, leaves: 8, minDataInLeaf: 5, ...settings }).fit(toy(400, target), {
    rng: seeded(3),
  });

/** Fields of a message: by number, integers and bytes in the order they lie in. */
function fieldsOf(bytes: Uint8Array): Map<number, (number | Uint8Array)[]> {
  const fields = new Map<number, (number | Uint8Array)[]>();
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++]!;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(BigInt.asIntN(64, value));
    }
  };
  while (at < bytes.length) {
    const tag = varint();

    const held = fields.get(tag >> 3) ?? fields.set(tag >> 3, []).get(tag >> 3)!;
    if ((tag & 7) === 0) held.push(varint());
    else {
      const length = varint();
      held.push(bytes.slice(at, (at += length)));
    }
  }
  return fields;
}

const textOf = (bytes: number | Uint8Array | undefined) =>
  Buffer.from(bytes as Uint8Array).toString();

/** Operators of a model file, by name. */
function operatorsOf(model: Uint8Array): string[] {
  const graph = fieldsOf(fieldsOf(model).get(7)![0] as Uint8Array);
  return graph.get(1)!.map((node) => textOf(fieldsOf(node as Uint8Array).get(4)![0]));
}

test('a model file has the operators of its columns, trees and link', async () => {
  const links: Record<string, string[]> = {
    squared: [],
    poisson: ['Min', 'Exp'],
    logistic: ['Sigmoid'],
    softmax: ['Softmax'],
  };
  for (const [settings, target] of models) {
    const found = operatorsOf(toOnnx(await trained(settings, target)));
    const wanted = [
      'LabelEncoder',
      'Cast',
      'Concat',
      'TreeEnsemble',
      ...links[settings.objective!]!,
    ];
    assert.deepEqual(found, wanted);
  }
});

test('models that ONNX has no operator for are refused', async () => {
  const constant = await mean().fit(toy(40, 'value'), { rng: seeded(1) });
  assert.throws(() => toOnnx(constant), /for models of kind boosting/);
  const golden = (name: string) =>
    fromLightGbm(readFileSync(fileAt(`learn/test/boosting/golden/lightgbm/${name}.txt`), 'utf8'));
  assert.throws(() => toOnnx(golden('linear')), /lines in its leaves/);
  assert.throws(() => toOnnx(golden('zero-as-missing')), /holds 0 to be missing/);
});

test('onnxruntime says what the model says', withPython, async () => {
  const all = await Promise.all(models.map(([settings, target]) => trained(settings, target)));
  const x = toyFrame(200, 'fresh');
  const input = JSON.stringify(all.map((model) => requestOf(model, x)));
  const said = execFileSync(python!, [fileAt('integrations/onnx/score.py')], {
    input,
    encoding: 'utf8',
  });
  (JSON.parse(said) as number[][][]).forEach((rows, m) => {
    const wanted = predictionsOf(all[m]!, x);
    rows.flat().forEach((value, i) => {
      const away = Math.abs(value - wanted[i]!);
      assert.ok(
        away <= 1e-12 * Math.max(1, Math.abs(wanted[i]!)),
        `model ${m}, ${i}: ${value}, ${wanted[i]}`,
      );
    });
  });
});

function requestOf(model: Model, x: Frame) {
  const columns = x.columns.map((column): [string, (number | string | null)[]] => [
    column.name,
    column.kind === 'number'
      ? Array.from(column.values, (value) => (Number.isNaN(value) ? null : value))
      : Array.from(column.codes, (code) => column.levels[code] ?? null),
  ]);
  return {
    model: Buffer.from(toOnnx(model)).toString('base64'),
    columns: Object.fromEntries(columns),
  };
}
