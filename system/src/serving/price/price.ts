import type { z } from 'zod';
import { seesKey, type Scope } from '../../access/principal.js';
import {
  TinoError,
  type decisionRequestSchema,
  type outcomeRequestSchema,
} from '../../contract/index.js';
import type { Suggestion, SuggestionsAnswer } from '../../contract/suggestions.js';
import type { Language } from '../../contract/words.js';
import type { House, VerbEffects } from '../../ports/house.js';
import { championOf } from '../../registry/promotions.js';
import { keyOfText, keyText, matches, type Key } from '../../training/tasks/forecast/keys.js';
import type { PriceDeclaration } from '../../workspace/types.js';
import type { ServingContext } from '../context.js';
import { pageFrom } from '../pages.js';
import { decideSuggestion } from './decide.js';
import { openDesk, type Desk } from './desk.js';
import { makeSuggestions } from './make.js';
import { keepOutcomes } from './outcomes.js';
import { suggestionSentence, suggestionsSentence, upliftSpans, type Voice } from './sentence.js';
import { resultsOf } from './results.js';
import { suggestionsOfCycle, type StoredSuggestion } from './store.js';
import { upliftOf } from './uplift.js';
import { plainText } from '../sentence.js';

interface Asking {
  language: Language;
  scope: Scope;
}

/**
 * The suggestion of one item in this cycle: made, logged and on disk before the answer; once a
 * cycle.
 */
export async function suggest(
  { house }: Pick<ServingContext, 'house'>,
  { name }: { name: string },
  { key, language, scope }: Asking & { key: Key },
): Promise<Suggestion> {
  const desk = await openDesk(house, name);
  const names = desk.declaration.key;
  if (Object.keys(key).length !== names.length || !names.every((part) => part in key))
    throw new TinoError('BAD_KEY', {
      expected: names.join(', '),
      found: Object.keys(key).join(', ') || '∅',
    });
  const item = desk.items.get(keyText(names, key));
  if (item === undefined || !seesKey(scope, item.key))
    throw new TinoError('UNKNOWN_KEY', { model: name, key: JSON.stringify(key) });
  const made = (await makeSuggestions(house, desk, [item])).get(item.text)!;
  const { binding } = made.detail.proposal;
  if (binding.rule === 'cost')
    throw new TinoError('COST_ABOVE_PRICE', { cost: item.cost, key: item.name, price: item.price });
  if (binding.rule === 'conflict') {
    const [first, second] = made.detail.proposal.trail.map(({ rule }) => rule);
    throw new TinoError('GUARDRAILS_CONFLICT', {
      first: first ?? 'minimumMargin',
      second: second ?? 'maximumChange',
      key: item.name,
    });
  }
  return answerOf(made, desk, voiceOf(house, language));
}

/** What the suggested prices have brought so far, measured on the hold-out, in words. */
export async function upliftSaid(
  { house }: Pick<ServingContext, 'house'>,
  { name }: { name: string },
  { language, scope }: Asking,
): Promise<{ says: string; value: number | null }> {
  const served = (await championOf(house, name)) !== undefined;
  const uplift = served
    ? await visibleUplift(house, await openDesk(house, name), scope)
    : upliftOf([], (house.workspace.models[name]!.declaration as PriceDeclaration).holdOut);
  return { says: plainText(upliftSpans(uplift, voiceOf(house, language))), value: uplift.value };
}

const visibleUplift = async (house: House, desk: Desk, scope: Scope) =>
  upliftOf(
    (await resultsOf(house, desk)).filter(({ key }) => seesKey(scope, keyOfText(key))),
    desk.declaration.holdOut,
  );

/** Suggestions of every item that a caller may see, the largest gain first. */
export async function suggestions(
  { house }: Pick<ServingContext, 'house'>,
  { name }: { name: string },
  {
    key = {},
    cursor,
    limit,
    language,
    scope,
  }: Asking & {
    key?: Key | undefined;
    cursor?: string | undefined;
    limit: number;
  },
): Promise<SuggestionsAnswer> {
  const desk = await openDesk(house, name);
  const items = [...desk.items.values()].filter(
    (item) => seesKey(scope, item.key) && matches(item.key, key),
  );
  const made = await makeSuggestions(house, desk, items);
  const all = items
    .map(({ text }) => made.get(text)!)
    .sort((a, b) => worthOf(b) - worthOf(a) || (a.key < b.key ? -1 : 1));
  // In the shadow the same prices are looked at, and nothing comes of it.
  const shadow = desk.declaration.approval.mode === 'shadow';
  const open = all.filter(({ state }) => state === (shadow ? 'shadow' : 'waiting'));
  const gain = open.reduce((sum, one) => sum + worthOf(one), 0);
  const page = pageFrom(all, { cursor, limit });
  const voice = voiceOf(house, language);
  const noun = desk.declaration.page.noun[language];
  const uplift = await visibleUplift(house, desk, scope);
  const facts = { open: open.length, items: items.length, shadow, gain, noun, uplift };
  return {
    items: page.items.map((one) => answerOf(one, desk, voice)),
    next: page.next,
    total: all.length,
    gain: Math.round(gain * 100) / 100,
    holdOut: all.filter(({ state }) => state === 'hold-out').length / Math.max(1, all.length),
    sentence: suggestionsSentence(facts, voice),
    provenance: desk.provenance,
  };
}

/** Suggestions for all items now; those of this cycle that stand are kept as they are. */
export async function suggestAll(
  { house }: Pick<ServingContext, 'house'>,
  { name }: { name: string },
  effects: VerbEffects,
) {
  const message = { pt: 'calculando preços', en: 'working out prices' };
  effects.progress({ done: 0, message });
  const desk = await openDesk(house, name);
  const items = [...desk.items.values()];
  const standing = await suggestionsOfCycle(house.state, name, desk.cycle);
  const made = await makeSuggestions(house, desk, items);
  effects.progress({ done: 1, message });
  const repeated = items.every(({ text }) => standing.has(text));
  return { model: name, version: desk.version, rows: made.size, repeated };
}

/** Approves, edits or refuses; an approved or edited price never passes under the hard floor. */
export async function decide(
  { house }: Pick<ServingContext, 'house'>,
  { name }: { name: string },
  id: string,
  asked: z.infer<typeof decisionRequestSchema>,
  { by, language, scope }: Asking & { by: string },
): Promise<Suggestion> {
  const desk = await openDesk(house, name);
  const decided = await decideSuggestion(house, desk, id, asked, { by, scope });
  return answerOf(decided, desk, voiceOf(house, language));
}

/** Learns from what was sold at which price. */
export async function outcomes(
  { house }: Pick<ServingContext, 'house'>,
  { name }: { name: string },
  { outcomes: given }: z.infer<typeof outcomeRequestSchema>,
  { scope }: { scope: Scope },
): Promise<{ accepted: number; repeated: number }> {
  const desk = await openDesk(house, name);
  return keepOutcomes(house, desk.model, given, {
    scope,
    knows: (text) => desk.items.has(text) || desk.demand.has(text),
    startOf: (text) => desk.starts.get(text),
  });
}

const voiceOf = ({ workspace }: House, language: Language): Voice => ({
  language,
  currency: workspace.currency,
});

const worthOf = ({ detail, state }: StoredSuggestion): number =>
  state === 'waiting' || state === 'applied' || state === 'shadow' ? detail.proposal.gain.value : 0;

function answerOf(stored: StoredSuggestion, desk: Desk, voice: Voice): Suggestion {
  const { kept: _kept, ...proposal } = stored.detail.proposal;
  const said: Omit<Suggestion, 'sentence'> = {
    ...proposal,
    attributes: shownOf(desk, stored.key),
    id: stored.id,
    at: stored.at.toISOString(),
    state: stored.state,
    decision:
      stored.decidedBy === null || stored.decidedAt === null
        ? null
        : {
            by: stored.decidedBy,
            at: stored.decidedAt.toISOString(),
            price: stored.decidedPrice,
            reason: stored.reason,
          },
  };
  return { ...said, sentence: suggestionSentence(said, voice) };
}

/** What the page of the declaration shows of an item besides what every suggestion says. */
function shownOf({ declaration: { page }, items }: Desk, key: string) {
  const attributes = items.get(key)?.attributes ?? {};
  return Object.fromEntries(
    [...new Set([...(page.columns ?? []), ...(page.filters ?? [])])].flatMap((name) =>
      name in attributes ? [[name, attributes[name]!]] : [],
    ),
  );
}
