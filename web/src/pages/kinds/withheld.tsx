import type { Forecast } from '@tino/system/contract';
import { share } from '../../format.js';
import { useLanguage } from '../../language.js';

/** Which intervals were left out, and why. */
export function Withheld({ forecast: { withheld, total } }: { forecast: Forecast }) {
  const { language, t } = useLanguage();
  const onlyTotal = total.withheld.filter(
    ({ level }) => !withheld.some((one) => one.level === level),
  );
  return [...withheld, ...onlyTotal].map(({ level, reason }, i) => (
    <p key={level} className="figure-note">
      {t({
        pt: `Sem a faixa de ${share(level, 'pt')}${i < withheld.length ? '' : ' do total'}: `,
        en: `Without the ${share(level, 'en')} interval${i < withheld.length ? '' : ' of the total'}: `,
      })}
      {reason[language]}.
    </p>
  ));
}
