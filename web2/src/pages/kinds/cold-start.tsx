import type { Forecast } from '@tino/system/contract';
import { useLanguage } from '../../language.js';

/** Says so when a series has no history of its own, and on whom the answer leans. */
export function ColdStart({ forecast: { coldStart, withheld } }: { forecast: Forecast }) {
  const { language, t } = useLanguage();
  if (coldStart === null && withheld.length === 0) return null;
  return (
    <>
      {coldStart !== null && (
        <p className="notice">
          {t({
            pt: `Ainda sem história própria: responde pelos atributos e por ${coldStart.analogues} séries parecidas${namesOf(coldStart.names)}.`,
            en: `No history of its own yet: it answers by attributes and by ${coldStart.analogues} similar series${namesOf(coldStart.names)}.`,
          })}
        </p>
      )}
      {withheld.map(({ level, reason }) => (
        <p key={level} className="figure-note">
          {t({
            pt: `Sem a faixa de ${Math.round(level * 100)}%: `,
            en: `Without the ${Math.round(level * 100)}% interval: `,
          })}
          {reason[language]}.
        </p>
      ))}
    </>
  );
}

const namesOf = (names: string[]) => (names.length === 0 ? '' : ` (${names.join(', ')})`);
