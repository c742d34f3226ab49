import type { Today } from '@tino/system/contract';
import { Link } from 'wouter';
import { useLanguage } from '../../language.js';

const DOTS = { good: 'dot-good', small: 'dot-caution', stale: 'dot-caution', none: 'dot-none' };

/** A line per model: is it in date, and how good is it, in people's words. */
export function Trust({ trust }: { trust: Today['trust'] }) {
  const { t } = useLanguage();
  return (
    <section>
      <h2 className="heading">{t({ pt: 'Dá para confiar?', en: 'Can it be trusted?' })}</h2>
      <table className="trust">
        <caption className="hidden">
          {t({ pt: 'Situação e qualidade de cada modelo', en: 'State and quality of each model' })}
        </caption>
        <thead className="hidden">
          <tr>
            <th scope="col">{t({ pt: 'Pergunta', en: 'Question' })}</th>
            <th scope="col">{t({ pt: 'Situação', en: 'State' })}</th>
            <th scope="col">{t({ pt: 'Qualidade', en: 'Quality' })}</th>
          </tr>
        </thead>
        <tbody>
          {trust.map(({ model, title, state, label, says }) => (
            <tr key={model}>
              <th scope="row">
                <Link className="trust-model" href={`/m/${model}`}>
                  {t(title)}
                </Link>
              </th>
              <td className="trust-state">
                <i className={`dot ${DOTS[state]}`} />
                {label}
              </td>
              <td>{says}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
