import type { Words } from '../contract/words.js';
import type { ClassifyDeclaration, RegressDeclaration } from '../workspace/types.js';
import type { TabularResult } from './job.js';

/** The quality of a version in people's words, from the held-out rows. */
export function qualityWords(
  { task, metric }: ClassifyDeclaration | RegressDeclaration,
  { metrics, detail, scores }: Pick<TabularResult, 'metrics' | 'detail' | 'scores'>,
): Words {
  if (task === 'classify') {
    // The mean of the folds, as the leaderboard shows it: folds of other times have other base rates.
    const folds = scores.challenger;
    const area =
      metric === 'rocAuc'
        ? folds.reduce((sum, value) => sum + value, 0) / folds.length
        : (metrics['rocAuc'] ?? 0.5);
    const pairs = Math.round(area * 100);
    return {
      pt: `ordena certo ${pairs} de cada 100 pares; ao acaso seriam 50`,
      en: `orders ${pairs} of each 100 pairs right; chance would be 50`,
    };
  }
  const typical = detail['typicalError'];
  const explained = Math.round(Math.max(0, metrics['r2'] ?? 0) * 100);
  if (typeof typical !== 'number' || !Number.isFinite(typical))
    return {
      pt: `explica ${explained}% das diferenças entre um e outro`,
      en: `explains ${explained}% of the differences between one and another`,
    };
  const percent = (typical * 100).toFixed(typical < 0.1 ? 1 : 0);
  return {
    pt: `erra ${percent.replace('.', ',')}% para mais ou para menos, na metade dos casos`,
    en: `is within ${percent}% half of the time`,
  };
}
