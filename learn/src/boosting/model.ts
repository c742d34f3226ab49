import { encodeArtifact, type Artifact } from '../artifact.js';
import type { Explanation, Explanations, Model } from '../estimator.js';
import { conform, takeRows, type ColumnSchema, type Frame } from '../frame.js';
import { sectionOf } from '../loader.js';
import { treeInput, type Forest } from './forest.js';
import { addInteractions } from './interaction.js';
import { linkInPlace } from './link.js';
import type { Objective } from './scores.js';
import { makeScorer, type Scorer } from './scorer.js';
import { forestSections, readForest } from './sections.js';
import { makeTreeShap, type TreeShap } from './shap.js';

const KIND = 'boosting';

export interface BoostedParts {
  columns: readonly ColumnSchema[];
  link: Objective['link'];
  objective: string;
  /** Raw score before the first tree, one an output. */
  start: Float64Array;
  forest: Forest;
}

export interface BoostedModel extends Model {
  readonly parts: BoostedParts;
}

/** Throws on a model of another kind: what is asked is written for trees. */
export function requireBoosted(model: Model, asked: string): BoostedParts {
  if (model.kind === KIND && 'parts' in model) return (model as BoostedModel).parts;
  throw new TypeError(`${asked} is for models of kind ${KIND}, this one is ${model.kind}`);
}

/** A fitted booster. The order of `columns` is that of training; rows are read by name. */
export function boostedModel(parts: BoostedParts): BoostedModel {
  const { columns, link, start, forest } = parts;
  const outputs = start.length;
  let shap: TreeShap | undefined;
  const shapOf = () => (shap ??= makeTreeShap(forest, columns.length, outputs));
  const explainRows = (x: Frame): Explanations => {
    const shap = shapOf();
    const contributions = new Float64Array(x.rows * outputs * columns.length);
    shap.add(treeInput(conform(x, columns), columns, forest), x.rows, contributions);
    return { base: shap.base.map((base, k) => start[k]! + base), contributions };
  };
  let scorer: Scorer | undefined;
  const scorerOf = () => (scorer ??= makeScorer(forest, columns, outputs));
  const raw = (x: Frame, out: Float64Array) => {
    for (let i = 0; i < x.rows * outputs; i++) out[i] = start[i % outputs]!;
    const input = treeInput(conform(x, columns), columns, forest);
    scorerOf().add(input, x.rows, out);
  };
  const explain = (x: Frame, row: number): Explanation => {
    const { base, contributions } = explainRows(takeRows(x, [row]));
    const raw = contributions.reduce((a, b) => a + b, base[0]!);
    return { base: base[0]!, contributions, raw, link: link as Explanation['link'] };
  };
  return {
    kind: KIND,
    parts,
    columns,
    outputs,
    predict(x, out) {
      raw(x, out);
      linkInPlace(link, out.subarray(0, x.rows * outputs), outputs);
    },
    predictRow(values, out) {
      for (let k = 0; k < outputs; k++) out[k] = start[k]!;
      scorerOf().addRow(values, out);
      linkInPlace(link, out, outputs);
    },
    ...(outputs === 1 && {
      explain,
      interactions(x: Frame, row: number) {
        const one = treeInput(conform(takeRows(x, [row]), columns), columns, forest);
        const out = new Float64Array(columns.length ** 2);
        addInteractions(forest, shapOf().trees, columns.length, one, 0, out);
        return withMainEffects(out, explain(x, row).contributions);
      },
    }),
    explainRows,
    importance: () => gainByColumn(forest, columns.length),
    bytes: () =>
      encodeArtifact({
        kind: KIND,
        meta: { columns, link, objective: parts.objective },
        sections: { start, ...forestSections(forest) },
      }),
  };
}

/** Rows of pairs are made to sum to the contributions: what is left of a column is on the diagonal. */
function withMainEffects(pairs: Float64Array, contributions: Float64Array): Float64Array {
  const columns = contributions.length;
  contributions.forEach((contribution, c) => {
    const own = pairs.subarray(c * columns, (c + 1) * columns);
    own[c] = contribution - own.reduce((a, b) => a + b, 0);
  });
  return pairs;
}

/** Share of the gain of all splits; zeros when there is no split. */
function gainByColumn({ column, gain }: Forest, columns: number): Float64Array {
  const shares = new Float64Array(columns);
  let total = 0;
  for (let node = 0; node < column.length; node++) {
    shares[column[node]!]! += gain[node]!;
    total += gain[node]!;
  }
  return total > 0 ? shares.map((share) => share / total) : shares;
}

export const loadBoosted = (artifact: Artifact): Model => boostedModel(loadParts(artifact));

export function loadParts(artifact: Artifact): BoostedParts {
  const { meta } = artifact;
  return {
    columns: meta['columns'] as ColumnSchema[],
    link: meta['link'] as Objective['link'],
    objective: meta['objective'] as string,
    start: sectionOf(artifact, 'start', Float64Array),
    forest: readForest(artifact),
  };
}
