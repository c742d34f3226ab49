import type { Cohort } from '@tino/system/contract';
import type { CSSProperties } from 'react';
import { date, number, share } from '../../format.js';
import { useLanguage } from '../../language.js';

/** A line per period of first purchase: how many came, and which share bought in each period since. */
export function CohortTable({ cohorts, title }: { cohorts: Cohort[]; title: string }) {
  const { language, t } = useLanguage();
  const ages = Math.max(0, ...cohorts.map(({ retained }) => retained.length - 1));
  // The first period holds everyone by definition.
  const most = Math.max(0.01, ...cohorts.flatMap(({ retained }) => retained.slice(1).map(Number)));
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={title}>
      <table className="table cohorts">
        <caption className="note">
          {t({
            pt: 'Dos que compraram pela 1ª vez em cada período, quantos compraram nos períodos seguintes',
            en: 'Of those who first bought in each period, how many bought in the periods after',
          })}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t({ pt: 'Desde', en: 'From' })}</th>
            <th scope="col" className="num">
              {t({ pt: 'Chegaram', en: 'Came' })}
            </th>
            {Array.from({ length: ages }, (_, age) => (
              <th key={age} scope="col" className="num">
                +{age + 1}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cohorts.map(({ start, size, retained }) => (
            <tr key={start}>
              <th scope="row">{date(start, language)}</th>
              <td className="num">{number(size, language)}</td>
              {Array.from({ length: ages }, (_, age) => {
                const value = retained[age + 1];
                if (value === undefined || value === null)
                  return (
                    <td key={age} className="num muted">
                      ·
                    </td>
                  );
                const depth = { '--depth': value / most } as CSSProperties;
                return (
                  <td key={age} className="num cohort" style={depth}>
                    {share(value, language)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
