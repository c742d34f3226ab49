import type { Promotion, VersionAnswer } from '@tino/system/contract';
import { Link } from 'wouter';
import { date, number } from '../../format.js';
import { useLanguage } from '../../language.js';
import { metricName, metricValue } from '../../metrics.js';
import { recipeOf } from '../../recipe.js';
import { useMayWhole } from '../../session.js';
import { MOVES, whoOf } from '../../tasks.js';

interface VersionInsideProps {
  version: VersionAnswer;
  promotion: Promotion | null;
}

/** An immutable version: its recipe, what it reads, how it did, and the sum that proves it. */
export function VersionInside({ version, promotion }: VersionInsideProps) {
  const { t, language } = useLanguage();
  const analyst = useMayWhole('analyst');
  const { model, members, signature, metrics } = version;
  const lines: [string, string][] = [
    [t({ pt: 'Receita', en: 'Recipe' }), recipeOf(version.recipe, language)],
    [
      t({ pt: 'Dados até', en: 'Data until' }),
      version.dataUntil ? date(version.dataUntil, language) : '—',
    ],
    ...(promotion
      ? [
          [
            t({ pt: 'Decidida por', en: 'Decided by' }),
            promotion.verdict
              ? `${whoOf(promotion.by, t)}, ${t(MOVES[promotion.kind])}`
              : `${whoOf(promotion.by, t)}: ${promotion.reason}`,
          ] as [string, string],
        ]
      : []),
    [
      t({ pt: 'No teste', en: 'Held out' }),
      Object.entries(metrics)
        .filter(([name]) => !name.includes('.') && name !== 'baseline')
        .map(
          ([name, value]) => `${metricName(name, language)} ${metricValue(name, value, language)}`,
        )
        .join(' · '),
    ],
    ...(members
      ? [
          [
            t({ pt: 'Membros', en: 'Members' }),
            t({
              pt: `${members.global} usam o global, ${members.local} têm o seu`,
              en: `${members.global} use the global one, ${members.local} have their own`,
            }),
          ] as [string, string],
        ]
      : []),
    [
      t({ pt: 'Assinatura', en: 'Signature' }),
      t({ pt: `${signature.length} colunas`, en: `${signature.length} columns` }),
    ],
    [
      t({ pt: 'Soma confere', en: 'Checksum' }),
      `${version.hash.slice(0, 6)}…${version.hash.slice(-4)} · ${number(version.bytes / 1024, language, 0)} kB`,
    ],
  ];
  return (
    <section className="inside">
      <h2 className="heading">
        {t({ pt: `A v${version.version} por dentro`, en: `Inside v${version.version}` })}
      </h2>
      <dl className="inside-facts">
        {lines.map(([name, value]) => (
          <div key={name} className="inside-row">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {analyst && (
        <div className="row">
          <a
            className="button button-quiet"
            href={`/v1/models/${model}/versions/${version.version}/artifact`}
            download
          >
            {t({ pt: 'Baixar artefato', en: 'Download artifact' })}
          </a>
          <Link className="button button-quiet" href={`/runs?run=${version.run}`}>
            {t({ pt: 'Abrir a execução', en: 'Open the run' })}
          </Link>
        </div>
      )}
    </section>
  );
}
