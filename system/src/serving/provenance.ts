import type { Provenance } from '../contract/common.js';
import type { Words } from '../contract/words.js';
import type { VersionMeta } from '../training/package.js';
import type { Rung } from './ladder.js';
import { formatNumber } from './sentence.js';

/** Where a number comes from: version, rung of the ladder, newest data, quality in people's words. */
export const provenanceOf = ({
  rung,
  version,
  package: { meta },
}: Pick<Rung<unknown>, 'rung' | 'version' | 'package'>): Provenance => ({
  model: meta.model,
  version,
  alias: rung === 'previous' ? null : 'champion',
  rung,
  dataUntil: meta.dataUntil,
  quality: rung === 'baseline' ? BASELINE : qualityOf(meta),
  coverage: rung === 'baseline' ? [] : meta.coverage,
});

const BASELINE: Words = {
  pt: 'só a referência responde: o modelo não pôde ser lido',
  en: 'only the baseline answers: the model could not be read',
};

/** Written by the training; a version without words says its error, or what it gains on its baseline. */
export function qualityOf({ detail, metric, metrics, folds, baselineFolds }: VersionMeta): Words {
  const words = detail['quality'] as Words | undefined;
  if (words !== undefined) return words;
  const value = metrics[metric] ?? mean(folds);
  if (metric === 'wape' || metric === 'smape')
    return {
      pt: `erro médio de ${formatNumber(value, 'share', 'pt')}`,
      en: `typical error of ${formatNumber(value, 'share', 'en')}`,
    };
  const gain = 1 - value / mean(baselineFolds);
  if (!Number.isFinite(gain)) return { pt: metric, en: metric };
  return {
    pt: `erra ${formatNumber(gain, 'share', 'pt')} menos que a referência`,
    en: `errs ${formatNumber(gain, 'share', 'en')} less than its baseline`,
  };
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
