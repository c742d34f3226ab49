import type { Run } from '@tino/system/contract';
import { duration } from '../../dates.js';
import { useLanguage } from '../../language.js';
import { metricName, metricValue } from '../../metrics.js';
import { Searched } from './searched.js';
import { FoldDots, foldScale, FoldAxis } from './fold-dots.js';
import { ranked, type Compared } from './use-compared.js';

type Candidate = Run['leaderboard'][number];

/** Every candidate from best to worst, with a dot per fold on one shared scale. */
export function Leaderboard({ run, compared }: { run: Run; compared: Compared }) {
  const { t, language } = useLanguage();
  const rows = ranked(run);
  const scale = foldScale(rows, run);
  return (
    <section>
      <table className="table leaderboard" data-keys>
        <caption className="hidden">
          {t({ pt: 'Candidatos, do melhor ao pior', en: 'Candidates, best first' })}
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="hidden">{t({ pt: 'Comparar', en: 'Compare' })}</span>
            </th>
            <th scope="col">{t({ pt: 'Candidato', en: 'Candidate' })}</th>
            <th scope="col" className="num">
              {metricName(run.metric, language)}
            </th>
            <th scope="col" className="wide-only">
              <FoldAxis scale={scale} run={run} />
            </th>
            <th scope="col" className="num">
              {t({ pt: 'Tempo', en: 'Time' })}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <CandidateRow key={row.name} row={row} run={run} compared={compared} scale={scale} />
          ))}
        </tbody>
      </table>
      <p className="note legend">
        {t({
          pt: '• um ponto por divisão · barra: a média · marque duas linhas para comparar (ou X)',
          en: '• one dot per fold · bar: the mean · mark two rows to compare (or X)',
        })}
      </p>
    </section>
  );
}

interface RowProps {
  row: Candidate;
  run: Run;
  compared: Compared;
  scale: ReturnType<typeof foldScale>;
}

function CandidateRow({ row, run, compared, scale }: RowProps) {
  const { t, language } = useLanguage();
  const value = row.metrics[run.metric];
  const letter = compared.a === row ? 'A' : compared.b === row ? 'B' : null;
  const label = t({ pt: `Comparar ${row.name}`, en: `Compare ${row.name}` });
  return (
    <tr
      tabIndex={0}
      aria-selected={letter !== null}
      onKeyDown={(event) => event.key.toLowerCase() === 'x' && compared.toggle(row.name)}
    >
      <td>
        <button
          type="button"
          className={`mark mark-${letter ?? 'none'}`}
          aria-label={label}
          aria-pressed={letter !== null}
          disabled={row.folds.length === 0}
          onClick={() => compared.toggle(row.name)}
        >
          {letter}
        </button>
      </td>
      <td>
        <span className={row.winner ? 'name' : ''}>{row.name}</span>{' '}
        {row.winner && <span className="chip">{t({ pt: 'venceu', en: 'won' })}</span>}
        {row.baseline && <span className="chip">{t({ pt: 'base', en: 'baseline' })}</span>}
        {row.error && <p className="problem">{row.error}</p>}
        {row.tried && <Searched tried={row.tried} metric={run.metric} />}
      </td>
      <td className="num name">
        {value === undefined ? '—' : metricValue(run.metric, value, language)}
      </td>
      <td className="wide-only">
        <FoldDots folds={row.folds} mean={value} scale={scale} run={run} />
      </td>
      <td className="num">{duration(row.seconds)}</td>
    </tr>
  );
}
