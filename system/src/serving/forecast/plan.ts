import { forecastParts, seriesSet, whatIf, type ForecastModel, type SeriesSet } from '@tino/learn';
import type { Forecast } from '../../contract/forecasts.js';
import type { Language } from '../../contract/words.js';
import { forecastFamily, type Family } from '../../training/tasks/forecast/family.js';
import { nodeForecast, nodeHistory, type Node } from '../../training/tasks/forecast/levels.js';
import type { View } from './view.js';
import { takeSeries } from '../../training/tasks/forecast/series.js';

/** A value of a column known ahead instead of the planned one, by member, column and step. */
export type Change = (at: { key: string; step: number; name: string }, planned: number) => number;

/** By how much other plans move the forecasts of some members. */
interface Moved {
  members: readonly number[];
  /** members × horizon */
  difference: Float64Array;
}

/** A family as one model: what it says of each series before levels are made to agree. */
const asModel = (family: Family): ForecastModel => ({
  kind: 'family',
  forecast: (history, horizon, out) => out.set(forecastFamily(family, history, horizon).values),
  bytes() {
    throw new Error('a family is many files; it is packed by its version');
  },
});

/** What a changed plan adds to the forecasts of members; nothing where nothing is known ahead. */
export function movedBy(
  { family, data, horizon }: Pick<View, 'family' | 'data' | 'horizon'>,
  members: readonly number[],
  change: Change,
): Moved {
  const { difference } = whatIf(asModel(family), takeSeries(data.set, members), horizon, change);
  return { members, difference };
}

/** Of a node: what the changed plan adds at each step. */
export function nodeDifference(
  { horizon, declaration }: Pick<View, 'horizon' | 'declaration'>,
  { members, difference }: Moved,
  asked: readonly number[],
): Float64Array {
  const rowOf = new Map(members.map((member, row) => [member, row]));
  const zeros = new Float64Array((members.length + 1) * horizon);
  zeros.set(difference);
  // Members that the plan does not move take part with nothing, so that a mean stays one.
  const rows = asked.map((member) => rowOf.get(member) ?? members.length);
  return nodeForecast(zeros, { key: {}, text: '', members: rows }, horizon, declaration.how);
}

export const knownNames = ({ covariates }: SeriesSet): string[] =>
  covariates?.names.filter((_, c) => covariates.kinds[c] === 'known') ?? [];

/**
 * What is planned in each column known ahead and what it moves, and the forecast taken apart. An
 * effect is the forecast less the one with the column's usual value, the median of its past.
 */
export function planOf(
  view: View,
  node: Node,
  points: Float64Array,
  language: Language,
): Pick<Forecast, 'plan' | 'parts'> {
  const { declaration, data } = view;
  const steps = points.length;
  const names = knownNames(data.set);
  const inCalendar = new Set(declaration.calendar ?? []);
  const usual = usualValues(data.set);
  const without = (left: ReadonlySet<string>, members: readonly number[]) =>
    movedBy(view, members, ({ key, name }, planned) =>
      left.has(name) ? (usual(key, name) ?? planned) : planned,
    );
  const effect = (moved: Moved) =>
    nodeDifference(view, moved, node.members)
      .subarray(0, steps)
      .map((value) => 0 - value);
  const all = names.length === 0 ? null : without(new Set(names), node.members);
  const movable = all === null ? [] : node.members.filter((_, i) => movedAt(all, i, view.horizon));
  const of = (left: readonly string[]) =>
    left.length === 0 || movable.length === 0
      ? new Float64Array(steps)
      : effect(without(new Set(left), movable));
  const covariates = of(names.filter((name) => !inCalendar.has(name)));
  const together = all === null ? new Float64Array(steps) : effect(all);
  const calendar = together.map((value, h) => value - covariates[h]!);
  return {
    plan: names.map((name) => ({
      column: name,
      name: labelOf(view, name, language),
      calendar: inCalendar.has(name),
      values: plannedOf(view, node, name, steps),
      effect: Array.from(of([name]), round),
    })),
    parts: partsOf(view, node, points, { calendar, covariates }),
  };
}

/** Trend, season and remainder of what is left without the plan; all five sum to the points. */
function partsOf(
  { declaration, data }: View,
  node: Node,
  points: Float64Array,
  { calendar, covariates }: { calendar: Float64Array; covariates: Float64Array },
): Forecast['parts'] {
  const plain = points.map((value, h) => value - calendar[h]! - covariates[h]!);
  const said: ForecastModel = {
    kind: 'said',
    forecast: (_, __, out) => out.set(plain),
    bytes: () => new Uint8Array(0),
  };
  const { start, values } = nodeHistory(data.set, node, declaration.how, data.end);
  if (values.every(Number.isNaN)) return null;
  const history = seriesSet([{ key: node.text, start, values }], data.set.period);
  const { trend, season, remainder } = forecastParts(said, history, 0, points.length);
  const parts = { trend, season, calendar, covariates, remainder };
  return Object.fromEntries(
    Object.entries(parts).map(([name, own]) => [name, Array.from(own, round)]),
  ) as Forecast['parts'];
}

const movedAt = ({ difference }: Moved, row: number, horizon: number) =>
  difference.subarray(row * horizon, (row + 1) * horizon).some((value) => value !== 0);

/** Mean of a known column over the members of a node, by step ahead. */
export function plannedOf({ data }: View, { members }: Node, name: string, steps: number) {
  const { covariates } = data.set;
  const column = covariates!.names.indexOf(name);
  return Array.from({ length: steps }, (_, h) => {
    const step = data.end + 1 + h;
    const sum = members.reduce((total, member) => total + covariates!.at(member, step, column), 0);
    return round(sum / members.length);
  });
}

/** By member and column: the median of its past. */
function usualValues(set: SeriesSet): (key: string, name: string) => number | undefined {
  const { covariates } = set;
  const rowOf = new Map(set.keys.map((key, row) => [key, row]));
  const known = new Map<string, number | undefined>();
  return (key, name) => {
    const id = JSON.stringify([key, name]);
    if (known.has(id)) return known.get(id);
    const row = rowOf.get(key)!;
    const column = covariates!.names.indexOf(name);
    const past = Array.from({ length: set.offsets[row + 1]! - set.offsets[row]! }, (_, t) =>
      covariates!.at(row, set.starts[row]! + t, column),
    ).sort((a, b) => a - b);
    const middle = past[past.length >> 1];
    known.set(id, middle);
    return middle;
  };
}

/** What people call a column known ahead. */
export const labelOf = ({ declaration }: View, column: string, language: Language): string =>
  declaration.page.labels?.[column]?.[language] ?? column.replaceAll('_', ' ');

const round = (value: number) => Math.round(value * 1e4) / 1e4;
