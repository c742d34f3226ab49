import type { Forecast } from '@tino/system/contract';
import { useLanguage } from '../../language.js';

const NAMED_MAX = 8;

/** The phases of the season that move one way more often than chance would have it. */
export function Usual({ forecast: { season } }: { forecast: Forecast }) {
  const { language, t } = useLanguage();
  const named = (way: 'up' | 'down') =>
    season
      .filter(({ usual }) => usual === way)
      .slice(0, NAMED_MAX)
      .map(({ label }) => label[language])
      .join(', ');
  const [up, down] = [named('up'), named('down')];
  if (up === '' && down === '') return null;
  return (
    <p className="figure-note">
      {up !== '' && t({ pt: `Costuma subir: ${up}. `, en: `Usually rises: ${up}. ` })}
      {down !== '' && t({ pt: `Costuma cair: ${down}.`, en: `Usually falls: ${down}.` })}
    </p>
  );
}
