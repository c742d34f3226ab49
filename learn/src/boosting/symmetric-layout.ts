import type { Views } from '../kernel/memory.js';
import type { Forest } from './forest.js';

/** A tree that asks one question a level (Prokhorenkova et al. 2018): 2^levels leaves, left to right. */
export interface SymmetricTree {
  /** A node of each level: it asks what all of its level ask. */
  questions: number[];
  leaves: number[];
}

/** The trees when every one of them is symmetric and asks numbers alone; undefined otherwise. */
export function symmetricTrees(forest: Forest): SymmetricTree[] | undefined {
  if (forest.lines || forest.levelWords.length > 0) return undefined;
  const trees: SymmetricTree[] = [];
  for (const root of forest.roots) {
    const tree = symmetricTree(forest, root);
    if (!tree) return undefined;
    trees.push(tree);
  }
  return trees;
}

function symmetricTree(forest: Forest, root: number): SymmetricTree | undefined {
  const questions: number[] = [];
  let level = [root];
  while (level[0]! >= 0) {
    const first = level[0]!;
    if (!level.every((node) => node >= 0 && asksTheSame(forest, first, node))) return undefined;
    questions.push(first);
    level = level.flatMap((node) => [forest.left[node]!, forest.right[node]!]);
  }
  return level.every((node) => node < 0)
    ? { questions, leaves: level.map((node) => ~node) }
    : undefined;
}

const asksTheSame = ({ column, threshold, missingLeft }: Forest, a: number, b: number): boolean =>
  column[a] === column[b] && threshold[a] === threshold[b] && missingLeft[a] === missingLeft[b];

const TREE = 16;
const QUESTION = 16;

export const symmetricBytes = (trees: readonly SymmetricTree[]): number =>
  trees.reduce(
    (sum, { questions, leaves }) => sum + TREE + questions.length * QUESTION + leaves.length * 8,
    0,
  );

/** Writes the trees as learn/assembly/scoring/symmetric.ts reads them; the table comes first. */
export function writeSymmetric(
  forest: Forest,
  trees: readonly SymmetricTree[],
  whereOf: (node: number) => number,
  { i32, f64 }: Views,
  table: number,
): void {
  let next = table + trees.length * TREE;
  trees.forEach(({ questions, leaves }, t) => {
    const values = next + questions.length * QUESTION;
    i32.set([next, questions.length, values, 0], (table + t * TREE) / 4);
    questions.forEach((node, i) => {
      f64[(next + i * QUESTION) / 8] = forest.threshold[node]!;
      i32[(next + i * QUESTION) / 4 + 2] = whereOf(node);
    });
    leaves.forEach((leaf, i) => (f64[values / 8 + i] = forest.values[leaf]!));
    next = values + leaves.length * 8;
  });
}
