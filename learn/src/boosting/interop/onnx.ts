import type { Model } from '../../estimator.js';
import type { ColumnSchema } from '../../frame.js';
import { ZERO_IS_MISSING, levelStarts, type Forest } from '../forest.js';
import { requireBoosted, type BoostedParts } from '../model.js';
import { onnxModel, type Attribute, type OnnxNode } from './onnx-graph.js';

const TREES = 'ai.onnx.ml';
/** Modes of a node in TreeEnsemble. */
const LESS_OR_EQUAL = 0;
const MEMBER = 6;

/**
 * The model as ONNX: one input a column by its name, [rows, 1]: numbers as double (NaN is missing),
 * levels as string (any other text is unknown); one output `prediction`, [rows, outputs], as double.
 * It uses TreeEnsemble of ai.onnx.ml version 5 (ONNX 1.16, onnxruntime 1.20 and later), which keeps
 * thresholds and sums as doubles: no value that a tree has seen changes sides, as it would with the
 * float32 thresholds of the older operators, and predictions agree to 1e-12, the order of sums apart.
 * Throws on models that are no trees, on lines in leaves and on zeros that count as missing.
 */
export function toOnnx(model: Model): Uint8Array {
  const parts = requireBoosted(model, 'an ONNX tree ensemble');
  const { columns, start, forest } = parts;
  if (forest.lines)
    throw new RangeError(
      'this model has lines in its leaves, which ONNX has no operator for: train it with leafModel constant',
    );
  if (forest.missingLeft.some((rule) => rule >= ZERO_IS_MISSING))
    throw new RangeError('this model holds 0 to be missing, which ONNX trees cannot tell');
  const features = columns.map((column, c) => featureNodes(column, c));
  const { nodes: links, constants } = linkNodes(parts);
  return onnxModel({
    name: 'tino',
    format: 10,
    operators: { '': 21, [TREES]: 5 },
    inputs: columns.map(({ kind, name }) => ({
      name,
      type: kind === 'number' ? 'double' : 'string',
      width: 1,
    })),
    outputs: [{ name: 'prediction', type: 'double', width: start.length }],
    constants,
    nodes: [
      ...features.flatMap(({ nodes }) => nodes),
      {
        op: 'Concat',
        inputs: features.map(({ name }) => name),
        output: 'tino:features',
        attributes: { axis: 1 },
      },
      {
        op: 'TreeEnsemble',
        domain: TREES,
        inputs: ['tino:features'],
        output: links.length > 0 ? 'tino:raw' : 'prediction',
        attributes: ensemble(parts),
      },
      ...links,
    ],
  });
}

/** A column as a double: a level as its code, -1 when it is not known. */
function featureNodes(column: ColumnSchema, c: number): { name: string; nodes: OnnxNode[] } {
  if (column.kind === 'number') return { name: column.name, nodes: [] };
  const code = `tino:code ${c}`;
  const name = `tino:level ${c}`;
  // The operator refuses an empty list: a level that nobody writes stands for no level.
  const levels = column.levels.length > 0 ? column.levels : ['\u0000'];
  return {
    name,
    nodes: [
      {
        op: 'LabelEncoder',
        domain: TREES,
        inputs: [column.name],
        output: code,
        attributes: {
          keys_strings: { strings: levels },
          values_int64s: { integers: levels.map((_, i) => (column.levels.length > 0 ? i : -1)) },
          default_int64: -1,
        },
      },
      { op: 'Cast', inputs: [code], output: name, attributes: { to: 11 } },
    ],
  };
}

function linkNodes({ link }: BoostedParts): {
  nodes: OnnxNode[];
  constants: Record<string, Float64Array>;
} {
  const last = (op: string, input: string, attributes?: OnnxNode['attributes']): OnnxNode => ({
    op,
    inputs: [input],
    output: 'prediction',
    ...(attributes && { attributes }),
  });
  if (link === 'logit') return { nodes: [last('Sigmoid', 'tino:raw')], constants: {} };
  if (link === 'softmax')
    return { nodes: [last('Softmax', 'tino:raw', { axis: 1 })], constants: {} };
  if (link === 'identity') return { nodes: [], constants: {} };
  const most: OnnxNode = { op: 'Min', inputs: ['tino:raw', 'tino:most'], output: 'tino:bounded' };
  return {
    nodes: [most, last('Exp', 'tino:bounded')],
    constants: { 'tino:most': Float64Array.of(500) },
  };
}

/** Attributes of TreeEnsemble: nodes of all trees, leaves of all trees, and where each tree begins. */
function ensemble({ columns, start, forest }: BoostedParts): Record<string, Attribute> {
  const outputs = start.length;
  const nodes: EnsembleNode[] = [];
  const weights: number[] = [];
  const targets: number[] = [];
  const starts = levelStarts(columns);
  const sets: number[] = [];
  const roots: number[] = [];
  for (let t = 0; t < Math.max(forest.roots.length, outputs); t++) {
    const output = t % outputs;
    // The starting score is added to the leaves of an output's first tree.
    const added = t < outputs ? start[output]! : 0;
    const addLeaf = (value: number): Reference => {
      targets.push(output);
      return { isLeaf: 1, at: weights.push(value + added) - 1 };
    };
    const visit = (child: number): Reference => {
      if (child < 0) return addLeaf(forest.values[~child]!);
      const at = nodes.length;
      const node = {
        ...ask(forest, child, columns, starts, sets),
        yes: { isLeaf: 0, at },
        no: { isLeaf: 0, at },
      };
      nodes.push(node);
      const left = visit(forest.left[child]!);
      const right = visit(forest.right[child]!);
      [node.yes, node.no] = node.turned ? [right, left] : [left, right];
      return { isLeaf: 0, at };
    };
    roots.push(nodes.length);
    const root = forest.roots[t];
    if (root !== undefined && root >= 0) visit(root);
    else {
      // Every tree begins with a node: this one has one leaf on both sides.
      const only = addLeaf(root === undefined ? 0 : forest.values[~root]!);
      nodes.push({
        feature: 0,
        mode: LESS_OR_EQUAL,
        split: 0,
        missingYes: 0,
        turned: false,
        yes: only,
        no: only,
      });
    }
  }
  const list = (of: (node: EnsembleNode) => number) => ({ integers: nodes.map(of) });
  return {
    n_targets: outputs,
    aggregate_function: 1,
    post_transform: 0,
    tree_roots: { integers: roots },
    nodes_featureids: list(({ feature }) => feature),
    nodes_modes: { tensor: Uint8Array.from(nodes, ({ mode }) => mode) },
    nodes_splits: { tensor: Float64Array.from(nodes, ({ split }) => split) },
    nodes_missing_value_tracks_true: list(({ missingYes }) => missingYes),
    nodes_truenodeids: list(({ yes }) => yes.at),
    nodes_trueleafs: list(({ yes }) => yes.isLeaf),
    nodes_falsenodeids: list(({ no }) => no.at),
    nodes_falseleafs: list(({ no }) => no.isLeaf),
    leaf_targetids: { integers: targets },
    leaf_weights: { tensor: Float64Array.from(weights) },
    ...(sets.length > 0 && { membership_values: { tensor: Float64Array.from(sets) } }),
  };
}

interface Reference {
  isLeaf: number;
  at: number;
}

interface EnsembleNode {
  feature: number;
  mode: number;
  split: number;
  missingYes: number;
  /** Yes leads to the right child. */
  turned: boolean;
  yes: Reference;
  no: Reference;
}

/** What a node asks; the codes of a set are appended to `sets` and closed by NaN. */
function ask(
  forest: Forest,
  node: number,
  columns: readonly ColumnSchema[],
  starts: readonly number[],
  sets: number[],
): Omit<EnsembleNode, 'yes' | 'no'> {
  const feature = forest.column[node]!;
  const set = forest.levelSet[node]!;
  const split = forest.threshold[node]!;
  if (set < 0)
    return {
      feature,
      mode: LESS_OR_EQUAL,
      split,
      missingYes: forest.missingLeft[node]! & 1,
      turned: false,
    };
  const goesLeft = (bin: number) =>
    ((forest.levelWords[set + (bin >> 5)]! >>> (bin & 31)) & 1) === 1;
  const turned = goesLeft(0);
  const column = columns[feature]!;
  const levels = column.kind === 'category' ? column.levels : [];
  const codes = [...levels.keys()].filter(
    (code) => goesLeft(forest.levelBins[starts[feature]! + code]!) !== turned,
  );
  // No code is -2: a set of no levels.
  sets.push(...(codes.length > 0 ? codes : [-2]), NaN);
  return { feature, mode: MEMBER, split: 0, missingYes: 0, turned };
}
