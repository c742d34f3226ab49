import type { Language } from '@tino/system/contract';

const STEPS: Record<string, Record<Language, [string, string]>> = {
  hour: { pt: ['hora', 'horas'], en: ['hour', 'hours'] },
  day: { pt: ['dia', 'dias'], en: ['day', 'days'] },
  week: { pt: ['semana', 'semanas'], en: ['week', 'weeks'] },
  month: { pt: ['mês', 'meses'], en: ['month', 'months'] },
  quarter: { pt: ['trimestre', 'trimestres'], en: ['quarter', 'quarters'] },
};

/** `8 semanas`, `1 week`. */
export function stepsWords(count: number, step: string | null, language: Language): string {
  const words =
    STEPS[step ?? '']?.[language] ?? (language === 'pt' ? ['passo', 'passos'] : ['step', 'steps']);
  return `${count} ${words[count === 1 ? 0 : 1]}`;
}

/** `por semana`, `a week`. */
export function perStep(step: string | null, language: Language): string {
  const word = STEPS[step ?? '']?.[language][0] ?? '';
  return language === 'pt' ? `por ${word}` : `per ${word}`;
}
