import type { ModelAnswer, SentenceSpan } from '@tino/system/contract';
import { useLanguage } from '../../language.js';
import { Answer } from '../../parts/answer.js';
import { nounOf } from '../kinds/labels.js';
import { namesOf } from './names.js';
import type { Verdict, VerdictKind } from './verdicts.js';

interface DirectionAnswerProps {
  model: ModelAnswer;
  verdicts: Verdict[];
  total: number;
}

const NAMES_MAX = 3;

/** Who gives a signal, by name while they are few; then how many do not. */
export function DirectionAnswer({ model, verdicts, total }: DirectionAnswerProps) {
  const { language, t } = useLanguage();
  const groupOf = (kind: VerdictKind) => verdicts.find((one) => one.kind === kind)?.members ?? [];
  const said = (['up', 'down', 'flat'] as const).flatMap((kind) => {
    const members = groupOf(kind);
    if (members.length === 0) return [];
    const who =
      members.length <= NAMES_MAX
        ? listOf(
            members.map((member) => namesOf(member, model).full),
            language,
          )
        : `${members.length} ${nounOf(model, members.length, language)}`;
    return [`${who} ${VERBS[kind][language][members.length === 1 ? 0 : 1]}`];
  });
  const quiet = groupOf('unproven').length;
  const none = groupOf('none').length + groupOf('young').length;
  const spans: SentenceSpan[] = [
    {
      kind: 'strong',
      text:
        said.length > 0
          ? `${said.join('; ')}. `
          : t({ pt: 'Nenhum dá sinal claro. ', en: 'None gives a clear signal. ' }),
    },
    {
      kind: 'text',
      text: t({
        pt: `Dos ${total}, ${quiet} ${quiet === 1 ? 'aponta' : 'apontam'} uma direção que não tem se confirmado; em ${none} os dados não sustentam um palpite.`,
        en: `Of ${total}, ${quiet} ${quiet === 1 ? 'points' : 'point'} a way that has not come true; for ${none} the data do not support a guess.`,
      }),
    },
  ];
  return <Answer spans={spans} />;
}

const VERBS = {
  up: { pt: ['deve subir', 'devem subir'], en: ['is likely to rise', 'are likely to rise'] },
  down: { pt: ['deve cair', 'devem cair'], en: ['is likely to fall', 'are likely to fall'] },
  flat: {
    pt: ['deve ficar estável', 'devem ficar estáveis'],
    en: ['is likely to stay flat', 'are likely to stay flat'],
  },
} as const;

const listOf = (names: string[], language: 'pt' | 'en') =>
  new Intl.ListFormat(language === 'pt' ? 'pt-BR' : 'en', { type: 'conjunction' }).format(names);
