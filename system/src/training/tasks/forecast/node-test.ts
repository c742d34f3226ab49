import { changeOf, type Backtest } from '@tino/learn';
import type { ForecastDeclaration } from '../../../workspace/types.js';
import type { SeriesData } from './data.js';
import { joined, nodeHistory, type Node } from './levels.js';
import { emptyBacktest } from './rolling.js';

type How = ForecastDeclaration['how'];

/**
 * A backtest of nodes out of the one of members: actual and predicted are joined over the members
 * that have both, so that a sum is never compared with half of itself. Its errors are measured in how
 * much the node itself changes, which is less than the changes of its members added up.
 * @param data as known now, from where the next forecast starts
 * @param place by member of the nodes: its row in `test`; -1 when it was not judged
 */
export function nodeTest(
  test: Backtest,
  nodes: readonly Node[],
  { data, how, place }: { data: SeriesData; how: How; place(member: number): number },
): Backtest {
  const { horizon, origins } = test;
  const out = emptyBacktest(
    nodes.map(({ text }) => text),
    [...origins],
    horizon,
  );
  const now = {
    scalesNow: out.scales.slice(0, nodes.length),
    stepsNow: out.steps.slice(0, nodes.length),
  };
  nodes.forEach((node, n) => {
    const rows = node.members.map(place).filter((row) => row >= 0);
    const { start, values } = nodeHistory(data.set, node, how, data.end);
    now.scalesNow[n] = changeOf(values, data.set.period);
    now.stepsNow[n] = changeOf(values, 1);
    for (let o = 0; o < origins.length; o++) {
      const cell = n * origins.length + o;
      const cells = rows.map((row) => row * origins.length + o);
      joinWindow(test, cells, how, { out, cell });
      // A single member's changes are those that were known then.
      const known =
        node.members.length === 1
          ? undefined
          : values.subarray(0, Math.max(0, origins[o]! + 1 - start));
      out.scales[cell] = known ? changeOf(known, data.set.period) : (test.scales[cells[0]!] ?? NaN);
      out.steps[cell] = known ? changeOf(known, 1) : (test.steps?.[cells[0]!] ?? NaN);
    }
  });
  return { ...out, ...now };
}

/** Actual, predicted and current of one window of a node. */
function joinWindow(
  { actual, predicted, current, horizon }: Backtest,
  cells: readonly number[],
  how: How,
  { out, cell }: { out: Backtest; cell: number },
): void {
  for (let h = 0; h < horizon; h++) {
    const both = cells
      .map((own) => own * horizon + h)
      .filter((i) => !Number.isNaN(actual[i]! + predicted[i]!));
    const join = (values: Float64Array) =>
      joined(
        both.map((i) => values[i]!),
        how,
      );
    out.actual[cell * horizon + h] = join(actual);
    out.predicted[cell * horizon + h] = join(predicted);
  }
  out.current[cell] = joined(
    cells.map((own) => current[own]!),
    how,
  );
}

/** A backtest of the whole of the first `steps` steps: one number a window, in the same units. */
export function wholeTest(test: Backtest, steps: number, how: How): Backtest {
  const { actual, predicted } = emptyBacktest(test.keys, [...test.origins], 1);
  const out: Backtest = { ...test, horizon: 1, span: steps, actual, predicted };
  for (let cell = 0; cell < actual.length; cell++) {
    const window = Array.from({ length: steps }, (_, h) => cell * test.horizon + h);
    // A window with a step that has not happened, or is missing, would be a part and not the whole.
    if (window.some((i) => Number.isNaN(test.actual[i]! + test.predicted[i]!))) continue;
    const join = (values: Float64Array) =>
      joined(
        window.map((i) => values[i]!),
        how,
      );
    actual[cell] = join(test.actual);
    predicted[cell] = join(test.predicted);
  }
  return out;
}
