import type { Effects } from '../estimator.js';
import { takeRows, type Frame } from '../frame.js';
import { permutation } from '../random.js';
import { covarianceKinds, type CovarianceKind } from './gaussians.js';
import { mixture, type MixtureParams } from './mixture.js';

export interface ChooseMixtureOptions extends Omit<MixtureParams, 'k' | 'covariance'> {
  kMax?: number;
  covariances?: readonly CovarianceKind[];
  /** Rows that the choice looks at. */
  rowsMax?: number;
}

export interface MixtureCandidate {
  k: number;
  covariance: CovarianceKind;
  /** Schwarz's criterion; lower is better. */
  bic: number;
}

export type MixtureChoice =
  | { k: number; covariance: CovarianceKind; candidates: MixtureCandidate[]; reason: string }
  | { k: null; covariance: null; candidates: MixtureCandidate[]; reason: string };

/**
 * Components and shape of a mixture by Schwarz's criterion (Fraley and Raftery, 2002); `null` with
 * the reason when one normal cloud explains the rows best.
 */
export async function chooseMixture(
  x: Frame,
  options: ChooseMixtureOptions,
  { rng, stop, progress, pool }: Effects,
): Promise<MixtureChoice> {
  const {
    kMax = 8,
    covariances = covarianceKinds,
    rowsMax = 5000,
    starts = 3,
    ...params
  } = options;
  const drawn =
    x.rows > rowsMax ? takeRows(x, permutation(x.rows, rng.fork('rows')).subarray(0, rowsMax)) : x;
  const candidates: MixtureCandidate[] = [];
  const most = Math.min(kMax, Math.floor(drawn.rows / 5));
  if (most < 1) throw new Error(`${x.rows} rows are too few for a mixture; at least 5 are needed`);
  for (let k = 1; k <= most; k++)
    for (const covariance of covariances) {
      if (stop?.stopped === true && candidates.length > 0) break;
      const effects = { rng: rng.fork(`${covariance} ${k}`), ...(pool && { pool }) };
      const estimator = mixture({ ...params, starts, k, covariance });
      const model = await estimator.fit({ x: drawn, y: new Float64Array(0) }, effects);
      candidates.push({ k, covariance, bic: model.bic(drawn) });
      progress?.(candidates.length / (most * covariances.length));
    }
  const best = candidates.reduce((a, b) => (b.bic < a.bic ? b : a));
  const said = `${best.covariance} covariance has the lowest BIC (${best.bic.toFixed(0)}) of ${candidates.length} mixtures`;
  return best.k === 1
    ? { k: null, covariance: null, candidates, reason: `no clusters: one cloud of ${said}` }
    : {
        k: best.k,
        covariance: best.covariance,
        candidates,
        reason: `${best.k} components of ${said}`,
      };
}
