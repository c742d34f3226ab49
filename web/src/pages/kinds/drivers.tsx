import type { Forecast } from '@tino/system/contract';
import { share } from '../../format.js';
import { useLanguage } from '../../language.js';

/** What the forecast leans on, as shares of one. */
export function Drivers({ forecast: { drivers } }: { forecast: Forecast }) {
  const { language, t } = useLanguage();
  if (drivers.length === 0) return null;
  return (
    <section>
      <h2 className="section-title">
        {t({ pt: 'Em que a previsão se apoia', en: 'What the forecast leans on' })}
      </h2>
      <dl className="drivers">
        {drivers.map(({ name, share: part }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <span className="driver-bar" style={{ width: `${Math.round(part * 100)}%` }} />
              {share(part, language)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
