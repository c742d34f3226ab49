import type { Condition, Language, ModelAnswer } from '@tino/system/contract';
import { cellOf } from '../kinds/cell.js';
import { columnLabel, unitOf } from '../kinds/labels.js';

/** What is asked of one column, as people say it: `Receita: R$ 100,00 a R$ 500,00`. */
export function conditionWords(
  model: ModelAnswer,
  conditions: readonly Condition[],
  column: string,
  language: Language,
): string {
  const asked = askedOf(conditions, column, language, (value) =>
    cellOf(numberOr(value), language, unitOf(model, column)),
  );
  return `${columnLabel(model, column, language)}: ${asked}`;
}

/** Numbers in an address are texts. */
const numberOr = (value: string | number) => {
  const found = Number(value);
  return value === '' || Number.isNaN(found) ? value : found;
};

function askedOf(
  conditions: readonly Condition[],
  column: string,
  language: Language,
  write: (value: string | number) => string,
): string {
  const own = conditions.filter((one) => one.column === column);
  const limit = (is: Condition['is']) => own.find((one) => one.is === is)?.values[0];
  const [from, to] = [limit('atLeast'), limit('atMost')];
  const values = own.filter(({ is }) => is === 'oneOf').map((one) => one.values.map(write));
  const parts = values.map((each) => each.join(', '));
  const pt = language === 'pt';
  if (from !== undefined && to !== undefined)
    parts.push(`${write(from)} ${pt ? 'a' : 'to'} ${write(to)}`);
  else if (from !== undefined) parts.push(`${pt ? 'a partir de' : 'at least'} ${write(from)}`);
  else if (to !== undefined) parts.push(`${pt ? 'até' : 'at most'} ${write(to)}`);
  return parts.join(', ');
}

/** The columns that conditions name, each once. */
export const columnsAsked = (conditions: readonly Condition[]): string[] => [
  ...new Set(conditions.map(({ column }) => column)),
];
