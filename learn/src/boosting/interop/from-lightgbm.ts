import type { Model } from '../../estimator.js';
import type { ColumnSchema } from '../../frame.js';
import { WORDS, ZERO_IS_MISSING, type Forest } from '../forest.js';
import { packLines, type LeafLine } from '../lines.js';
import { boostedModel, type BoostedParts } from '../model.js';
import { parseLightGbm, type LightGbmText, type LightGbmTree } from './lightgbm-text.js';

/**
 * The model of a LightGBM text file (v4; `Booster.save_model`), with the same scores: numerical and
 * categorical splits, the three kinds of missing, linear trees, random forests, and the links of
 * LightGBM's own objectives but those of `unknown` below. A categorical column becomes a category whose
 * level `i` is LightGBM's code `i`: the levels of `columns`, else those of pandas, else the codes as text.
 * Throws on text that is not such a file, on `columns` that do not fit, and on more than 255 groups of
 * levels of one column that the trees tell apart.
 */
export function fromLightGbm(text: string, columns?: readonly ColumnSchema[]): Model {
  const file = parseLightGbm(text);
  const outputs = Number(file.header.get('num_tree_per_iteration') ?? 1);
  const schema = schemaOf(file, columns);
  const { link, scale } = linkOf(file.header.get('objective') ?? '');
  const averaged = file.header.has('average_output');
  const iterations = Math.max(1, Math.round(file.trees.length / outputs));
  return boostedModel({
    columns: schema,
    link,
    objective: file.header.get('objective')?.split(' ')[0] ?? 'custom',
    start: new Float64Array(outputs),
    forest: forestOf(file.trees, schema, averaged ? scale / iterations : scale),
  });
}

/** Way from raw score to prediction; `scale` is what the raw score is multiplied with before. */
function linkOf(objective: string): { link: BoostedParts['link']; scale: number } {
  const [name = '', ...options] = objective.split(' ');
  const option = (wanted: string) =>
    options.map((one) => one.split(':')).find(([found]) => found === wanted)?.[1];
  if (name === 'binary') return { link: 'logit', scale: Number(option('sigmoid') ?? 1) };
  if (name === 'cross_entropy') return { link: 'logit', scale: 1 };
  if (name === 'multiclass') return { link: 'softmax', scale: 1 };
  if (['poisson', 'gamma', 'tweedie'].includes(name)) return { link: 'log', scale: 1 };
  const unknown =
    ['multiclassova', 'cross_entropy_lambda'].includes(name) || options.includes('sqrt');
  if (unknown)
    throw new Error(`LightGBM objective ${objective} has a link that this version does not know`);
  return { link: 'identity', scale: 1 };
}

function schemaOf(
  { header, trees, pandasLevels }: LightGbmText,
  given?: readonly ColumnSchema[],
): readonly ColumnSchema[] {
  const names = (header.get('feature_names') ?? '').split(' ');
  const infos = (header.get('feature_infos') ?? '').split(' ');
  const codes = names.map((_, c) =>
    /^-?\d+(:|$)/.test(infos[c] ?? '') ? infos[c]!.split(':').map(Number) : [],
  );
  for (const { column, decision } of trees)
    column.forEach((c, node) => {
      if (decision[node]! & 1 && codes[c]!.length === 0) codes[c] = [0];
    });
  if (given) {
    if (given.length !== names.length)
      throw new RangeError(
        `${given.length} columns were given, the LightGBM model has ${names.length}`,
      );
    given.forEach(({ kind, name }, c) => {
      const wanted = codes[c]!.length > 0 ? 'category' : 'number';
      if (infos[c] !== 'none' && kind !== wanted)
        throw new TypeError(
          `column ${name} is a ${kind}, the LightGBM model splits it as a ${wanted}`,
        );
    });
    return given;
  }
  const categories = names.flatMap((_, c) => (codes[c]!.length > 0 ? [c] : []));
  if (pandasLevels && pandasLevels.length > 0 && pandasLevels.length !== categories.length)
    throw new Error(
      `the LightGBM model names levels of ${pandasLevels.length} columns and splits ${categories.length} by level; give the columns`,
    );
  return names.map((name, c): ColumnSchema => {
    if (codes[c]!.length === 0) return { kind: 'number', name };
    const ofPandas = pandasLevels?.[categories.indexOf(c)];
    const levels =
      ofPandas ?? Array.from({ length: highestCode(trees, c, codes[c]!) + 1 }, (_, i) => String(i));
    return { kind: 'category', name, levels };
  });
}

/** Sets may hold codes that the column's description does not. */
function highestCode(
  trees: readonly LightGbmTree[],
  column: number,
  listed: readonly number[],
): number {
  let highest = Math.max(...listed);
  for (const tree of trees)
    tree.column.forEach((c, node) => {
      if (c !== column) return;
      const { from, to } = setOf(tree, node);
      for (let word = from; word < to; word++)
        if (tree.words[word] !== 0)
          highest = Math.max(highest, 32 * (word - from) + 31 - Math.clz32(tree.words[word]!));
    });
  return highest;
}

function setOf({ boundaries, threshold }: LightGbmTree, node: number) {
  const set = threshold[node]!;
  return { from: boundaries[set]!, to: boundaries[set + 1]! };
}

const holds = (tree: LightGbmTree, node: number, code: number): boolean => {
  const { from, to } = setOf(tree, node);
  const word = from + (code >> 5);
  return word < to && ((tree.words[word]! >>> (code & 31)) & 1) === 1;
};

function forestOf(
  trees: readonly LightGbmTree[],
  schema: readonly ColumnSchema[],
  scale: number,
): Forest {
  const nodes = trees.reduce((sum, tree) => sum + tree.leaves - 1, 0);
  const flat = (of: (tree: LightGbmTree) => readonly number[]) => trees.flatMap(of);
  const plain = ({ values, lines }: LightGbmTree) =>
    values.map((value, leaf) =>
      lines?.columns[leaf]!.length === 0 ? lines.constant[leaf]! : value,
    );
  const groups = schema.map((column, c) => groupLevels(trees, column, c));
  const forest: Forest = {
    roots: new Int32Array(trees.length),
    column: Int32Array.from(flat((tree) => tree.column)),
    threshold: new Float64Array(nodes),
    levelSet: new Int32Array(nodes).fill(-1),
    missingLeft: new Uint8Array(nodes),
    left: new Int32Array(nodes),
    right: new Int32Array(nodes),
    gain: Float64Array.from(flat((tree) => tree.gain)),
    cover: Float64Array.from(flat((tree) => tree.cover)),
    values: Float64Array.from(flat(plain), (value) => value * scale),
    leafCover: Float64Array.from(flat((tree) => tree.leafCover)),
    levelWords: new Uint32Array(0),
    levelBins: Uint8Array.from(groups.flatMap(({ bins }) => bins)),
  };
  const words: number[] = [];
  let firstNode = 0;
  let firstLeaf = 0;
  trees.forEach((tree, t) => {
    const place = (child: number) => (child < 0 ? ~(~child + firstLeaf) : child + firstNode);
    forest.roots[t] = place(tree.leaves === 1 ? -1 : 0);
    for (let i = 0; i < tree.leaves - 1; i++) {
      const node = firstNode + i;
      forest.left[node] = place(tree.left[i]!);
      forest.right[node] = place(tree.right[i]!);
      if (tree.decision[i]! & 1) {
        forest.levelSet[node] = words.length;
        words.push(...groups[tree.column[i]!]!.wordsOf(tree, i));
      } else {
        forest.threshold[node] = tree.threshold[i]!;
        forest.missingLeft[node] = missingRule(tree.decision[i]!, tree.threshold[i]!);
      }
    }
    firstNode += tree.leaves - 1;
    firstLeaf += tree.leaves;
  });
  forest.levelWords = Uint32Array.from(words);
  const lines = packLines(trees.flatMap((tree) => linesOf(tree, scale)));
  return lines ? { ...forest, lines } : forest;
}

/**
 * Where missing goes. Without missing values in training LightGBM reads NaN as 0; with "zero" both NaN
 * and 0 take the default way, which is told apart only where the threshold would send 0 elsewhere.
 */
function missingRule(decision: number, threshold: number): number {
  const kind = (decision >> 2) & 3;
  const byDefault = (decision >> 1) & 1;
  const zeroLeft = threshold >= 0 ? 1 : 0;
  if (kind === 0) return zeroLeft;
  if (kind === 2) return byDefault;
  const tiny = Math.abs(threshold) <= 1e-35;
  return byDefault | (byDefault !== zeroLeft || tiny ? ZERO_IS_MISSING : 0);
}

/** Levels that every set of a column treats alike share a bin; those in no set have bin 0. */
function groupLevels(trees: readonly LightGbmTree[], column: ColumnSchema, c: number) {
  const sets = trees.flatMap((tree) =>
    tree.column.flatMap((found, node) =>
      found === c && tree.decision[node]! & 1 ? [{ tree, node }] : [],
    ),
  );
  const levels = column.kind === 'category' ? column.levels : [];
  const binOf = new Map([['0'.repeat(sets.length), 0]]);
  const bins = levels.map((_, code) => {
    const signature = sets.map(({ tree, node }) => (holds(tree, node, code) ? '1' : '0')).join('');
    if (!binOf.has(signature)) binOf.set(signature, binOf.size);
    return binOf.get(signature)!;
  });
  if (binOf.size > 256)
    throw new RangeError(
      `the trees tell ${binOf.size - 1} groups of levels of column ${column.name} apart; at most 255 can be held`,
    );
  const wordsOf = (tree: LightGbmTree, node: number): Uint32Array => {
    const words = new Uint32Array(WORDS);
    bins.forEach((bin, code) => {
      if (holds(tree, node, code)) words[bin >> 5]! |= 1 << (bin & 31);
    });
    return words;
  };
  return { bins, wordsOf };
}

/** LightGBM's line is constant + Σ coefficient × x; its plain value is for rows that lack a number. */
function linesOf(tree: LightGbmTree, scale: number): (LeafLine | undefined)[] {
  return tree.values.map((value, leaf) => {
    const columns = tree.lines?.columns[leaf] ?? [];
    if (columns.length === 0) return undefined;
    const given = tree.lines!.coefficients[leaf]!;
    const squares = given.reduce((sum, coefficient) => sum + coefficient * coefficient, 0);
    // Any means will do that make value + Σ coefficient × (x − mean) the same line.
    const way = squares > 0 ? (value - tree.lines!.constant[leaf]!) / squares : 0;
    return {
      columns,
      coefficients: given.map((coefficient) => coefficient * scale),
      means: given.map((coefficient) => coefficient * way),
      low: columns.map(() => -Infinity),
      high: columns.map(() => Infinity),
    };
  });
}
