import type { InsightAnswer, InsightsAnswer } from '../contract/insights.js';
import type { Role, SentenceSpan } from '../contract/common.js';
import type { Language } from '../contract/words.js';
import { wallClock } from '../calendar/dates.js';
import type { House } from '../ports/house.js';
import { formatNumber } from '../serving/sentence.js';
import { measured, strong, text } from '../serving/spans.js';
import { mayDescribeFew } from '../serving/shown.js';
import type { LoadedInsight, SegmentDeclaration } from '../workspace/types.js';
import { segmentModel } from './moves.js';
import { listLooks, listRuns, listStored, type Look, type StoredInsight } from './store.js';
import { actionOf, listOf } from './words-actions.js';
import { headlineOf, sentenceOf, sureOf } from './words.js';

/** A finding about fewer is told to those only who may see single rows. */
const PEOPLE_MIN = 5;

export const declared = (
  { workspace }: Pick<House, 'workspace'>,
  { part, name }: { part: string; name: string },
): LoadedInsight | undefined => workspace.parts[part]?.insights[name];

/** Least units that this role is told of; moves between segments are told of as the segments are. */
function fewFor(house: House, insight: LoadedInsight, role: Role): number {
  if (mayDescribeFew(role)) return 0;
  if (insight.declaration.look !== 'moves') return PEOPLE_MIN;
  return (segmentModel(house, insight).declaration as SegmentDeclaration).membersMin;
}

/** What the last runs found, what is new first, and then by money. */
export async function insightFeed(
  house: House,
  { language, role }: { language: Language; role: Role },
): Promise<InsightsAnswer> {
  const runs = (await listRuns(house)).filter(({ part }) => part in house.workspace.parts);
  const dayOf = (moment: Date) => wallClock(moment, house.workspace.zone).slice(0, 10);
  const days = new Map(runs.map((run) => [run.part, dayOf(run.at)]));
  const items = (await listStored(house)).flatMap((stored): InsightAnswer[] => {
    const insight = declared(house, stored);
    if (insight === undefined) return [];
    const few = fewFor(house, insight, role);
    if (stored.body.people < few) return [];
    // A night has several runs: what one of them found is news until the next day's.
    const news = dayOf(stored.toldAt) === days.get(stored.part);
    return [answerOf(house, stored, insight, { language, news, few })];
  });
  const few = mayDescribeFew(role) ? 0 : PEOPLE_MIN;
  const headlines = await Promise.all(
    runs.map(async ({ part }) =>
      headlinesOf(house, await listLooks(house, part), part, { language, few }),
    ),
  );
  items.sort(
    (a, b) =>
      Number(b.news) - Number(a.news) || Math.abs(b.money.effect) - Math.abs(a.money.effect),
  );
  return {
    sentence: openingOf(items, language, house.workspace.currency),
    items,
    headlines: headlines.flat(),
    runs: runs.map((run) => ({
      part: run.part,
      at: run.at.toISOString(),
      dataUntil: run.dataUntil,
      looks: run.looks,
    })),
  };
}

function answerOf(
  { workspace: { currency } }: House,
  { id, part, name, body, toldAt }: StoredInsight,
  { declaration }: LoadedInsight,
  { language, news, few }: { language: Language; news: boolean; few: number },
): InsightAnswer {
  const { what, parts, figures, sure, money, people, listed } = body;
  return {
    id,
    part,
    name,
    title: declaration.title,
    what: what as InsightAnswer['what'],
    parts: [...parts],
    sentence: sentenceOf(body, declaration, { language, currency }),
    figures: figures as Record<string, number>,
    q: sure.q,
    sure: sureOf(sure.q, language),
    money,
    action: actionOf(body, declaration, language),
    people,
    noun: declaration.noun[language][people === 1 ? 0 : 1],
    list: listed < few ? null : { count: listed, says: listOf(body, declaration, language) },
    news,
    since: toldAt.toISOString(),
  };
}

function headlinesOf(
  { workspace }: House,
  looks: ReadonlyMap<string, Look>,
  part: string,
  { language, few }: { language: Language; few: number },
): InsightsAnswer['headlines'] {
  const { currency } = workspace;
  return Object.values(workspace.parts[part]!.insights).flatMap(({ name, declaration }) => {
    const found = looks.get(name)?.found;
    if (found === undefined) return [];
    const sentences = headlineOf(found.headline, declaration, { language, currency });
    return [
      {
        part,
        name,
        title: declaration.title,
        sentences,
        figures: found.headline,
        cohorts: found.cohorts?.filter(({ size }) => size >= few) ?? null,
        pairs: found.pairs?.filter(({ count }) => count >= few) ?? null,
      },
    ];
  });
}

/** "Três descobertas novas. A maior vale R$ 45,2 mil." */
function openingOf(
  items: readonly InsightAnswer[],
  language: Language,
  currency: string,
): SentenceSpan[] {
  const pt = language === 'pt';
  const fresh = items.filter(({ news }) => news).length;
  const [first] = items;
  if (first === undefined)
    return [strong(pt ? 'Nada que se destaque do acaso.' : 'Nothing that stands out from chance.')];
  const says = pt
    ? ['Nada de novo: continua valendo o que segue.', 'Uma descoberta nova.', 'descobertas novas.']
    : ['Nothing new: what follows still holds.', 'One new finding.', 'new findings.'];
  return [
    strong(fresh < 2 ? says[fresh]! : `${fresh} ${says[2]}`),
    ...(first.money.effect === 0
      ? []
      : [
          text(pt ? ' A primeira vale ' : ' The first is worth '),
          measured(formatNumber(Math.abs(first.money.effect), 'money', language, currency)),
          text('.'),
        ]),
  ];
}
