import { hasOutlook, takeRows } from '@tino/learn';
import { explanationOf } from '../explain.js';
import { intervalsAround } from '../intervals.js';
import { outlookSentence, predictionSentence } from '../predict-sentence.js';
import { reasonsShownTo } from '../shown.js';
import type { Answers, Material } from './prepared.js';

const REASONS_MAX = 8;

/** A prediction with what it is made of. */
export function valueAnswers({
  model,
  table,
  served: {
    opened,
    package: { meta },
  },
  currency,
  language,
  role,
}: Material): Answers {
  const { page } = model.declaration;
  const sentenceOf = (row: number) => {
    const value = table.value[row]!;
    const intervals = intervalsAround(model, meta, value);
    return predictionSentence(meta, page, { value, intervals }, { language, currency });
  };
  return {
    sentenceOf,
    said(row) {
      const x = takeRows(table.x, [row]);
      const explanation = explanationOf(opened, page, x, 0, { reasonsMax: REASONS_MAX });
      const outlook = hasOutlook(opened) ? opened.outlook(x, 0) : undefined;
      const more = outlook === undefined ? [] : outlookSentence(outlook, language);
      return {
        segment: null,
        next: null,
        value: table.value[row]!,
        reasons: reasonsShownTo(role, model, explanation?.reasons ?? []),
        sentence: [...sentenceOf(row), ...more],
      };
    },
  };
}
