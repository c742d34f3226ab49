import type { Provenance } from '@tino/system/contract';
import { Link } from 'wouter';
import { date, share } from '../format.js';
import { useLanguage } from '../language.js';

/** Version, data until, error in words, how often the interval held, and the way to the proof. */
export function ProvenanceLine({ provenance }: { provenance: Provenance }) {
  const { language, t } = useLanguage();
  const { model, version, rung, dataUntil, quality, coverage } = provenance;
  const narrowest = coverage.toSorted((a, b) => a.level - b.level)[0];
  return (
    <p className="provenance">
      <span>
        <i className={`dot ${rung === 'champion' ? 'dot-good' : 'dot-caution'}`} />
        {model} v{version}, {t(RUNGS[rung])}
      </span>
      {dataUntil !== null && (
        <span>
          {t({ pt: 'dados até', en: 'data until' })} {date(dataUntil, language)}
        </span>
      )}
      <span>{t(quality)}</span>
      {narrowest && (
        <span>
          {t({
            pt: `a faixa de ${share(narrowest.level, language)} acertou ${share(narrowest.measured, language)}`,
            en: `the ${share(narrowest.level, language)} interval held ${share(narrowest.measured, language)}`,
          })}
        </span>
      )}
      <Link className="under" href={`/models/${model}/${version}`}>
        {t({ pt: 'como sabemos', en: 'how we know' })}
      </Link>
    </p>
  );
}

const RUNGS = {
  champion: { pt: 'campeã', en: 'champion' },
  previous: {
    pt: 'a campeã anterior, porque a atual não abriu',
    en: 'the previous champion, because the present one did not open',
  },
  baseline: {
    pt: 'a referência simples, porque nenhuma versão abriu',
    en: 'the plain baseline, because no version opened',
  },
};
