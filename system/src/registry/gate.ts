import type { Verdict } from '../contract/models.js';
import { check, type Check, type Evidence } from '../training/evidence.js';
import type { Gate } from '../workspace/types.js';

/**
 * First: better than its baseline; what else it lacks is said, for nothing serves in its place. Refresh (same recipe, newer data): not worse than the champion by more
 * than the margin, and sane. Replace (another recipe): better by the minimum useful gain. What loses to its
 * baseline is rejected whatever else holds.
 */
export function judge(evidence: Evidence, { minGain, margin = minGain / 2 }: Gate): Verdict {
  const { metric, better, champion, checks: sanity } = evidence;
  const sign = better === 'higher' ? 1 : -1;
  const challengerMean = mean(evidence.challenger);
  const baselineMean = mean(evidence.baseline);
  const championMean = champion === null ? null : mean(champion);
  const kind = champion === null ? 'first' : evidence.sameRecipe ? 'refresh' : 'replace';
  const difference =
    evidence.difference ??
    (championMean === null
      ? null
      : { difference: sign * (challengerMean - championMean), lower: NaN, upper: NaN });
  const overBaseline = sign * (challengerMean - baselineMean);
  const beats = check(
    'baseline',
    overBaseline > 0,
    `${shown.pt(challengerMean)} contra ${shown.pt(baselineMean)} da referência`,
    `${shown.en(challengerMean)} against ${shown.en(baselineMean)} of the baseline`,
  );
  const checks = [beats, ...comparison(kind, difference, { minGain, margin }), ...sanity];
  return {
    verdict: verdictOf(kind, beats.passed, checks),
    kind,
    metric,
    better,
    challenger: finite(challengerMean),
    champion: championMean === null ? null : finite(championMean),
    baseline: finite(baselineMean),
    difference: orNull(difference?.difference),
    lower: orNull(difference?.lower),
    upper: orNull(difference?.upper),
    minGain,
    checks,
  };
}

function verdictOf(
  kind: Verdict['kind'],
  beatsBaseline: boolean,
  checks: readonly Check[],
): Verdict['verdict'] {
  if (!beatsBaseline) return 'REJECT';
  return kind === 'first' || checks.every(({ passed }) => passed) ? 'PROMOTE' : 'HOLD';
}

function comparison(
  kind: Verdict['kind'],
  difference: Evidence['difference'],
  { minGain, margin }: { minGain: number; margin: number },
): Check[] {
  if (kind === 'first' || difference === null) return [];
  const gain = difference.difference;
  if (kind === 'refresh') {
    const least = Number.isNaN(difference.lower) ? gain : difference.lower;
    return [
      check(
        'notWorse',
        least >= -margin,
        `mesma receita, dados novos: diferença ${signed.pt(gain)}; tolerância ${shown.pt(margin)}`,
        `same recipe, newer data: difference ${signed.en(gain)}, margin ${shown.en(margin)}`,
      ),
    ];
  }
  const sure = Number.isNaN(difference.lower) || difference.lower > 0;
  return [
    check(
      'gain',
      gain >= minGain,
      `outra receita: ganho ${signed.pt(gain)}; é preciso ${shown.pt(minGain)}`,
      `another recipe: gain ${signed.en(gain)}, needed ${shown.en(minGain)}`,
    ),
    check(
      'interval',
      sure,
      sure ? 'o ganho não é acaso' : `o ganho pode ser acaso: de ${signed.pt(difference.lower)}`,
      sure
        ? 'the gain is not chance'
        : `the gain may be chance: from ${signed.en(difference.lower)}`,
    ),
  ];
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const orNull = (value: number | undefined) =>
  value === undefined || !Number.isFinite(value) ? null : value;
const finite = (value: number) => (Number.isFinite(value) ? value : 0);

/** Four digits, in thousands and decimals as each language writes them. */
const written = (locale: string) => {
  const format = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 });
  return (value: number) => format.format(value);
};
const shown = { pt: written('pt-BR'), en: written('en') };
const signOf = (value: number) => (value < 0 ? '−' : '+');
const signed = {
  pt: (value: number) => `${signOf(value)}${shown.pt(Math.abs(value))}`,
  en: (value: number) => `${signOf(value)}${shown.en(Math.abs(value))}`,
};
