import type { Run, SentenceSpan } from '@tino/system/contract';
import { Link } from 'wouter';
import { date, number } from '../../format.js';
import { duration, moment } from '../../dates.js';
import { useLanguage } from '../../language.js';
import { metricName, metricValue } from '../../metrics.js';
import { Answer } from '../../parts/answer.js';
import { VERDICTS } from '../../tasks.js';
import { ranked } from './use-compared.js';

/** Who won, by how much over the plain baseline, and what the gate said. */
export function RunAnswer({ run }: { run: Run }) {
  const { t, language } = useLanguage();
  const folds = Math.max(0, ...run.leaderboard.map((row) => row.folds.length));
  const seconds = run.leaderboard.reduce((sum, row) => sum + row.seconds, 0);
  const cutoffs = run.abt?.cutoffs ?? [];
  return (
    <>
      <Answer spans={useSentence(run)} />
      <p className="provenance">
        <span>
          {t({
            pt: `${run.leaderboard.length} candidatos × ${folds} ${folds === 1 ? 'divisão' : 'divisões'}, a mesma para todos`,
            en: `${run.leaderboard.length} candidates × ${folds} ${folds === 1 ? 'fold' : 'folds'}, the same for all`,
          })}
        </span>
        {run.rows !== null && (
          <span>
            {number(run.rows, language)} {t({ pt: 'linhas', en: 'rows' })}
          </span>
        )}
        {cutoffs.length > 1 && (
          <span>
            {t({ pt: 'cortes de', en: 'cut-offs from' })} {date(cutoffs[0]!, language)}{' '}
            {t({ pt: 'a', en: 'to' })} {date(cutoffs.at(-1)!, language)}
          </span>
        )}
        <span>
          {t({ pt: 'semente', en: 'seed' })} {run.seed}
        </span>
        {run.abt && (
          <span>
            ABT {run.abt.hash.slice(0, 4)}…{run.abt.hash.slice(-4)}
          </span>
        )}
        <span>{moment(run.startedAt, language)}</span>
        <span>{duration(seconds)}</span>
        {run.verdict && (
          <Link className="under" href={`/models/${run.model}/${run.version ?? ''}`}>
            {t({ pt: 'portão:', en: 'gate:' })} {t(VERDICTS[run.verdict.verdict].words)}
          </Link>
        )}
      </p>
      {run.error && <p className="problem">{run.error}</p>}
    </>
  );
}

function useSentence(run: Run): SentenceSpan[] {
  const { t, language } = useLanguage();
  const rows = ranked(run);
  const winner = rows.find((row) => row.winner);
  const value = winner?.metrics[run.metric];
  if (winner === undefined || value === undefined)
    return [
      {
        kind: 'strong',
        text: t({
          pt: `A execução de ${run.model} não teve vencedor.`,
          en: `The run of ${run.model} had no winner.`,
        }),
      },
    ];
  const write = (one: number) =>
    `${metricName(run.metric, language)} ${metricValue(run.metric, one, language)}`;
  const base = rows.find((row) => row.baseline && row.name !== winner.name);
  const baseValue = base?.metrics[run.metric];
  return [
    {
      kind: 'strong',
      text: t({
        pt: `${run.model}: ganhou ${winner.name}, com ${write(value)}.`,
        en: `${run.model}: ${winner.name} won, with ${write(value)}.`,
      }),
    },
    ...(base && baseValue !== undefined
      ? [
          {
            kind: 'text' as const,
            text: t({
              pt: ` A referência simples (${base.name}) fica em ${metricValue(run.metric, baseValue, language)}.`,
              en: ` The plain baseline (${base.name}) stays at ${metricValue(run.metric, baseValue, language)}.`,
            }),
          },
        ]
      : []),
  ];
}
