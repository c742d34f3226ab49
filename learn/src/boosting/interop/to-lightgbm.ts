import { encodeUtf8 } from '../../artifact.js';
import type { Model } from '../../estimator.js';
import type { ColumnSchema } from '../../frame.js';
import { ZERO_IS_MISSING, levelStarts, type Forest } from '../forest.js';
import { requireBoosted, type BoostedParts } from '../model.js';

/**
 * The model as LightGBM's text (v4), which `lightgbm.Booster(model_str=…)` reads and scores the same:
 * bit for bit on the raw scale, because the starting score is added to the first tree and sums keep
 * their order. A category is given to LightGBM as the code of its level (-1 or NaN for a level that is
 * not known); from pandas a column of categories does it, since the levels are written too.
 * Throws on another kind of model and on lines in the leaves, which LightGBM cannot keep in their range.
 */
export function toLightGbm(model: Model): string {
  const parts = requireBoosted(model, 'a LightGBM text');
  const { columns, start, forest } = parts;
  if (forest.lines)
    throw new RangeError(
      'this model has lines in its leaves, kept to the range they were fitted on; LightGBM has no such bound: train it with leafModel constant',
    );
  const trees = treesOf(parts).map((tree, t) => `Tree=${t}\n${tree}\n\n`);
  const head = [
    'tree',
    'version=v4',
    `num_class=${start.length}`,
    `num_tree_per_iteration=${start.length}`,
    'label_index=0',
    `max_feature_idx=${columns.length - 1}`,
    `objective=${objectiveOf(parts)}`,
    `feature_names=${namesOf(columns).join(' ')}`,
    `feature_infos=${columns.map(infoOf).join(' ')}`,
    `tree_sizes=${trees.map((tree) => encodeUtf8(tree).length).join(' ')}`,
  ].join('\n');
  const levels = columns.flatMap((column) => (column.kind === 'category' ? [column.levels] : []));
  return `${head}\n\n${trees.join('')}end of trees\n\nfeature_importances:\n\nparameters:\nend of parameters\n\npandas_categorical:${JSON.stringify(levels.length > 0 ? levels : null)}\n`;
}

/** An objective of LightGBM with the same link; training goes on there with its meaning of it. */
function objectiveOf({ objective, link, start }: BoostedParts): string {
  if (link === 'softmax') return `multiclass num_class:${start.length}`;
  if (link === 'logit') return 'binary sigmoid:1';
  if (link === 'log') return ['gamma', 'tweedie'].includes(objective) ? objective : 'poisson';
  const same: Record<string, string> = { absolute: 'regression_l1', lambdarank: 'lambdarank' };
  return same[objective] ?? 'regression';
}

/** Names without spaces, which part them; two that become the same get a number. */
function namesOf(columns: readonly ColumnSchema[]): string[] {
  const seen = new Set<string>();
  return columns.map(({ name }) => {
    const plain = name.replaceAll(/[\s",:[\]{}]/g, '_');
    let unique = plain;
    for (let i = 2; seen.has(unique); i++) unique = `${plain}_${i}`;
    seen.add(unique);
    return unique;
  });
}

const infoOf = (column: ColumnSchema): string =>
  column.kind === 'number'
    ? '[-1e+308:1e+308]'
    : column.levels.length === 0
      ? 'none'
      : column.levels.map((_, code) => code).join(':');

function treesOf({ columns, start, forest }: BoostedParts): string[] {
  const outputs = start.length;
  const perOutput = Math.max(1, Math.ceil(forest.roots.length / outputs));
  return Array.from({ length: perOutput * outputs }, (_, t) => {
    const added = t < outputs ? start[t]! : 0;
    const root = forest.roots[t];
    return root === undefined || root < 0
      ? loneLeaf(added + (root === undefined ? 0 : forest.values[~root]!))
      : treeText(forest, columns, root, added);
  });
}

const loneLeaf = (value: number) =>
  `num_leaves=1\nnum_cat=0\nsplit_feature=\nsplit_gain=\nthreshold=\ndecision_type=\nleft_child=\nright_child=\nleaf_value=${value}\nleaf_weight=\nleaf_count=\ninternal_value=\ninternal_weight=\ninternal_count=\nis_linear=0\nshrinkage=1\n`;

interface Placed {
  nodes: number[];
  leaves: number[];
  left: number[];
  right: number[];
}

/** Nodes of a tree in pre-order with children as LightGBM points at them: a leaf is `~leaf`. */
function place(forest: Forest, root: number): Placed {
  const placed: Placed = { nodes: [], leaves: [], left: [], right: [] };
  const visit = (child: number): number => {
    if (child < 0) return ~(placed.leaves.push(~child) - 1);
    const node = placed.nodes.push(child) - 1;
    placed.left[node] = visit(forest.left[child]!);
    placed.right[node] = visit(forest.right[child]!);
    return node;
  };
  visit(root);
  return placed;
}

function treeText(
  forest: Forest,
  columns: readonly ColumnSchema[],
  root: number,
  added: number,
): string {
  const { nodes, leaves, left, right } = place(forest, root);
  const firstLevel = levelStarts(columns);
  const boundaries = [0];
  const words: number[] = [];
  const threshold: number[] = [];
  const decision: number[] = [];
  nodes.forEach((node, i) => {
    if (forest.levelSet[node]! < 0) {
      threshold.push(forest.threshold[node]!);
      decision.push(decisionOf(forest.missingLeft[node]!));
      return;
    }
    const column = columns[forest.column[node]!]!;
    const levels = column.kind === 'category' ? column.levels.length : 0;
    const { set, turned } = codesLeft(forest, node, firstLevel[forest.column[node]!]!, levels);
    // Rows whose level is not known go right in LightGBM: where ours go left, the sides change place.
    if (turned) [left[i], right[i]] = [right[i]!, left[i]!];
    threshold.push(boundaries.length - 1);
    decision.push(1);
    words.push(...set);
    boundaries.push(words.length);
  });
  const lines: [string, ArrayLike<number> | number][] = [
    ['num_leaves', leaves.length],
    ['num_cat', boundaries.length - 1],
    ['split_feature', nodes.map((node) => forest.column[node]!)],
    ['split_gain', nodes.map((node) => forest.gain[node]!)],
    ['threshold', threshold],
    ['decision_type', decision],
    ['left_child', left],
    ['right_child', right],
    ['leaf_value', leaves.map((leaf) => forest.values[leaf]! + added)],
    ['leaf_weight', leaves.map((leaf) => forest.leafCover[leaf]!)],
    ['leaf_count', leaves.map((leaf) => Math.round(forest.leafCover[leaf]!))],
    ['internal_value', nodes.map((node) => meanValue(forest, node) + added)],
    ['internal_weight', nodes.map((node) => forest.cover[node]!)],
    ['internal_count', nodes.map((node) => Math.round(forest.cover[node]!))],
    ...(words.length > 0
      ? ([
          ['cat_boundaries', boundaries],
          ['cat_threshold', words],
        ] as [string, number[]][])
      : []),
    ['is_linear', 0],
    ['shrinkage', 1],
  ];
  const say = (value: ArrayLike<number> | number) =>
    typeof value === 'number' ? String(value) : Array.from(value, numberText).join(' ');
  return lines.map(([name, value]) => `${name}=${say(value)}\n`).join('');
}

/** The shortest digits that are read back as the same double. */
const numberText = (value: number): string =>
  value === Infinity ? 'inf' : value === -Infinity ? '-inf' : String(value);

function decisionOf(missing: number): number {
  const kind = missing & ZERO_IS_MISSING ? 1 : 2;
  return (kind << 2) | ((missing & 1) << 1);
}

/** Words of the codes that go LightGBM's left: the levels of our left side, or of the right one. */
function codesLeft(forest: Forest, node: number, firstLevel: number, levels: number) {
  const set = forest.levelSet[node]!;
  const has = (bin: number) => ((forest.levelWords[set + (bin >> 5)]! >>> (bin & 31)) & 1) === 1;
  const turned = has(0);
  const words = new Uint32Array(Math.max(1, Math.ceil(levels / 32)));
  for (let code = 0; code < levels; code++)
    if (has(forest.levelBins[firstLevel + code]!) !== turned) words[code >> 5]! |= 1 << (code & 31);
  return { set: words, turned };
}

function meanValue(forest: Forest, node: number): number {
  if (node < 0) return forest.values[~node]!;
  const cover = (child: number) => (child < 0 ? forest.leafCover[~child]! : forest.cover[child]!);
  const left = forest.left[node]!;
  const right = forest.right[node]!;
  const total = cover(left) + cover(right);
  if (total === 0) return (meanValue(forest, left) + meanValue(forest, right)) / 2;
  return (cover(left) * meanValue(forest, left) + cover(right) * meanValue(forest, right)) / total;
}
