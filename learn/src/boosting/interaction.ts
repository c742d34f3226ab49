import type { Forest, TreeInput } from './forest.js';
import { termPart } from './lines.js';
import { lacksNumber, makeScratch, multiplyDown, type Scratch } from './shap.js';
import type { TreePaths } from './paths.js';

/**
 * Adds to `out` (columns × columns) the Shapley interaction of each pair of columns for one row, half
 * of it on either side (Lundberg, Erion and Lee 2018, after Grabisch and Roubens 1999): the integral
 * over t of the multilinear extension's mixed derivative, which is one product a leaf and point.
 * The diagonal is left as it is.
 */
export function addInteractions(
  forest: Forest,
  trees: readonly TreePaths[],
  columns: number,
  input: TreeInput,
  row: number,
  out: Float64Array,
): void {
  const scratch = makeScratch(trees);
  trees.forEach((tree, t) => {
    if (forest.roots[t]! < 0) return;
    multiplyDown(forest, tree, scratch, input, row);
    for (let e = 0; e < tree.leaf.length; e++)
      if (tree.leaf[e]! >= 0)
        for (const game of gamesOf(forest, tree, scratch, e, input, row))
          addPairs(tree, game, columns, out);
  });
}

/** A product over columns: its value at each point, and each column's derivative ÷ factor. */
interface Game {
  products: Float64Array;
  slopes: Map<number, Float64Array>;
}

/** The leaf's own game, and one for every term of its line, in which the term's column has factor t. */
function gamesOf(
  forest: Forest,
  tree: TreePaths,
  { products, slopeRow }: Scratch,
  e: number,
  input: TreeInput,
  row: number,
): Game[] {
  const { leaf, at, parent, column, slope } = tree;
  const points = at.length;
  const own = products.slice(e * points, (e + 1) * points);
  const rows = new Map<number, number>();
  for (let edge = e; edge >= 0; edge = parent[edge]!)
    if (!rows.has(column[edge]!)) rows.set(column[edge]!, slopeRow[edge]!);
  const slopeAt = (i: number) => slope.subarray(i * points, (i + 1) * points);
  const slopes = new Map([...rows].map(([c, i]) => [c, slopeAt(i)]));
  const index = leaf[e]!;
  const value = forest.values[index]!;
  const games: Game[] = [{ products: own.map((product) => value * product), slopes }];
  const { lines } = forest;
  if (!lines || lacksNumber(forest, index, input, row)) return games;
  for (let term = lines.first[index]!; term < lines.first[index + 1]!; term++) {
    const c = lines.column[term]!;
    if (rows.get(c) === 1) continue;
    const amount = termPart(lines, term, input.numbers[c]![row]!);
    const steep = slopes.get(c);
    games.push({
      // 1 / factor is steep + 1 - t × steep: see shap.ts.
      products: own.map((product, q) => {
        const undo = steep ? steep[q]! + 1 - at[q]! * steep[q]! : 1;
        return amount * product * undo * at[q]!;
      }),
      slopes: new Map(slopes).set(
        c,
        at.map((t) => 1 / t),
      ),
    });
  }
  return games;
}

function addPairs({ weight }: TreePaths, game: Game, columns: number, out: Float64Array): void {
  const all = [...game.slopes];
  for (let i = 0; i < all.length; i++)
    for (let j = 0; j < i; j++) {
      const [a, slopeA] = all[i]!;
      const [b, slopeB] = all[j]!;
      let sum = 0;
      for (let q = 0; q < weight.length; q++)
        sum += weight[q]! * game.products[q]! * slopeA[q]! * slopeB[q]!;
      out[a * columns + b]! += sum / 2;
      out[b * columns + a]! += sum / 2;
    }
}
