import type { Reason, SentenceSpan } from '../../contract/common.js';
import type { Segment } from '../../contract/segments.js';
import type { Language, Words } from '../../contract/words.js';
import { NOBODY } from '../../training/segment-job.js';
import type { SegmentDetail } from '../../training/tasks/segment.js';
import type { SegmentDeclaration } from '../../workspace/types.js';
import { phraserOf } from '../explain.js';
import { cellReader, moneyReader } from '../score-rows.js';
import { moneyColumn, segmentsOf } from '../segment/view.js';
import { hiddenBelow, withheldFrom } from '../shown.js';
import { strong, text } from '../spans.js';
import { nextSegments } from './next.js';
import type { Answers, Material, Said } from './prepared.js';

/** The segment of a member with what is particular about it, and the step to a better one. */
export function segmentAnswers(from: Material): Answers {
  const { model, table, served, currency, language, role } = from;
  const declaration = model.declaration as SegmentDeclaration;
  const detail = served.package.meta.detail as unknown as SegmentDetail;
  const names = from.names ?? new Map();
  const found = segmentsOf(table, detail, declaration, { names, hideBelow: 0, currency });
  const byId = new Map(found.map((one) => [one.id, one]));
  const money = moneyReader(table, moneyColumn(declaration));
  const next = nextSegments(from, byId);
  const ofSegments = table.manifest.segments.map((id) => {
    const segment = byId.get(id);
    if (segment === undefined) return untold(GONE[language]);
    if (segment.size! < hiddenBelow(role, declaration)) return untold(TOO_FEW[language]);
    const reasonsOf = reasonsFor(segment, from);
    const sentence = sentenceOf(segment, language);
    return {
      sentence,
      said: (row: number): Said => ({
        segment: { id, name: segment.name },
        value: money(row),
        next: next(row),
        reasons: reasonsOf(row),
        sentence,
      }),
    };
  });
  return {
    said: (row) => ofSegments[table.value[row]!]!.said(row),
    sentenceOf: (row) => ofSegments[table.value[row]!]!.sentence,
  };
}

/** What its segment is known for, as it is for this member; a withheld column without its value. */
export function reasonsFor(
  { facts }: Segment,
  { model, table, role }: Material,
): (row: number) => Reason[] {
  const withheld = withheldFrom(role, model);
  const told = facts.map(({ column, difference: contribution }) => ({
    column,
    contribution,
    cell: withheld.has(column) ? () => null : cellReader(table, column),
    phraseOf: phraserOf(model.declaration.page, column),
  }));
  return (row) =>
    told.map(({ column, contribution, cell, phraseOf }) => {
      const value = cell(row);
      return { column, value, contribution, phrase: phraseOf(value) };
    });
}

const sentenceOf = ({ id, name }: Segment, language: Language): SentenceSpan[] =>
  id === NOBODY
    ? [text(language === 'pt' ? 'Não está em nenhum grupo.' : 'Is in no group.')]
    : [
        text(language === 'pt' ? 'Está no grupo ' : 'Is in the group '),
        strong(name[language]),
        text('.'),
      ];

/** Who is in a group of too few is told to those only who may see such groups. */
const TOO_FEW: Words = {
  pt: 'Está num grupo com gente de menos para mostrar a este papel.',
  en: 'Is in a group of too few people to be shown to this role.',
};
/** Promoted after the last scoring, a version may know no such group. */
const GONE: Words = {
  pt: 'O grupo em que estava não existe na versão nova; a próxima pontuação dirá o de agora.',
  en: 'The group it was in is not in the new version; the next scoring will tell the one of now.',
};

function untold(words: string): { sentence: SentenceSpan[]; said: () => Said } {
  const sentence = [text(words)];
  return {
    sentence,
    said: () => ({ segment: null, value: null, next: null, reasons: [], sentence }),
  };
}
