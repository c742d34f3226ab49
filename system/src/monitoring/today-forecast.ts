import type { Forecast } from '../contract/forecasts.js';
import { forecast } from '../serving/forecast/forecast.js';
import type { ServingContext } from '../serving/context.js';
import { formatNumber } from '../serving/sentence.js';
import type { ForecastDeclaration, LoadedModel } from '../workspace/types.js';
import type { TodayItem, TodayOptions } from './today.js';

const MEMBERS_MAX = 1000;
const STEPS_SHOWN = 52;

/** The member whose next steps fall the most, in money, below the same steps of last year. */
export async function revenueItem(
  context: ServingContext,
  model: LoadedModel,
  declaration: ForecastDeclaration,
  { language, scope }: TodayOptions,
): Promise<TodayItem | undefined> {
  const level = Object.keys(declaration.levels).at(0);
  const { members } = await forecast(context, model, {
    level,
    limit: MEMBERS_MAX,
    filters: {},
    language,
    scope,
  });
  const worst = members
    .filter(({ lastYear }) => lastYear !== null && lastYear > 0)
    .toSorted((a, b) => gapOf(a) - gapOf(b))
    .at(0);
  if (worst === undefined || gapOf(worst) >= 0) return undefined;
  const gap = gapOf(worst);
  const share = formatNumber(Math.abs(gap / worst.lastYear!), 'share', language);
  const says =
    language === 'pt'
      ? [`${worst.name} deve ficar `, `${share} abaixo`, ' do mesmo período do ano passado.']
      : [`${worst.name} should end `, `${share} below`, ' the same period of last year.'];
  const falling = members.filter((member) => gapOf(member) < 0).length;
  return {
    ...base(model, declaration),
    money: gap,
    predicted: true,
    amount: `−${formatNumber(-gap, 'money', language, declaration.page.currency)}`,
    note: `${declaration.page.title[language]} · ${worst.points.length} ${stepNoun(declaration.step, language)}`,
    sentence: [
      { kind: 'text', text: says[0]! },
      { kind: 'strong', text: says[1]! },
      { kind: 'text', text: says[2]! },
    ],
    why:
      language === 'pt'
        ? `${falling} de ${members.length} vão abaixo do ano passado.`
        : `${falling} of ${members.length} are below last year.`,
    href: `/m/${model.name}${level === undefined ? '' : `/${level}/${encodeURIComponent(Object.values(worst.key).at(-1) ?? '')}`}`,
    verb: language === 'pt' ? 'Ver' : 'See',
    figure: lineOf(worst),
  };
}

/** Members with a called direction; the surest is shown. */
export async function directionItem(
  context: ServingContext,
  model: LoadedModel,
  declaration: ForecastDeclaration,
  { language, scope }: TodayOptions,
): Promise<TodayItem | undefined> {
  const { members } = await forecast(context, model, {
    limit: MEMBERS_MAX,
    filters: {},
    language,
    scope,
  });
  const called = members
    .filter(({ direction }) => direction?.called === 'up' || direction?.called === 'down')
    .toSorted((a, b) => surenessOf(b) - surenessOf(a));
  const [first] = called;
  if (first === undefined) return undefined;
  const up = first.direction!.called === 'up';
  const verdict =
    language === 'pt' ? (up ? 'deve subir' : 'deve cair') : up ? 'should rise' : 'should fall';
  return {
    ...base(model, declaration),
    money: null,
    predicted: true,
    amount:
      language === 'pt'
        ? `${called.length} de ${members.length}`
        : `${called.length} of ${members.length}`,
    note: `${declaration.page.title[language]} · ${declaration.horizon} ${stepNoun(declaration.step, language)}`,
    sentence: [
      { kind: 'text', text: `${first.name} ` },
      { kind: 'strong', text: verdict },
      { kind: 'text', text: '.' },
    ],
    why: `${capital(first.direction!.reason[language])}.`,
    href: `/m/${model.name}`,
    verb: language === 'pt' ? 'Ver' : 'See',
    figure: lineOf(first),
  };
}

const gapOf = ({ total, lastYear }: Forecast) => (lastYear === null ? 0 : total.value - lastYear);
const surenessOf = ({ direction }: Forecast) =>
  Math.max(direction?.probabilities.up ?? 0, direction?.probabilities.down ?? 0);
const base = ({ name }: LoadedModel, { task, page }: ForecastDeclaration) => ({
  model: name,
  task,
  title: page.title,
});
const lineOf = ({ history, points }: Forecast): TodayItem['figure'] => ({
  kind: 'line',
  values: history.slice(-STEPS_SHOWN).flatMap(({ value }) => (value === null ? [] : [value])),
  predicted: points.map(({ value }) => value),
});

const STEPS = {
  pt: {
    hour: 'horas',
    day: 'dias',
    week: 'semanas',
    month: 'meses',
    quarter: 'trimestres',
    year: 'anos',
  },
  en: {
    hour: 'hours',
    day: 'days',
    week: 'weeks',
    month: 'months',
    quarter: 'quarters',
    year: 'years',
  },
};
const stepNoun = (step: ForecastDeclaration['step'], language: TodayOptions['language']) =>
  STEPS[language][step];

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
