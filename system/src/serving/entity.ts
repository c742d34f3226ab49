import { takeRows } from '@tino/learn';
import { seesKey, type Scope } from '../access/principal.js';
import type { Role, SentenceSpan } from '../contract/common.js';
import { TinoError } from '../contract/error.js';
import type { EntityAnswer, Segment } from '../contract/predictions.js';
import type { Language } from '../contract/words.js';
import { NOBODY } from '../training/segment-job.js';
import type { SegmentDetail } from '../training/tasks/segment.js';
import type { SegmentDeclaration } from '../workspace/types.js';
import type { ServedModel } from './catalog.js';
import type { ServingContext } from './context.js';
import { explanationOf, filledPhrase } from './explain.js';
import { intervalsAround } from './intervals.js';
import { predictionSentence } from './predict-sentence.js';
import type { Served } from './predictors.js';
import { noteLookUp } from './persons.js';
import { provenanceOf } from './provenance.js';
import { cellAt, cellsAt, keyAt, moneyAt, rowOfKey } from './score-rows.js';
import type { ScoreTable } from './score-table.js';
import { namesOf, scoringOf } from './segment/lookup.js';
import { nextSegment } from './segment/next.js';
import { moneyColumn, segmentsOf } from './segment/view.js';
import { hiddenBelow, reasonsShownTo, shownTo } from './shown.js';
import { strong, text } from './spans.js';

const REASONS_MAX = 8;

/**
 * One entity of the last scoring by the text of its key (columns joined by commas): its segment or its
 * prediction, with the reasons. Outside the scope is UNKNOWN_KEY, as one that does not exist.
 */
export async function entity(
  context: ServingContext,
  model: ServedModel,
  keyText: string,
  { language, by, role, scope }: { language: Language; by: string; role: Role; scope: Scope },
): Promise<EntityAnswer> {
  const { task, page } = model.declaration;
  if (task === 'forecast' || task === 'price')
    throw new TinoError('WRONG_TASK', {
      model: model.name,
      task,
      expected: 'classify, regress, segment',
      route: `/v1/models/${model.name}/${task === 'price' ? 'suggestion' : 'forecast'}`,
    });
  const served = await context.predictors.of(model.name);
  const table = await scoringOf(context, model.name);
  const row = rowOf(table, model, keyText, scope);
  const names = shownTo(role, model, table.manifest.features.concat(table.manifest.carried));
  const key = keyAt(table, row);
  const also = await alsoSaid(context, model, key, { language, role });
  noteLookUp(context, model, key, { by, fields: [...names, ...also.map((each) => each.model)] });
  const common = {
    key,
    columns: cellsAt(table, names, row),
    also,
    provenance: provenanceOf(served),
  };
  if (task === 'segment')
    return {
      ...common,
      ...(await segmentAnswer(context, model, { table, served, row, language, role })),
    };
  const value = table.value[row]!;
  return {
    ...common,
    segment: null,
    next: null,
    value,
    reasons: reasonsShownTo(
      role,
      model,
      explanationOf(served.opened, page, takeRows(table.x, [row]), 0, { reasonsMax: REASONS_MAX })
        ?.reasons ?? [],
    ),
    sentence: sentenceOfValue(context, model, served, { value, language }),
  };
}

function sentenceOfValue(
  { house }: ServingContext,
  model: ServedModel,
  { package: { meta } }: Served,
  { value, language }: { value: number; language: Language },
): SentenceSpan[] {
  const intervals = intervalsAround(model, meta, value);
  const { currency } = house.workspace;
  const { page } = model.declaration;
  return predictionSentence(meta, page, { value, intervals }, { language, currency });
}

/** What the other models of the part last said of the same entity; those that said nothing are left out. */
async function alsoSaid(
  context: ServingContext,
  { name, part, declaration: { entity: same } }: ServedModel,
  key: Record<string, string>,
  asker: { language: Language; role: Role },
): Promise<EntityAnswer['also']> {
  const others = Object.values(context.house.workspace.models).filter(
    (other) =>
      other.name !== name &&
      other.part === part &&
      other.declaration.entity === same &&
      ['classify', 'regress', 'segment'].includes(other.declaration.task),
  );
  const said = await Promise.all(
    others.map(async (other): Promise<EntityAnswer['also']> => {
      const table = await context.scores.current(other.name);
      const row = table && rowOfKey(table, Object.keys(key), key);
      if (table === undefined || row === undefined) return [];
      const served = await context.predictors.of(other.name);
      const { page } = other.declaration;
      const model = { ...other, key: Object.keys(key) };
      const { sentence } =
        other.declaration.task === 'segment'
          ? await segmentAnswer(context, model, { table, served, row, ...asker })
          : {
              sentence: sentenceOfValue(context, model, served, {
                value: table.value[row]!,
                language: asker.language,
              }),
            };
      return [{ model: other.name, title: page.tab ?? page.title, sentence }];
    }),
  );
  return said.flat();
}

function rowOf(table: ScoreTable, model: ServedModel, keyText: string, scope: Scope): number {
  const parts = model.key.length === 1 ? [keyText] : keyText.split(',');
  const key = Object.fromEntries(model.key.map((name, i) => [name, parts[i] ?? '']));
  const row = seesKey(scope, key) ? rowOfKey(table, model.key, key) : undefined;
  if (row === undefined) throw new TinoError('UNKNOWN_KEY', { model: model.name, key: keyText });
  return row;
}

const worded = new WeakMap<
  ScoreTable,
  { served: Served; names: object; segments: Map<string, Segment> }
>();

/** What each segment is called and why, composed once for a scoring and not at each look-up. */
async function wordsOf(
  context: ServingContext,
  model: ServedModel,
  table: ScoreTable,
  served: Served,
): Promise<Map<string, Segment>> {
  const names = await namesOf(context, model.name);
  const standing = worded.get(table);
  if (standing?.served === served && standing.names === names) return standing.segments;
  const found = segmentsOf(
    table,
    served.package.meta.detail as unknown as SegmentDetail,
    model.declaration as SegmentDeclaration,
    { names, hideBelow: 0, currency: context.house.workspace.currency },
  );
  const segments = new Map(found.map((one) => [one.id, one]));
  worded.set(table, { served, names, segments });
  return segments;
}

interface Asked {
  table: ScoreTable;
  served: Served;
  row: number;
  language: Language;
  role: Role;
}

/** Who is in a group of too few is told to those only who may see such groups. */
const ofTooFew = (language: Language) => ({
  segment: null,
  value: null,
  next: null,
  reasons: [],
  sentence: [
    text(
      language === 'pt'
        ? 'Está num grupo com gente de menos para mostrar a este papel.'
        : 'Is in a group of too few people to be shown to this role.',
    ),
  ],
});

async function segmentAnswer(
  context: ServingContext,
  model: ServedModel,
  { table, served, row, language, role }: Asked,
): Promise<Pick<EntityAnswer, 'segment' | 'value' | 'reasons' | 'sentence' | 'next'>> {
  const declaration = model.declaration as SegmentDeclaration;
  const segments = await wordsOf(context, model, table, served);
  const found = segments.get(table.manifest.segments[table.value[row]!]!)!;
  if (found.size! < hiddenBelow(role, declaration)) return ofTooFew(language);
  const reasons = found.facts.map(({ column, difference }) => {
    const value = cellAt(table, column, row);
    const phrase = filledPhrase(declaration.page, column, value);
    return { column, value, contribution: difference, phrase };
  });
  return {
    segment: { id: found.id, name: found.name },
    value: moneyAt(table, moneyColumn(declaration), row),
    next: nextSegment(model, { table, served, row, role }, segments),
    reasons: reasonsShownTo(role, model, reasons),
    sentence:
      found.id === NOBODY
        ? [text(language === 'pt' ? 'Não está em nenhum grupo.' : 'Is in no group.')]
        : [
            text(language === 'pt' ? 'Está no grupo ' : 'Is in the group '),
            strong(found.name[language]),
            text('.'),
          ],
  };
}
