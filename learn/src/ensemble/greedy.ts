import type { Metric } from '../metric/metrics.js';
import { permutation, type Rng } from '../random.js';
import { fromScale, type Scale } from './blend.js';

export interface GreedyInput {
  /** By member, on `scale`: rows × outputs of rows that the member was not trained on. */
  said: readonly Float64Array[];
  y: Float64Array;
  weights?: Float64Array | undefined;
  outputs: number;
  scale: Scale;
  metric: Metric;
}

export interface GreedyOptions {
  rng: Rng;
  /** Members added to one bag, with replacement. */
  steps?: number;
  /** Selections, each among a random half of the members, whose shares are averaged. */
  bags?: number;
}

/**
 * Shares of members by greedy selection with replacement over random halves of the library
 * (Caruana, Niculescu-Mizil, Crew and Ksikes 2004). They sum to 1; most are 0.
 */
export function greedyShares(
  input: GreedyInput,
  { rng, steps = 15, bags = 8 }: GreedyOptions,
): Float64Array {
  const members = input.said.length;
  const shares = new Float64Array(members);
  const lossOf = blendLoss(input);
  const alone = input.said.map((values) => lossOf(null, values, 0));
  const best = alone.indexOf(
    alone.reduce((least, loss) => (loss < least ? loss : least), Infinity),
  );
  if (best < 0) throw new RangeError('no member has a finite score on rows that it did not see');
  for (let bag = 0; bag < bags; bag++) {
    const half = permutation(members, rng).subarray(0, Math.ceil(members / 2));
    // The best of all is in every bag, so that no bag is poorer than one model.
    const library = half.includes(best) ? half : Int32Array.of(...half, best);
    const chosen = selection(input, library, lossOf, steps);
    for (const member of chosen) shares[member]! += 1 / (bags * chosen.length);
  }
  return shares;
}

type BlendLoss = (sum: Float64Array | null, more: Float64Array, count: number) => number;

/** Members in the order in which they were added; ends where nothing more is gained. */
function selection(
  { said }: GreedyInput,
  library: Int32Array,
  lossOf: BlendLoss,
  steps: number,
): number[] {
  const chosen: number[] = [];
  const sum = new Float64Array(said[0]!.length);
  let least = Infinity;
  for (let step = 0; step < steps; step++) {
    let next = -1;
    let found = Infinity;
    for (const member of library) {
      const loss = lossOf(sum, said[member]!, step);
      if (loss < found) {
        found = loss;
        next = member;
      }
    }
    if (next < 0 || found >= least) break;
    least = found;
    chosen.push(next);
    const added = said[next]!;
    for (let i = 0; i < sum.length; i++) sum[i]! += added[i]!;
  }
  return chosen;
}

function blendLoss({ said, y, weights, outputs, scale, metric }: GreedyInput): BlendLoss {
  const blended = new Float64Array(said[0]!.length);
  const classes = outputs === 1 ? 2 : outputs;
  const sign = metric.better === 'lower' ? 1 : -1;
  return (sum, more, count) => {
    for (let i = 0; i < blended.length; i++)
      blended[i] = fromScale(scale, ((sum ? sum[i]! : 0) + more[i]!) / (count + 1));
    return sign * metric.of(y, blended, weights, classes);
  };
}
