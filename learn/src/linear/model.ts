import { encodeArtifact, type Artifact } from '../artifact.js';
import { boundedExp, sigmoid } from '../boosting/objective.js';
import { softmaxInPlace } from '../boosting/scores.js';
import type { Explanation, Model } from '../estimator.js';
import { takeRows, type ColumnSchema, type Frame } from '../frame.js';
import { sectionOf } from '../loader.js';
import { encoderOf, rowReader, type ColumnCode, type Encoder } from './encoder.js';

export interface LinearParts {
  /** Which estimator made it: `ridge`, `logistic`, … */
  name: string;
  link: 'identity' | 'logit' | 'log' | 'softmax';
  encoder: Encoder;
  /** outputs × (terms + 1), the intercept last. */
  coefficients: Float64Array;
  /** Weighted mean and standard deviation of each term in training. */
  means: Float64Array;
  spread: Float64Array;
}

const KIND = 'linear';

export function linearModel(parts: LinearParts): Model {
  const { encoder, coefficients, link } = parts;
  const size = encoder.terms + 1;
  const outputs = coefficients.length / size;
  return {
    kind: KIND,
    columns: encoder.columns,
    outputs,
    predict(x, out) {
      rawScores(parts, x, outputs, out);
      if (link === 'logit') for (let i = 0; i < x.rows; i++) out[i] = sigmoid(out[i]!);
      else if (link === 'log') for (let i = 0; i < x.rows; i++) out[i] = boundedExp(out[i]!);
      else if (link === 'softmax')
        for (let i = 0; i < x.rows; i++) softmaxInPlace(out, i * outputs, outputs);
    },
    ...(outputs === 1 && { explain: (x: Frame, row: number) => explain(parts, x, row) }),
    importance: () => importance(parts, outputs),
    bytes: () =>
      encodeArtifact({
        kind: KIND,
        meta: { name: parts.name, link, columns: encoder.columns, codes: encoder.codes },
        sections: { coefficients, means: parts.means, spread: parts.spread },
      }),
  };
}

function rawScores(
  { encoder, coefficients, means }: LinearParts,
  x: Frame,
  outputs: number,
  out: Float64Array,
): void {
  const size = encoder.terms + 1;
  const { terms, values, read } = rowReader(encoder, x, means);
  for (let row = 0; row < x.rows; row++) {
    const count = read(row);
    for (let k = 0; k < outputs; k++) {
      let score = coefficients[k * size + size - 1]!;
      for (let i = 0; i < count; i++) score += coefficients[k * size + terms[i]!]! * values[i]!;
      out[row * outputs + k] = score;
    }
  }
}

/** Coefficient × (value - mean), summed over the terms of each column. */
function explain({ encoder, coefficients, means, link }: LinearParts, x: Frame, row: number) {
  const { terms, values, read } = rowReader(encoder, takeRows(x, [row]), means);
  const count = read(0);
  const found = new Float64Array(encoder.terms);
  for (let i = 0; i < count; i++) found[terms[i]!] = values[i]!;
  const contributions = new Float64Array(encoder.codes.length);
  let base = coefficients[encoder.terms]!;
  for (let c = 0; c < contributions.length; c++)
    for (let term = encoder.offsets[c]!; term < encoder.offsets[c + 1]!; term++) {
      contributions[c]! += coefficients[term]! * (found[term]! - means[term]!);
      base += coefficients[term]! * means[term]!;
    }
  const raw = contributions.reduce((sum, value) => sum + value, base);
  return { base, contributions, raw, link: link as Explanation['link'] };
}

function importance({ encoder, coefficients, spread }: LinearParts, outputs: number) {
  const size = encoder.terms + 1;
  const shares = new Float64Array(encoder.codes.length);
  for (let k = 0; k < outputs; k++)
    for (let c = 0; c < shares.length; c++)
      for (let term = encoder.offsets[c]!; term < encoder.offsets[c + 1]!; term++)
        shares[c]! += Math.abs(coefficients[k * size + term]!) * spread[term]!;
  const total = shares.reduce((sum, share) => sum + share, 0);
  return total > 0 ? shares.map((share) => share / total) : shares;
}

export function loadLinear(artifact: Artifact): Model {
  const { meta } = artifact;
  const section = (name: string) => sectionOf(artifact, name, Float64Array);
  return linearModel({
    name: meta['name'] as string,
    link: meta['link'] as LinearParts['link'],
    encoder: encoderOf(meta['columns'] as ColumnSchema[], meta['codes'] as ColumnCode[]),
    coefficients: section('coefficients'),
    means: section('means'),
    spread: section('spread'),
  });
}
