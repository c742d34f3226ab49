/** One member of the family of exponential smoothing (Hyndman, Koehler, Ord and Snyder, 2008). */
export interface EtsForm {
  /** Three or four letters: error A or M, trend N, A or Ad, season N, A or M. */
  name: string;
  multiplicativeError: boolean;
  trend: boolean;
  damped: boolean;
  season: 'N' | 'A' | 'M';
}

const formsOf = (error: 'A' | 'M', seasons: readonly EtsForm['season'][]): EtsForm[] =>
  ['N', 'A', 'Ad'].flatMap((trend) =>
    seasons.map((season) => ({
      name: error + trend + season,
      multiplicativeError: error === 'M',
      trend: trend !== 'N',
      damped: trend === 'Ad',
      season,
    })),
  );

/**
 * The family without multiplicative trends. The place in this list is what a saved model keeps: add
 * only at the end.
 */
export const etsForms: readonly EtsForm[] = [
  ...formsOf('A', ['N', 'A']),
  ...formsOf('M', ['N', 'A', 'M']),
  ...formsOf('A', ['M']),
];

/** Additive error on a multiplicative season has unstable variance: only served when asked for. */
export const isStableForm = ({ multiplicativeError, season }: EtsForm): boolean =>
  multiplicativeError || season !== 'M';

/** Smoothing parameters, first states and the variance: what AICc counts. */
export const countParameters = (form: EtsForm, period: number): number =>
  3 + (form.trend ? 2 : 0) + (form.damped ? 1 : 0) + (form.season === 'N' ? 0 : period);
