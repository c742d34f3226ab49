import { isScoped, type Scope } from '../../access/principal.js';
import type { Role, SentenceSpan } from '../../contract/common.js';
import type { Segment, SegmentsAnswer } from '../../contract/segments.js';
import type { Language } from '../../contract/words.js';
import type { SegmentDetail } from '../../training/tasks/segment.js';
import type { LoadedModel, Page, SegmentDeclaration } from '../../workspace/types.js';
import type { ServingContext } from '../context.js';
import { provenanceOf } from '../provenance.js';
import { axisWords, migrationOf, sampleOf, segmentsOf } from './view.js';
import { namesOf, scoringOf } from './lookup.js';
import { counted, formatNumber } from '../sentence.js';
import { hiddenBelow } from '../shown.js';
import { strong, text } from '../spans.js';

export { entity } from '../entity/answer.js';

/** Segments in words, from the last scoring; small ones are hidden from roles without the right. */
export async function segments(
  context: ServingContext,
  model: LoadedModel,
  { language, role, scope = {} }: { language: Language; role: Role; scope?: Scope },
): Promise<SegmentsAnswer> {
  const declaration = model.declaration as SegmentDeclaration;
  const served = await context.predictors.of(model.name);
  const detail = served.package.meta.detail as unknown as SegmentDetail;
  const table = await scoringOf(context, model.name);
  const hideBelow = hiddenBelow(role, declaration);
  const found = segmentsOf(table, detail, declaration, {
    names: await namesOf(context, model.name),
    hideBelow,
    currency: context.house.workspace.currency,
    scope,
  });
  const hidden = new Set(found.filter((one) => one.hidden).map(({ id }) => id));
  const { page } = declaration;
  const moved = migrationOf(await context.scores.previous(model.name), table, scope);
  const { drift } = table.manifest;
  return {
    segments: found,
    axes: { x: axisWords(page, detail.axes?.[0]), y: axisWords(page, detail.axes?.[1]) },
    sample: sampleOf(table, detail.axes, hidden, scope),
    migration: toldMoves(moved, hidden, hideBelow),
    drift:
      isScoped(scope) || drift === undefined
        ? null
        : { ...drift, segments: drift.segments.filter(({ id }) => !hidden.has(id)) },
    quality: {
      silhouette: detail.silhouette,
      stability: detail.stability,
      k: detail.k,
      reason: detail.reason,
    },
    cuts: cutsOf(detail, page),
    sentence: sentenceOf(found, page, language),
    provenance: provenanceOf(served),
  };
}

/** The cut points that a person set, by what their columns are called. */
const cutsOf = ({ cuts }: SegmentDetail, page: Page): SegmentsAnswer['cuts'] =>
  cuts === undefined
    ? null
    : Object.entries(cuts).map(([column, edges]) => ({
        column,
        title: page.labels?.[column] ?? axisWords(page, column),
        unit: page.units?.[column] ?? 'number',
        edges: [...edges],
      }));

/**
 * Moves without those of too few. Where some are left out, who is new or gone is as well: sizes less
 * all other moves would give what is hidden.
 */
function toldMoves(
  moved: SegmentsAnswer['migration'],
  hidden: ReadonlySet<string>,
  hideBelow: number,
): SegmentsAnswer['migration'] {
  const told = moved.filter(
    ({ from, to, count }) =>
      count >= hideBelow && ![from, to].some((id) => id !== null && hidden.has(id)),
  );
  return told.length === moved.length
    ? told
    : told.filter(({ from, to }) => from !== null && to !== null);
}

/** "412 vendedores formam 4 grupos. “Fiéis”, com 12% da base, faz 43% do valor." */
function sentenceOf(found: readonly Segment[], page: Page, language: Language): SentenceSpan[] {
  const told = found.filter(({ hidden }) => !hidden);
  const total = told.reduce((sum, { size }) => sum + size!, 0);
  const who = strong(counted(total, page.noun, language));
  const groups = groupsIn(told.length, found.length - told.length, language);
  const top = told
    .filter(({ moneyShare }) => moneyShare !== null)
    .reduce<Segment | undefined>(
      (best, one) => (best === undefined || one.moneyShare! > best.moneyShare! ? one : best),
      undefined,
    );
  if (top === undefined) return [who, text(groups)];
  const share = formatNumber(top.share!, 'probability', language);
  const money = formatNumber(top.moneyShare!, 'probability', language);
  const name = top.name[language];
  return language === 'pt'
    ? [
        who,
        text(`${groups} “${name}”, com ${share} da base, faz `),
        strong(money),
        text(' do valor.'),
      ]
    : [
        who,
        text(`${groups} “${name}”, ${share} of all, makes `),
        strong(money),
        text(' of the value.'),
      ];
}

/** " formam 4 grupos." and, for who may not see them, how many are too small to be told of. */
function groupsIn(told: number, hidden: number, language: Language): string {
  const noun = language === 'pt' ? ['grupo', 'grupos'] : ['group', 'groups'];
  const count = (of: number) => `${of} ${noun[of === 1 ? 0 : 1]}`;
  const verb = language === 'pt' ? ' formam' : ' form';
  if (hidden === 0) return `${verb} ${count(told)}.`;
  return language === 'pt'
    ? `${verb} ${count(told)}; ${count(hidden)} com gente de menos para mostrar.`
    : `${verb} ${count(told)}; ${count(hidden)} of too few to be shown.`;
}
