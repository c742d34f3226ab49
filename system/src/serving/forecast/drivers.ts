import type { Forecast } from '../../contract/forecasts.js';
import type { Language } from '../../contract/words.js';
import type { View } from './view.js';

const SHOWN = 6;
/**
 * Of a sum only the largest members are asked: the rest moves the shares by little and costs much.
 */
const MEMBERS_MAX = 40;

/** What moved the global model's forecast of the last step, as shares of all movement. */
export function driversOf(
  { family, data, values, horizon, kinds, declaration }: View,
  members: readonly number[],
  steps: number,
  language: Language,
): Forecast['drivers'] {
  const { global } = family;
  if (global?.drivers === undefined) return [];
  const asked = members
    .filter((member) => kinds[member] !== 'baseline')
    .sort((a, b) => values[b * horizon]! - values[a * horizon]! || a - b)
    .slice(0, MEMBERS_MAX);
  const sums = new Map<string, number>();
  let total = 0;
  for (const member of asked)
    for (const { column, contribution } of global.drivers(data.set, member, steps)) {
      const name = declaration.page.labels?.[column]?.[language] ?? nameOf(column, language);
      sums.set(name, (sums.get(name) ?? 0) + Math.abs(contribution));
      total += Math.abs(contribution);
    }
  return [...sums]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, SHOWN)
    .map(([name, size]) => ({ name, share: Math.round((size / total) * 1e4) / 1e4 }));
}

const families: readonly (readonly [RegExp, { pt: string; en: string }])[] = [
  [/^(lag_|deviation_from_last)/, { pt: 'últimos valores', en: 'latest values' }],
  [/^rolling_mean_/, { pt: 'nível recente', en: 'recent level' }],
  [/^rolling_deviation_/, { pt: 'variação recente', en: 'recent variation' }],
  [/^(seasonal_|phase)/, { pt: 'época do ano', en: 'season' }],
  [/^steps_ahead$/, { pt: 'distância', en: 'distance' }],
  [/^log_scale$/, { pt: 'tamanho da série', en: 'size of the series' }],
];

const nameOf = (column: string, language: Language): string =>
  families.find(([pattern]) => pattern.test(column))?.[1][language] ?? column.replaceAll('_', ' ');
