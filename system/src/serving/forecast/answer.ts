import type { LevelInterval } from '@tino/learn';
import { seesKey, type Scope } from '../../access/principal.js';
import type { Forecast } from '../../contract/forecasts.js';
import type { Language, Words } from '../../contract/words.js';
import { newId } from '../../store/ids.js';
import {
  joined,
  labelOf,
  nodeForecast,
  nodeHistory,
  type Node,
} from '../../training/tasks/forecast/levels.js';
import { typicalError } from '../../training/tasks/forecast/score.js';
import { stepsInYear, stepStart, type Calendar } from '../../training/tasks/forecast/steps.js';
import { directionOf } from './direction.js';
import { driversOf } from './drivers.js';
import { planOf } from './plan.js';
import { seasonOf } from './season.js';
import { forecastSentence } from './sentence.js';
import type { Calibration, View } from './view.js';

/** Steps of history in an answer: a year of weeks and ten more. */
const HISTORY = 62;
/** Decimals by unit: amounts in cents, unit prices to four places, quantities to three. */
const SCALE = { money: 2, unitPrice: 4, quantity: 3, probability: 4, number: 4 } as const;

/** How many nodes go which way. */
export type Calls = Record<'up' | 'flat' | 'down' | 'unclear', number>;

export interface Asked {
  level: string | null;
  steps: number;
  scope: Scope;
  language: Language;
  /**
   * The answer itself has drivers and season; a line of a page does without their cost and weight.
   */
  main: boolean;
  /** What the node stands for, when it is not one group. */
  title?: { key: Record<string, string>; name: string; nodes: number; calls: Calls | null };
}

/** One node of a view as the API answers it. */
export function answerNode(
  view: View,
  node: Node,
  calibration: Calibration,
  asked: Asked,
): Forecast {
  const { declaration, data, horizon, values } = view;
  const { how, step } = declaration;
  const round = rounderOf(declaration);
  const points = nodeForecast(values, node, horizon, how).subarray(0, asked.steps);
  const history = nodeHistory(data.set, node, how, data.end);
  const total = joined([...points], how);
  const bands = calibration.bands.around(node.text, points);
  const whole = calibration.whole(asked.steps).around(node.text, Float64Array.of(total));
  const lastYear = yearBefore(history, asked.steps, how, stepsInYear[step]);
  const row = calibration.test.keys.indexOf(node.text);
  const error = row < 0 ? null : typicalError(calibration.test, row);
  const single = node.members.length === 1 ? node.members[0]! : null;
  const said: Omit<Forecast, 'sentence'> = {
    id: newId('prediction'),
    key: asked.title?.key ?? node.key,
    level: asked.level,
    name: asked.title?.name ?? nameOf(view, node, asked.level),
    attributes: single !== null && asked.level === null ? data.attributes[single]! : {},
    step,
    history: lastSteps(history, declaration, round),
    points: Array.from(points, (value, h) => ({
      at: stepStart(data.end + 1 + h, declaration),
      value: round(value),
      intervals: intervalsAt(bands, h, round),
    })),
    withheld: withheldOf(bands),
    total: {
      value: round(total),
      intervals: intervalsAt(whole, 0, round),
      withheld: withheldOf(whole),
    },
    lastYear: lastYear === null ? null : round(lastYear),
    change: lastYear === null || lastYear === 0 ? null : round4(total / lastYear - 1),
    typicalError: error === null ? null : round4(error),
    valueAdded: row < 0 ? null : valueAddedOf(calibration, row),
    direction: asked.title?.calls
      ? null
      : directionOf({ text: node.text, history: history.values, points }, calibration),
    ...(asked.main ? seasonOf(history, declaration) : { season: [], seasonStrength: null }),
    drivers: asked.main ? driversOf(view, node.members, asked.steps, asked.language) : [],
    ...(asked.main
      ? { ...planOf(view, node, points, asked.language), hygiene: hygieneOf(view, node) }
      : { plan: [], parts: null, hygiene: null }),
    member: single === null ? 'sum' : view.kinds[single]!,
    coldStart: single === null ? null : coldStartOf(view, single, asked.scope),
  };
  const { nodes = 1, calls = null } = asked.title ?? {};
  const voice = { nodes, calls, language: asked.language, currency: view.currency };
  return { ...said, sentence: forecastSentence(said, declaration, voice) };
}

/** Share of the naive's error that is saved; null where either is unknown. */
function valueAddedOf({ test, naive }: Calibration, row: number): number | null {
  const own = typicalError(test, row);
  const without = naive && typicalError(naive, row);
  return own === null || !without ? null : round4(1 - own / without);
}

/** What was odd about the points of all members of a node. */
function hygieneOf({ data }: View, { members }: Node): NonNullable<Forecast['hygiene']> {
  const total = { points: 0, unknown: 0, gaps: 0, duplicates: 0, leadingZeros: 0, censored: 0 };
  const names = Object.keys(total) as (keyof typeof total)[];
  for (const member of members)
    for (const name of names) total[name] += data.hygieneOf[member]?.[name] ?? 0;
  return total;
}

/**
 * `name` of the statics for a member; else, for each column, `store_name` beside `store_id`, the
 * entity's own name (`dish_name`) for the last of the members' key, or the key itself.
 */
export function nameOf({ data, declaration }: View, node: Node, level: string | null): string {
  const member = node.members[0]!;
  const own = data.attributes[member]!['name'];
  if (level === null && typeof own === 'string') return own;
  const last = declaration.key.at(-1);
  return Object.entries(node.key)
    .map(([column, value]) => {
      const stem = column.replace(/_id$/, '');
      const own = column === last ? labelOf(data, member, `${declaration.entity}_name`) : '';
      return labelOf(data, member, `${stem}_name`) || own || value;
    })
    .join(' · ');
}

/**
 * The training series that stand in for one without history; those out of scope are counted, not
 * named.
 */
function coldStartOf(view: View, member: number, scope: Scope): Forecast['coldStart'] {
  const { family, data } = view;
  if (view.kinds[member] !== 'global') return null;
  const analogues = family.global?.analogues?.(data.set, member) ?? [];
  if (analogues.length === 0) return null;
  const place = new Map(data.set.keys.map((key, i) => [key, i]));
  const names = analogues.flatMap(({ key }) => {
    const at = place.get(key);
    if (at === undefined || !seesKey(scope, data.keys[at]!)) return [];
    return [nameOf(view, { key: data.keys[at]!, text: key, members: [at] }, null)];
  });
  return { analogues: analogues.length, names };
}

function lastSteps(
  { start, values }: { start: number; values: Float64Array },
  calendar: Calendar,
  round: (value: number) => number,
): Forecast['history'] {
  const from = Math.max(0, values.length - HISTORY);
  return Array.from(values.subarray(from), (value, i) => ({
    at: stepStart(start + from + i, calendar),
    value: Number.isNaN(value) ? null : round(value),
  }));
}

/** The same steps a year before; null unless all of them are known. */
function yearBefore(
  { values }: { values: Float64Array },
  steps: number,
  how: 'sum' | 'mean' | 'last',
  year: number,
): number | null {
  const from = values.length - year;
  if (from < 0 || steps > year) return null;
  const then = values.subarray(from, from + steps);
  return then.some(Number.isNaN) ? null : joined([...then], how);
}

/** The intervals of one step, with what they did on held-out windows. */
const intervalsAt = (
  bands: readonly LevelInterval[],
  h: number,
  round: (value: number) => number,
): Forecast['total']['intervals'] =>
  bands.flatMap((band) => {
    if ('reason' in band) return [];
    const { level, lower, upper, coverage, winkler } = band;
    const [measured, score] = [coverage[h]!, winkler[h]!];
    return [
      {
        level,
        lower: round(lower[h]!),
        upper: round(upper[h]!),
        measured: measured === null ? null : round4(measured),
        winkler: score === null ? null : round(score),
      },
    ];
  });

const withheldOf = (bands: readonly LevelInterval[]): Forecast['withheld'] =>
  bands.flatMap((band) =>
    'reason' in band ? [{ level: band.level, reason: words(band.reason) }] : [],
  );

function words(reason: string): Words {
  const [found, , needed] = reason.match(/\d+/g) ?? [];
  return {
    en: reason,
    pt: `pontos de calibração de menos: ${found}, este nível precisa de ${needed}`,
  };
}

/** Values of a model as JSON carries them. */
export const rounderOf = ({ page }: View['declaration']) => rounder(SCALE[page.unit]);

const rounder = (decimals: number) => {
  const factor = 10 ** decimals;
  return (value: number) => Math.round(value * factor) / factor;
};
const round4 = rounder(4);

/** Which way each node is called; null without a dead band. */
export function callsOf(
  view: View,
  nodes: readonly Node[],
  calibration: Calibration,
  steps: number,
): Calls | null {
  const { declaration, data, horizon, values } = view;
  if (declaration.deadBand === undefined) return null;
  const calls: Calls = { up: 0, flat: 0, down: 0, unclear: 0 };
  for (const node of nodes) {
    const points = nodeForecast(values, node, horizon, declaration.how).subarray(0, steps);
    const history = nodeHistory(data.set, node, declaration.how, data.end).values;
    const said = directionOf({ text: node.text, history, points }, calibration);
    calls[said?.called ?? 'unclear']++;
  }
  return calls;
}
