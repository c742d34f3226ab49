import { TinoError } from '../../contract/index.js';
import type { Forecast, ForecastAnswer } from '../../contract/forecasts.js';
import type { VerbEffects } from '../../ports/house.js';
import { columnsOf, labelOf, nodesOf, type Node } from '../../training/tasks/forecast/levels.js';
import type { ServingContext } from '../context.js';
import { answerNode, callsOf } from './answer.js';
import { checkFilters, checkKey, membersAsked, stepsOf, titleOf, type Asking } from './asked.js';
import { openView, type OpenedView } from './version.js';
import { calibrate, visibleMembers, type View } from './view.js';
import { pageFrom } from '../pages.js';

type Serving = Pick<ServingContext, 'house' | 'log'>;

export interface ForecastRequest extends Asking {
  /** Local date: what would have been said at its start. */
  asOf?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

/**
 * One member, one group of a level, or a page of them with what they add up to. A key that does not
 * exist and one out of scope get the same answer.
 */
export async function forecast(
  serving: Serving,
  model: { name: string },
  request: ForecastRequest,
): Promise<ForecastAnswer> {
  const opened = await openView(serving, model.name, request.asOf);
  const { view } = opened;
  const level = request.level ?? null;
  const columns = columnsOf(model.name, view.declaration, level);
  const steps = stepsOf(view, request.horizon);
  checkKey(view, columns, request.key ?? {});
  checkFilters(view, request.filters);
  const asked = { level, steps, scope: request.scope, language: request.language };
  const members = membersAsked(view, request);
  const nodes = nodesOf(view.data, columns, members);
  const whole = request.key !== undefined && columns.every((column) => column in request.key!);
  if (nodes.length === 0) throw noMembers(view, request.filters);
  const page = whole ? null : pageFrom(bySize(view, nodes), request);
  const total: Node = whole || nodes.length === 1 ? nodes[0]! : { key: {}, text: 'total', members };
  const many = total.text === 'total';
  // One calibration for what everything adds up to, whatever the level that it is listed by.
  const pool = many ? (Object.keys(view.declaration.levels)[0] ?? null) : level;
  const main = answerNode(view, total, calibrate(view, pool, [total]), {
    ...asked,
    main: true,
    ...(many && {
      title: {
        key: request.key ?? {},
        name: titleOf(view, request),
        nodes: nodes.length,
        calls: callsOf(view, nodes, calibrate(view, level, nodes), steps),
      },
    }),
  });
  const listed = page === null ? [] : membersOf(view, page.items, asked);
  for (const one of [main, ...listed]) log(serving, opened, one);
  return {
    forecast: main,
    members: listed,
    next: page?.next ?? null,
    total: nodes.length,
    filters: filtersOf(view, visibleMembers(view, { ...request, filters: {} })),
    provenance: opened.provenance,
  };
}

function log(
  { house, log: lines }: Serving,
  { view, provenance }: OpenedView,
  one: Forecast,
): void {
  lines.add({
    id: one.id,
    at: house.now().toISOString(),
    model: view.model,
    version: view.version,
    rung: provenance.rung,
    key: one.key,
    row: { level: one.level, steps: one.points.length, cutoff: view.data.cutoff },
    value: one.total.value,
  });
}

/** Forecasts everything at the newest cut-off, so that the next question finds it ready. */
export async function refreshForecasts(
  serving: Serving,
  model: { name: string },
  effects: VerbEffects,
) {
  const message = { pt: 'prevendo todas as séries', en: 'forecasting every series' };
  effects.progress({ done: 0, message });
  const opened: OpenedView = await openView(serving, model.name);
  effects.progress({ done: 1, message });
  const { view, repeated } = opened;
  return { model: model.name, version: view.version, rows: view.data.keys.length, repeated };
}

const membersOf = (
  view: View,
  nodes: readonly Node[],
  asked: Pick<ForecastRequest, 'language' | 'scope'> & { level: string | null; steps: number },
): Forecast[] => {
  const calibration = calibrate(view, asked.level, nodes);
  return nodes.map((node) => answerNode(view, node, calibration, { ...asked, main: false }));
};

/** Largest first: what weighs most is read first. */
function bySize({ values, horizon }: View, nodes: readonly Node[]): Node[] {
  const size = ({ members }: Node) =>
    members.reduce((sum, member) => {
      const value = values[member * horizon]!;
      return sum + (Number.isNaN(value) ? 0 : Math.abs(value));
    }, 0);
  const sized = nodes.map((node) => ({ node, size: size(node) }));
  return sized
    .sort((a, b) => b.size - a.size || (a.node.text < b.node.text ? -1 : 1))
    .map(({ node }) => node);
}

function filtersOf(view: View, members: readonly number[]): Record<string, string[]> {
  return Object.fromEntries(
    (view.declaration.page.filters ?? []).map((column) => [
      column,
      [...new Set(members.map((member) => labelOf(view.data, member, column)))]
        .filter((value) => value !== '')
        .sort(),
    ]),
  );
}

const noMembers = ({ model }: View, filters: ForecastRequest['filters']) =>
  new TinoError('UNKNOWN_KEY', { model, key: JSON.stringify(filters) });
