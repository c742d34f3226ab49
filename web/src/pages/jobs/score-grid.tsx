import { useLanguage } from '../../language.js';

/** Candidate × fold, a cell filled with its score as soon as it is known. */
export function ScoreGrid({
  scores,
  open,
}: {
  scores: Map<string, Map<number, number>>;
  open: boolean;
}) {
  const { t, language } = useLanguage();
  const folds = 1 + Math.max(...[...scores.values()].flatMap((row) => [...row.keys()]));
  const write = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  return (
    <table className="grid">
      <caption className="hidden">
        {t({ pt: 'Medida por candidato e divisão', en: 'Score by candidate and fold' })}
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="hidden">{t({ pt: 'Candidato', en: 'Candidate' })}</span>
          </th>
          {Array.from({ length: folds }, (_, fold) => (
            <th key={fold} scope="col">
              {fold + 1}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...scores].map(([candidate, row]) => (
          <tr key={candidate}>
            <th scope="row">{candidate}</th>
            {Array.from({ length: folds }, (_, fold) => {
              const value = row.get(fold);
              const look =
                value === undefined ? (open ? 'cell cell-next' : 'cell') : 'cell cell-full';
              return (
                <td key={fold}>
                  <span className={look}>{value === undefined ? '' : write.format(value)}</span>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
