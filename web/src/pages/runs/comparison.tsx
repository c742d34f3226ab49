import type { Run } from '@tino/system/contract';
import { duration } from '../../dates.js';
import { useLanguage } from '../../language.js';
import { metricDifference, metricName } from '../../metrics.js';
import { plainOf } from '../../recipe.js';
import { PairedFolds } from './paired-folds.js';
import type { Compared } from './use-compared.js';

type Candidate = Run['leaderboard'][number];

/** Two candidates by fold, and only the parameters that differ. */
export function Comparison({ run, compared: { a, b } }: { run: Run; compared: Compared }) {
  const { t } = useLanguage();
  if (!a || !b)
    return (
      <aside className="panel">
        <p className="soft">
          {t({ pt: 'Marque duas linhas para comparar.', en: 'Mark two rows to compare.' })}
        </p>
      </aside>
    );
  return (
    <aside className="panel">
      <h2 className="heading">{t({ pt: 'A contra B', en: 'A against B' })}</h2>
      <Says run={run} a={a} b={b} />
      <PairedFolds run={run} a={a} b={b} />
      <Differences a={a} b={b} />
    </aside>
  );
}

const Says = ({ run, a, b }: { run: Run; a: Candidate; b: Candidate }) => (
  <p className="panel-says">{useSentence(run, a, b)}</p>
);

function useSentence(run: Run, a: Candidate, b: Candidate): string {
  const { t, language } = useLanguage();
  const folds = Math.min(a.folds.length, b.folds.length);
  const gap = (b.metrics[run.metric] ?? 0) - (a.metrics[run.metric] ?? 0);
  const sign = run.better === 'lower' ? 1 : -1;
  const lost = a.folds
    .slice(0, folds)
    .filter((fold, at) => sign * (b.folds[at]! - fold) > 0).length;
  const name = metricName(run.metric, language);
  const size = metricDifference(run.metric, Math.abs(gap), language).slice(1);
  return t({
    pt: `O ${name} de B é ${size} ${gap < 0 ? 'menor' : 'maior'} que o de A. Perde em ${lost} de ${folds} ${folds === 1 ? 'divisão' : 'divisões'}.`,
    en: `The ${name} of B is ${size} ${gap < 0 ? 'less' : 'more'} than that of A. It loses in ${lost} of ${folds} ${folds === 1 ? 'fold' : 'folds'}.`,
  });
}

function Differences({ a, b }: { a: Candidate; b: Candidate }) {
  const { t, language } = useLanguage();
  const names = [...new Set([...Object.keys(a.recipe.params), ...Object.keys(b.recipe.params)])];
  const written = names.map((name) => ({
    name,
    a: plainOf(a.recipe.params[name], language),
    b: plainOf(b.recipe.params[name], language),
  }));
  const rows = [
    { name: t({ pt: 'estimador', en: 'estimator' }), a: a.recipe.kind, b: b.recipe.kind },
    ...written,
    { name: t({ pt: 'tempo', en: 'time' }), a: duration(a.seconds), b: duration(b.seconds) },
  ].filter((row) => row.a !== row.b);
  return (
    <table className="table differences">
      <caption className="note">{t({ pt: 'Só o que difere', en: 'Only what differs' })}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="hidden">{t({ pt: 'Parâmetro', en: 'Parameter' })}</span>
          </th>
          <th scope="col" className="letter-A">
            A
          </th>
          <th scope="col" className="letter-B">
            B
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">{row.name}</th>
            <td>{row.a}</td>
            <td>{row.b}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
