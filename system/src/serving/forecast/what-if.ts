import { TinoError } from '../../contract/error.js';
import type { SentenceSpan } from '../../contract/common.js';
import type { WhatIfAnswer } from '../../contract/forecasts.js';
import {
  columnsOf,
  joined,
  nodeForecast,
  nodesOf,
  type Node,
} from '../../training/tasks/forecast/levels.js';
import { stepStart } from '../../training/tasks/forecast/steps.js';
import type { ServingContext } from '../context.js';
import { nameOf, rounderOf } from './answer.js';
import { checkFilters, checkKey, membersAsked, stepsOf, titleOf, type Asking } from './asked.js';
import { knownNames, labelOf, movedBy, nodeDifference, plannedOf } from './plan.js';
import { openView } from './version.js';
import type { View } from './view.js';
import { formatNumber } from '../sentence.js';
import { predicted, signedShare, strong, text } from '../spans.js';

interface WhatIfRequest extends Asking {
  changes: readonly { column: string; at?: string | undefined; value: number }[];
}

/**
 * The forecast beside the one with other values of columns known ahead, from the same model and the
 * same history. With levels that were made to agree, the difference is that of the members' own
 * forecasts.
 */
export async function forecastWhatIf(
  serving: Pick<ServingContext, 'house' | 'log'>,
  model: { name: string },
  request: WhatIfRequest,
): Promise<WhatIfAnswer> {
  const { view, provenance } = await openView(serving, model.name);
  const level = request.level ?? null;
  const columns = columnsOf(model.name, view.declaration, level);
  const steps = stepsOf(view, request.horizon);
  checkKey(view, columns, request.key ?? {});
  checkFilters(view, request.filters);
  const members = membersAsked(view, request);
  if (members.length === 0)
    throw new TinoError('UNKNOWN_KEY', { model: model.name, key: JSON.stringify({}) });
  const plan = changedPlan(view, request.changes, steps);
  const nodes = nodesOf(view.data, columns, members);
  const whole = nodes.length === 1;
  const node: Node = whole ? nodes[0]! : { key: request.key ?? {}, text: 'total', members };
  const { declaration, values, horizon } = view;
  const moved = movedBy(view, members, ({ step, name }, value) => plan(name, step) ?? value);
  const difference = nodeDifference(view, moved, members).subarray(0, steps);
  const before = nodeForecast(values, node, horizon, declaration.how).subarray(0, steps);
  const after = before.map((value, h) =>
    Math.max(declaration.floor ?? -Infinity, value + difference[h]!),
  );
  const round = rounderOf(declaration);
  const beside = (planned: number, changed: number) => ({
    planned: round(planned),
    changed: round(changed),
    difference: round(changed - planned),
  });
  const total = beside(joined([...before], declaration.how), joined([...after], declaration.how));
  const name = whole ? nameOf(view, node, level) : titleOf(view, request);
  return {
    key: node.key,
    level,
    name,
    members: members.length,
    points: Array.from(before, (value, h) => ({
      at: stepStart(view.data.end + 1 + h, declaration),
      ...beside(value, after[h]!),
    })),
    total,
    plan: [...new Set(request.changes.map(({ column }) => column))].map((column) => {
      const planned = plannedOf(view, node, column, steps);
      const changed = planned.map((value, h) => plan(column, view.data.end + 1 + h) ?? value);
      return { column, name: labelOf(view, column, request.language), planned, changed };
    }),
    sentence: sentenceOf(view, name, total, request),
    provenance,
  };
}

/** The changed value of a column at a step; undefined where the plan stands. */
function changedPlan(
  view: View,
  changes: WhatIfRequest['changes'],
  steps: number,
): (column: string, step: number) => number | undefined {
  const { data, declaration, model } = view;
  const known = knownNames(data.set);
  if (known.length === 0) throw new TinoError('NOTHING_KNOWN_AHEAD', { model });
  const starts = Array.from({ length: steps }, (_, h) => stepStart(data.end + 1 + h, declaration));
  const values = new Map<string, number>();
  changes.forEach(({ column, at, value }, i) => {
    if (!known.includes(column))
      throw new TinoError('BAD_REQUEST', {
        path: `changes.${i}.column`,
        detail: `${column} is not known ahead; ${known.join(', ')} are`,
      });
    const asked = at === undefined ? starts : starts.filter((start) => start === at);
    if (asked.length === 0)
      throw new TinoError('BAD_REQUEST', {
        path: `changes.${i}.at`,
        detail: `${at} is not a step of the forecast; they begin at ${starts.join(', ')}`,
      });
    for (const start of asked) values.set(`${column} ${start}`, value);
  });
  return (column, step) => values.get(`${column} ${stepStart(step, declaration)}`);
}

/** "Paulista: com o novo plano ~R$ 45,2 mil, em vez de ~R$ 40,1 mil (+12,7%)." */
function sentenceOf(
  { declaration, currency }: View,
  name: string,
  { planned, changed }: WhatIfAnswer['total'],
  { language }: Pick<WhatIfRequest, 'language'>,
): SentenceSpan[] {
  const show = (value: number) => formatNumber(value, declaration.page.unit, language, currency);
  const share = planned === 0 ? '' : ` (${signedShare(changed / planned - 1, language)})`;
  return [
    strong(name),
    text({ pt: ': com o novo plano ', en: ': with the new plan ' }[language]),
    predicted(show(changed)),
    text({ pt: ', em vez de ', en: ', instead of ' }[language]),
    predicted(show(planned)),
    text(`${share}.`),
  ];
}
