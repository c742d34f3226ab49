import type { Rng } from '../random.js';
import type { AddTree } from './add-tree.js';
import type { BoostingSettings } from './defaults.js';
import type { Objective } from './scores.js';
import type { Tree } from './tree.js';
import type { HeldOut } from './validation.js';

/** Trees that one round does without, by index, and what is left of each side afterwards. */
export interface Dropped {
  trees: number[];
  shareOfNew: number;
  shareOfOld: number;
}

interface Ensemble {
  settings: BoostingSettings;
  objective: Objective;
  addTree: AddTree;
  split: HeldOut;
  trees: Tree[];
  scores: Float64Array[];
}

/**
 * Dropout of whole rounds (DART, Rashmi and Gilad-Bachrach 2015), so that late trees do not only
 * mend a few rows: takes some earlier trees out of the scores. A round that did without k of them
 * counts 1 / (k + 1), and they keep k / (k + 1).
 */
export function dropRounds(ensemble: Ensemble, rng: Rng): Dropped {
  const { settings, objective, trees, scores, addTree, split } = ensemble;
  const { dropRate, dropSkip, dropMax } = settings;
  const rounds = trees.length / objective.outputs;
  const chosen: number[] = [];
  if (dropRate > 0 && rng.next() >= dropSkip)
    for (let round = 0; round < rounds && chosen.length < dropMax; round++)
      if (rng.next() < dropRate) chosen.push(round);
  const dropped = chosen.flatMap((round) =>
    Array.from({ length: objective.outputs }, (_, k) => round * objective.outputs + k),
  );
  for (const at of dropped) {
    scaleTree(trees[at]!, -1);
    for (const rows of [split.training, split.validation])
      addTree(trees[at]!, rows, scores[at % objective.outputs]!);
    scaleTree(trees[at]!, -1);
  }
  const count = chosen.length;
  return { trees: dropped, shareOfNew: 1 / (count + 1), shareOfOld: count / (count + 1) };
}

export function scaleTree(tree: Tree, factor: number): void {
  if (factor === 1) return;
  tree.values.forEach((value, leaf) => (tree.values[leaf] = value * factor));
  if (tree.lines)
    tree.lines = tree.lines.map(
      (line) => line && { ...line, coefficients: line.coefficients.map((slope) => slope * factor) },
    );
}
