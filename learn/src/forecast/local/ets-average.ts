import { adjustEts, ets, fitForms, writeEts } from './ets.js';
import { etsForms } from './ets-form.js';
import type { LocalMethod, Parts } from './local-method.js';

/** Below it a form would not be heard. */
const WEIGHT_MIN = 0.02;

/**
 * Every form of exponential smoothing that a series allows, weighted by how likely AICc makes it
 * the best of them: e to minus half its distance from the smallest (Burnham and Anderson, 2002;
 * Kolassa, 2011). It costs what the choice of one costs, and does not stake all on a choice that is
 * close. Parameters: which forms as one number, then weight, length and parameters of each.
 */
export const etsAverage = ({ trendPrior }: { trendPrior: number }): LocalMethod => {
  const one = ets({ model: 'auto', trendPrior });
  return {
    kind: 'etsAverage',
    fit(values, period) {
      const { adjusted, inner } = adjustEts(values, period);
      const fits = fitForms(adjusted, inner, 'auto', trendPrior);
      const least = Math.min(...fits.map(({ criterion }) => criterion));
      const weighed = fits.map((fit) => ({
        fit,
        weight: fits.length === 1 ? 1 : Math.exp(-(fit.criterion - least) / 2),
      }));
      const all = weighed.reduce((sum, { weight }) => sum + weight, 0);
      const kept = weighed.filter(({ weight }) => weight >= WEIGHT_MIN * all);
      const total = kept.reduce((sum, { weight }) => sum + weight, 0);
      const code = kept.reduce((sum, { fit }) => sum + 2 ** etsForms.indexOf(fit.form), 0);
      const members = kept.flatMap(({ fit, weight }) => {
        const own = writeEts(fit);
        return [weight / total, own.length, ...own];
      });
      return Float64Array.of(code, ...members);
    },
    forecast(values, period, { parameters, fresh }, out, around, parts) {
      const ahead = new Float64Array(out.length);
      out.fill(0);
      // Medians of pooled weights need not sum to one.
      const members = membersOf(parameters);
      const total = members.reduce((sum, { weight }) => sum + weight, 0);
      for (const { weight, own } of members) {
        const each: Parts | undefined = parts === undefined ? undefined : {};
        one.forecast(values, period, { parameters: own, fresh }, ahead, around, each);
        addTo(out, ahead, weight / total);
        for (const [name, part] of Object.entries(each ?? {}))
          addTo((parts![name] ??= new Float64Array(out.length)), part, weight / total);
      }
    },
    trace(values, period, parameters, out, around) {
      const fitted = new Float64Array(out.length);
      out.fill(0);
      for (const { weight, own } of membersOf(parameters)) {
        one.trace!(values, period, own, fitted, around);
        addTo(out, fitted, weight);
      }
    },
    usedInstead: (values, period, parameters) =>
      one.usedInstead!(values, period, membersOf(parameters)[0]!.own),
  };
};

function membersOf(parameters: Float64Array): { weight: number; own: Float64Array }[] {
  const members: { weight: number; own: Float64Array }[] = [];
  for (let at = 1; at < parameters.length;) {
    const end = at + 2 + parameters[at + 1]!;
    members.push({ weight: parameters[at]!, own: parameters.subarray(at + 2, end) });
    at = end;
  }
  return members;
}

function addTo(sum: Float64Array, part: Float64Array, weight: number): void {
  for (let h = 0; h < sum.length; h++) sum[h]! += weight * part[h]!;
}
