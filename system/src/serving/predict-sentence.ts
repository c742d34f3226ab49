import type { Outlook } from '@tino/learn';
import type { SentenceSpan } from '../contract/common.js';
import type { Prediction } from '../contract/predictions.js';
import { isOne } from '../contract/phrase.js';
import type { Language } from '../contract/words.js';
import type { VersionMeta } from '../training/package.js';
import type { Page } from '../workspace/types.js';
import { formatNumber } from './sentence.js';
import { measured, predicted, strong, text } from './spans.js';

/** "Chance de ~34% de chegar com atraso; o usual é 8%." */
export function predictionSentence(
  { task, detail }: Pick<VersionMeta, 'task' | 'detail'>,
  page: Page,
  { value, intervals }: Pick<Prediction, 'value' | 'intervals'>,
  { language, currency }: { language: Language; currency: string },
): SentenceSpan[] {
  return task === 'classify'
    ? chanceSentence(page, value, detail['rate'], language)
    : valueSentence(page, value, intervals[0], { language, currency });
}

function chanceSentence(
  page: Page,
  value: number,
  rate: unknown,
  language: Language,
): SentenceSpan[] {
  const outcome = page.positive?.[language] ?? (language === 'pt' ? 'acontecer' : 'happen');
  const chance = predicted(formatNumber(value, 'probability', language));
  const spans =
    language === 'pt'
      ? [text('Chance de '), chance, text(` de ${outcome}`)]
      : [chance, text(` likely to ${outcome}`)];
  if (typeof rate === 'number')
    spans.push(
      text(language === 'pt' ? '; o usual é ' : '; the usual is '),
      measured(formatNumber(rate, 'probability', language)),
    );
  return [...spans, text('.')];
}

function valueSentence(
  { unit }: Page,
  value: number,
  interval: Prediction['intervals'][number] | undefined,
  { language, currency }: { language: Language; currency: string },
): SentenceSpan[] {
  const shown = (number: number) => formatNumber(number, unit, language, currency);
  const spans = [
    text(language === 'pt' ? 'Deve ficar em ' : 'Expected at '),
    predicted(shown(value)),
  ];
  if (interval !== undefined) {
    const times = Math.round(interval.level * 10);
    spans.push(
      text(
        language === 'pt'
          ? `; em ${times} de cada 10 vezes fica entre `
          : `; ${times} times out of 10 between `,
      ),
      strong(shown(interval.lower)),
      text(language === 'pt' ? ' e ' : ' and '),
      strong(shown(interval.upper)),
    );
  }
  return [...spans, text('.')];
}

/** What BG/NBD knows beside the number: " Chance de ~83% de ainda estar ativo; ~2,3 compras esperadas em 90 dias." */
export function outlookSentence(
  { alive, purchases, horizonDays }: Outlook,
  language: Language,
): SentenceSpan[] {
  const chance = predicted(formatNumber(alive, 'probability', language));
  const count = predicted(formatNumber(purchases, 'number', language));
  const one = isOne(purchases, language);
  return language === 'pt'
    ? [
        text(' Chance de '),
        chance,
        text(' de ainda estar ativo; '),
        count,
        text(` ${one ? 'compra esperada' : 'compras esperadas'} em ${horizonDays} dias.`),
      ]
    : [
        text(' '),
        chance,
        text(' likely to be active still; '),
        count,
        text(` ${one ? 'purchase' : 'purchases'} expected in ${horizonDays} days.`),
      ];
}
