import type { Forecast } from '@tino/system/contract';
import { share } from '../../format.js';
import { useLanguage } from '../../language.js';

/** Which intervals were left out, and why. */
export function Withheld({ forecast: { withheld } }: { forecast: Forecast }) {
  const { language, t } = useLanguage();
  return withheld.map(({ level, reason }) => (
    <p key={level} className="figure-note">
      {t({
        pt: `Sem a faixa de ${share(level, 'pt')}: `,
        en: `Without the ${share(level, 'en')} interval: `,
      })}
      {reason[language]}.
    </p>
  ));
}
