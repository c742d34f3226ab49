import type { Backtest } from '@tino/learn';
import type { ForecastDeclaration } from '../../../workspace/types.js';
import type { SeriesData } from './data.js';
import { columnsOf, nodesOf } from './levels.js';
import { nodeTest } from './node-test.js';
import { meanOf, scoresOf } from './score.js';

/** How making groups and members agree did on held-out windows, beside sums of members. */
export interface Agreement {
  /** Mean over the levels of its error ÷ that of the sums; below 1 it is used. */
  ratio: number;
  used: boolean;
}

/** Levels count alike, the members among them; ratios, because they are of different sizes. */
export function agreementOf(
  together: Backtest,
  base: Backtest,
  {
    now,
    declaration,
    fitted,
  }: { now: SeriesData; declaration: ForecastDeclaration; fitted: readonly number[] },
): Agreement {
  const rowOf = new Map(base.keys.map((key, row) => [key, row]));
  const place = (member: number) => rowOf.get(now.set.keys[member]!) ?? -1;
  const { how, metric, levels } = declaration;
  const ratios = [null, ...Object.keys(levels)].map((level) => {
    const nodes = nodesOf(now, columnsOf('', declaration, level));
    const score = (test: Backtest) =>
      meanOf(scoresOf(nodeTest(test, nodes, { data: now, how, place }), metric, fitted));
    return score(together) / score(base);
  });
  const ratio = meanOf(ratios);
  return { ratio, used: ratio < 1 };
}
