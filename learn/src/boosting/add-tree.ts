import { schemaOf, type Frame } from '../frame.js';
import type { BinnedFrame } from './binning.js';
import { goesLeft, leafOutput, packForest, treeInput, type TreeInput } from './forest.js';
import type { Grower } from './grower.js';
import type { Tree } from './tree.js';

/** Adds a tree to the scores of some rows. */
export type AddTree = (tree: Tree, rows: Int32Array, scores: Float64Array) => void;

/** By bins, and where leaves hold lines by the values. */
export function makeAddTree(x: Frame, binned: BinnedFrame, grower: Grower): AddTree {
  let input: TreeInput | undefined;
  return (tree, rows, scores) => {
    if (!tree.lines) return grower.addTree(tree, rows, scores);
    const forest = packForest([tree], binned);
    input ??= treeInput(x, schemaOf(x), forest);
    const [root] = forest.roots;
    for (const row of rows) {
      let node = root!;
      while (node >= 0)
        node = goesLeft(forest, input, node, row) ? forest.left[node]! : forest.right[node]!;
      scores[row]! += leafOutput(forest, ~node, input, row);
    }
  };
}
