import type { SentenceSpan } from '../../contract/common.js';
import type { Forecast } from '../../contract/forecasts.js';
import type { Language } from '../../contract/words.js';
import type { ForecastDeclaration, Step } from '../../workspace/types.js';
import { counted, formatNumber } from '../sentence.js';
import { measured, predicted, signedShare, strong, text } from '../spans.js';

type Said = Omit<Forecast, 'sentence'>;

const nextSteps: Record<Step, { pt: [string, string]; en: [string, string] }> = {
  hour: { pt: ['na próxima hora', 'nas próximas {n} horas'], en: ['hour', 'hours'] },
  day: { pt: ['no próximo dia', 'nos próximos {n} dias'], en: ['day', 'days'] },
  week: { pt: ['na próxima semana', 'nas próximas {n} semanas'], en: ['week', 'weeks'] },
  month: { pt: ['no próximo mês', 'nos próximos {n} meses'], en: ['month', 'months'] },
  quarter: {
    pt: ['no próximo trimestre', 'nos próximos {n} trimestres'],
    en: ['quarter', 'quarters'],
  },
  year: { pt: ['no próximo ano', 'nos próximos {n} anos'], en: ['year', 'years'] },
};

/** A change that would read as 0%. */
const SAME = 0.0005;

/** "nas próximas 8 semanas" */
function nextWords(step: Step, n: number, language: Language): string {
  const [one, many] = nextSteps[step][language];
  if (language === 'pt') return n === 1 ? one : many.replace('{n}', String(n));
  return n === 1 ? `in the next ${one}` : `in the next ${n} ${many}`;
}

/**
 * What one would say on the phone: how much or how dear, within what range, against last year or
 * today, and whether we know. `nodes` above 1 speaks of them together.
 */
export function forecastSentence(
  said: Said,
  declaration: ForecastDeclaration,
  {
    nodes,
    calls,
    language,
    currency,
  }: {
    nodes: number;
    calls: Record<'up' | 'flat' | 'down' | 'unclear', number> | null;
    language: Language;
    currency: string;
  },
): SentenceSpan[] {
  const show = (value: number) => formatNumber(value, declaration.page.unit, language, currency);
  const voice = { language, show };
  if (calls !== null) return callSpans(calls, declaration, { nodes, language });
  const spans =
    declaration.how === 'sum'
      ? amountSpans(said, declaration, nodes, voice)
      : levelSpans(said, declaration, voice);
  return [...spans, ...rangeSpans(said, declaration, voice), ...coldSpans(said, language)];
}

interface Voice {
  language: Language;
  /** A value in the unit of the model. */
  show(value: number): string;
}

function amountSpans(
  said: Said,
  { page, step }: ForecastDeclaration,
  nodes: number,
  { language, show }: Voice,
) {
  const value = show(said.total.value);
  const steps = nextWords(step, said.points.length, language);
  const verb = page.positive?.[language];
  const subject = subjectOf(said, page, nodes, language);
  const must = { pt: nodes > 1 ? 'devem' : 'deve', en: 'should' }[language];
  const spans = verb
    ? [strong(subject), text(` ${must} ${verb} `), predicted(value), text(` ${steps}`)]
    : [strong(subject), text(': '), predicted(value), text(` ${steps}`)];
  if (said.change === null) return [...spans, text('. ')];
  if (Math.abs(said.change) < SAME)
    return [...spans, text({ pt: ', como no ano passado. ', en: ', as last year. ' }[language])];
  const change = formatNumber(Math.abs(said.change), 'share', language);
  const where = {
    pt: said.change >= 0 ? 'acima do ano passado' : 'abaixo do ano passado',
    en: said.change >= 0 ? 'above last year' : 'below last year',
  }[language];
  return [...spans, text(', '), strong(change), text(` ${where}. `)];
}

function levelSpans(said: Said, { step }: ForecastDeclaration, { language, show }: Voice) {
  const now = said.history.findLast(({ value }) => value !== null)?.value ?? null;
  const later = said.points.at(-1)!.value;
  const steps = nextWords(step, said.points.length, language);
  const spans = [strong(said.name), text(': ')];
  if (now !== null)
    spans.push(text({ pt: 'hoje ', en: 'now ' }[language]), measured(show(now)), text(', '));
  spans.push(predicted(show(later)), text(` ${steps}`));
  if (now !== null && now !== 0) spans.push(text(` (${signedShare(later / now - 1, language)})`));
  spans.push(text('. '));
  if (said.direction !== null) spans.push(...directionSpans(said.direction, language));
  return spans;
}

/** "De 56 ingredientes, 9 devem subir, 3 devem cair nas próximas 8 semanas; 44 sem sinal claro." */
function callSpans(
  { up, flat, down, unclear }: Record<'up' | 'flat' | 'down' | 'unclear', number>,
  { page, step, horizon }: ForecastDeclaration,
  { nodes, language }: { nodes: number; language: Language },
): SentenceSpan[] {
  const when = nextWords(step, horizon, language);
  if (unclear === nodes)
    return [
      strong(counted(nodes, page.noun, language)),
      text(
        { pt: `: nenhum com sinal claro ${when}.`, en: `: none with a clear signal ${when}.` }[
          language
        ],
      ),
    ];
  const ways = [
    { count: up, pt: 'subir', en: 'up' },
    { count: down, pt: 'cair', en: 'down' },
    { count: flat, pt: 'ficar estável', en: 'flat' },
  ].filter(({ count }) => count > 0);
  const said = {
    pt: ways.map(({ count, pt }) => `${count} ${count === 1 ? 'deve' : 'devem'} ${pt}`),
    en: ways.map(({ count, en }) => `${count} likely ${en}`),
  }[language];
  const rest = { pt: `${unclear} sem sinal claro`, en: `${unclear} without a clear signal` };
  return [
    text({ pt: 'De ', en: 'Of ' }[language]),
    strong(counted(nodes, page.noun, language)),
    text(', '),
    strong(said.join(', ')),
    text(` ${when}; ${rest[language]}.`),
  ];
}

function directionSpans({ called, reason }: NonNullable<Said['direction']>, language: Language) {
  const words = {
    up: { pt: 'Deve subir', en: 'Likely up' },
    flat: { pt: 'Deve ficar estável', en: 'Likely flat' },
    down: { pt: 'Deve cair', en: 'Likely down' },
  };
  const head = called === null ? { pt: 'Sem sinal claro', en: 'No clear signal' } : words[called];
  return [strong(head[language]), text(`: ${reason[language]}. `)];
}

function rangeSpans(said: Said, { how }: ForecastDeclaration, { language, show }: Voice) {
  const intervals = how === 'sum' ? said.total.intervals : said.points.at(-1)!.intervals;
  const widest = intervals[0];
  if (widest === undefined) return [];
  const times = Math.round(widest.level * 10);
  const often =
    Math.abs(widest.level * 10 - times) < 1e-9
      ? { pt: `Em ${times} de cada 10 vezes`, en: `${times} times in 10 it is` }
      : {
          pt: `Em ${Math.round(widest.level * 100)} de cada 100 vezes`,
          en: `${Math.round(widest.level * 100)} times in 100 it is`,
        };
  const between = { pt: ' fica entre ', en: ' between ' }[language];
  return [
    text(`${often[language]}${between}`),
    strong(show(widest.lower)),
    text({ pt: ' e ', en: ' and ' }[language]),
    strong(show(widest.upper)),
    text('.'),
  ];
}

function coldSpans({ coldStart }: Said, language: Language) {
  if (coldStart === null) return [];
  const { analogues, names } = coldStart;
  const listed = names.length > 0 ? ` (${names.join(', ')})` : '';
  return [
    text(
      {
        pt: ` Ainda sem história própria: o modelo global responde pelos atributos, apoiado em ${analogues} séries parecidas${listed}.`,
        en: ` No history of its own yet: the global model answers from its attributes, leaning on ${analogues} similar series${listed}.`,
      }[language],
    ),
  ];
}

function subjectOf(
  said: Said,
  page: ForecastDeclaration['page'],
  nodes: number,
  language: Language,
): string {
  if (nodes === 1) return said.name;
  if (said.level !== null) return page.title[language];
  return counted(nodes, page.noun, language);
}
