import {
  learnDirections,
  seriesSet,
  type Backtest,
  type Directions,
  type SeriesSet,
} from '@tino/learn';
import { seesKey, type Scope } from '../../access/principal.js';
import { bandsOf, type Bands } from '../../training/tasks/forecast/bands.js';
import type { SeriesData } from '../../training/tasks/forecast/data.js';
import {
  forecastTogether,
  type Family,
  type MemberKind,
} from '../../training/tasks/forecast/family.js';
import {
  columnsOf,
  labelOf,
  nodeHistory,
  nodesOf,
  type Node,
} from '../../training/tasks/forecast/levels.js';
import { nodeTest, wholeTest } from '../../training/tasks/forecast/node-test.js';
import type { ForecastDeclaration, LoadedModel } from '../../workspace/types.js';

/** A family and all its forecasts from one cut-off: what answers are cut out of. */
export interface View {
  model: string;
  declaration: ForecastDeclaration;
  version: number;
  currency: string;
  family: Family;
  data: SeriesData;
  horizon: number;
  /** members × horizon */
  values: Float64Array;
  kinds: readonly MemberKind[];
  /** Row of a member in the family's backtest; -1 when it was not judged. */
  row(member: number): number;
  /** Calibrated on all groups of a level, made once. */
  levels: Map<string, Calibration>;
}

/** Errors of nodes on the held-out windows, by step and of the whole. */
export interface Calibration {
  test: Backtest;
  /** Repeating the last season on the same windows; null where a version does not say. */
  naive: Backtest | null;
  /** Histories of the nodes. */
  histories(): SeriesSet;
  bands: Bands;
  /** Of the sum (or mean) of the first steps. */
  whole(steps: number): Bands;
  /** What the windows teach about directions at a step (from 0); null without a dead band. */
  directions(step: number): Directions | null;
}

export function viewOf(
  model: LoadedModel,
  { version, currency, family, data }: Pick<View, 'version' | 'currency' | 'family' | 'data'>,
): View {
  const declaration = model.declaration as ForecastDeclaration;
  const horizon = Math.min(declaration.horizon, family.test.horizon);
  const { values, kinds } = forecastTogether(family, declaration, data, horizon);
  const rows = new Map(family.test.keys.map((key, row) => [key, row]));
  return {
    model: model.name,
    declaration,
    version,
    currency,
    family,
    data,
    horizon,
    values,
    kinds,
    row: (member) => rows.get(data.set.keys[member]!) ?? -1,
    levels: new Map(),
  };
}

/** Members that a caller may see, that have a forecast, and that every filter keeps. */
export function visibleMembers(
  { data, values, horizon }: View,
  { scope, filters }: { scope: Scope; filters: Readonly<Record<string, readonly string[]>> },
): number[] {
  return data.keys.flatMap((key, member) =>
    seesKey(scope, key) &&
    !Number.isNaN(values[member * horizon]!) &&
    Object.entries(filters).every(
      ([column, allowed]) =>
        allowed.length === 0 || allowed.includes(labelOf(data, member, column)),
    )
      ? [member]
      : [],
  );
}

/**
 * What is known of the errors of some nodes. Whole groups of a level share one calibration; a node
 * that is only a part of a group, or more than one, is judged by its own windows beside those of
 * the level.
 */
export function calibrate(view: View, level: string | null, nodes: readonly Node[]): Calibration {
  const groups = nodesOf(view.data, columnsOf(view.model, view.declaration, level));
  const whole = new Map(groups.map((group) => [group.text, group.members.length]));
  const others = nodes.filter(({ text, members }) => whole.get(text) !== members.length);
  const name = level ?? '';
  if (others.length > 0) {
    const replaced = new Set(others.map(({ text }) => text));
    return calibrationOf(view, [...groups.filter(({ text }) => !replaced.has(text)), ...others]);
  }
  const standing = view.levels.get(name) ?? calibrationOf(view, groups);
  view.levels.set(name, standing);
  return standing;
}

function calibrationOf(view: View, nodes: readonly Node[]): Calibration {
  const { how, intervals, floor, deadBand } = view.declaration;
  const options = { levels: intervals, multiplicative: how !== 'sum', floor };
  const { test: chosen, naive } = view.family;
  const seen = { data: view.data, how, place: view.row };
  const test = nodeTest(chosen, nodes, seen);
  const repeated = naive && nodeTest({ ...chosen, predicted: naive }, nodes, seen);
  let standing: SeriesSet | undefined;
  const histories = () => {
    const { set, end } = view.data;
    const each = (node: Node) => ({ key: node.text, ...nodeHistory(set, node, how, end) });
    return (standing ??= seriesSet(nodes.map(each), set.period));
  };
  const wholes = new Map<number, Bands>();
  const learned = new Map<number, Directions>();
  return {
    test,
    naive: repeated,
    histories,
    bands: bandsOf(test, options),
    whole(steps) {
      const standing = wholes.get(steps) ?? bandsOf(wholeTest(test, steps, how), options);
      wholes.set(steps, standing);
      return standing;
    },
    directions(step) {
      if (deadBand === undefined) return null;
      const { multiplicative } = options;
      const standing =
        learned.get(step) ?? learnDirections(test, histories(), { step, deadBand, multiplicative });
      learned.set(step, standing);
      return standing;
    },
  };
}
