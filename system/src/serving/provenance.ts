import type { Provenance } from '../contract/common.js';
import type { Words } from '../contract/words.js';
import type { VersionMeta } from '../training/package.js';
import type { Rung } from './ladder.js';

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

/** Written by the training; a version without words shows its metric. */
export function qualityOf({ detail, metric, metrics, folds }: VersionMeta): Words {
  const words = detail['quality'] as Words | undefined;
  if (words !== undefined) return words;
  const mean = folds.reduce((sum, value) => sum + value, 0) / folds.length;
  const text = `${metric} ${Number((metrics[metric] ?? mean).toPrecision(3))}`;
  return { pt: text.replace('.', ','), en: text };
}
