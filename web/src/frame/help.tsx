import { useLanguage } from '../language.js';

/** What each key does. */
export function Help() {
  const { t } = useLanguage();
  return (
    <dl className="keys">
      {KEYS.map(({ keys, does }) => (
        <div key={keys} className="keys-row">
          <dt>
            <kbd>{keys}</kbd>
          </dt>
          <dd>{t(does)}</dd>
        </div>
      ))}
    </dl>
  );
}

const KEYS = [
  {
    keys: 'Ctrl K',
    does: { pt: 'ir para uma página, um modelo, uma fonte', en: 'go to a page, a model, a source' },
  },
  { keys: '/', does: { pt: 'primeiro filtro', en: 'first filter' } },
  { keys: 'J  K', does: { pt: 'linha seguinte, linha anterior', en: 'next row, row before' } },
  { keys: 'Enter', does: { pt: 'abrir a linha', en: 'open the row' } },
  { keys: 'X', does: { pt: 'comparar a linha (em Execuções)', en: 'compare the row (in Runs)' } },
  { keys: 'E', does: { pt: 'exportar', en: 'export' } },
  { keys: '← →', does: { pt: 'andar dentro de um gráfico', en: 'walk inside a chart' } },
  { keys: '?', does: { pt: 'esta lista', en: 'this list' } },
];
