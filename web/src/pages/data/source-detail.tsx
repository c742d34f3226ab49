import type { SourceAnswer } from '@tino/system/contract';
import { number } from '../../format.js';
import { useLanguage } from '../../language.js';

/** One source: why rows were set aside, and the contract of each column. */
export function SourceDetail({ source }: { source: SourceAnswer }) {
  const { t, language } = useLanguage();
  return (
    <aside className="panel">
      <h2 className="heading">{source.id}</h2>
      <h3 className="panel-heading">{t({ pt: 'Posto de lado', en: 'Set aside' })}</h3>
      {source.reasons.length === 0 && (
        <p className="soft">
          {t({
            pt: 'Nenhuma linha: todas respeitam o contrato.',
            en: 'No row: all keep the contract.',
          })}
        </p>
      )}
      <ul className="rejects">
        {source.reasons.map(({ code, says, count, example }) => (
          <li key={`${code} ${example}`}>
            <p>
              <strong>{number(count, language)}</strong> · {t(says)}
            </p>
            <p className="state-code">
              {code} · {example}
            </p>
          </li>
        ))}
      </ul>
      <h3 className="panel-heading">{t({ pt: 'Colunas', en: 'Columns' })}</h3>
      <table className="table differences">
        <caption className="hidden">
          {t({ pt: 'Contrato das colunas', en: 'Contract of the columns' })}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t({ pt: 'Nome', en: 'Name' })}</th>
            <th scope="col">{t({ pt: 'Tipo', en: 'Type' })}</th>
            <th scope="col">{t({ pt: 'Sabida em', en: 'Known at' })}</th>
          </tr>
        </thead>
        <tbody>
          {source.columns.map(({ name, type, personal, knownAt }) => (
            <tr key={name}>
              <th scope="row">
                {name}{' '}
                {personal && (
                  <span className="chip chip-caution">{t({ pt: 'pessoal', en: 'personal' })}</span>
                )}
              </th>
              <td>{type}</td>
              <td>{knownAt ?? '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </aside>
  );
}
