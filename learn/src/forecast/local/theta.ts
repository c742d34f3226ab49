import { addSeason, findSeasonality, removeSeason } from './decompose.js';
import type { LocalMethod } from './local-method.js';
import { bridged } from '../series/missing.js';
import { scaleOf } from '../series/statistics.js';
import { fitTheta, runTheta } from './theta-filter.js';

interface ThetaOptions {
  /**
   * The line is renewed at every point (DOTM) instead of being fitted once to all of them (OTM).
   */
  dynamic: boolean;
  /** Fixed at 2 it is the method of the M3 competition; `null` optimises it. */
  theta: number | null;
}

const POINTS_MIN = 4;

/**
 * The theta method as a state space model (Assimakopoulos and Nikolopoulos, 2000; Fiorucci et al.,
 * 2016), on the seasonally adjusted series: STM (θ = 2), OTM, DSTM (dynamic, θ = 2) and DOTM. Gaps
 * are bridged by a line; fewer than 4 points give the naive forecast. Parameters: form, α, weight
 * of the line (1 − 1 ÷ θ), first level.
 */
export const theta = ({ dynamic, theta }: ThetaOptions): LocalMethod => {
  if (theta !== null && !(theta >= 1))
    throw new RangeError(`theta is ${theta}, expected 1 or more, or null to optimise it`);
  const weight = theta === null ? null : 1 - 1 / theta;
  return {
    kind: 'theta',
    fit(values, period) {
      const y = removeSeason(bridged(values), findSeasonality(values, period));
      if (y.length < POINTS_MIN) return Float64Array.of(0, 1, 0, y[0]!);
      const scale = scaleOf(y);
      const fitted = fitTheta(
        y.map((value) => value / scale),
        dynamic,
        weight,
      );
      return Float64Array.of(1, fitted.alpha, fitted.weight, fitted.level * scale);
    },
    forecast(values, period, fitted, out, _around, parts) {
      const season = findSeasonality(values, period);
      const y = removeSeason(bridged(values), season);
      const trend = new Float64Array(out.length);
      if (y.length < POINTS_MIN || fitted.parameters[0] === 0) out.fill(y[y.length - 1]!);
      else runTheta(y, readTheta(y, fitted), dynamic, out, { fitted: y.slice(), trend });
      if (parts !== undefined) {
        parts['level'] = out.map((value, h) => value - trend[h]!);
        parts['trend'] = trend;
      }
      addSeason(out, season, values.length, parts);
    },
    trace(values, period, parameters, out) {
      const season = findSeasonality(values, period);
      const y = removeSeason(bridged(values), season);
      const own = { parameters, fresh: false };
      const none = new Float64Array(0);
      if (y.length < POINTS_MIN || parameters[0] === 0) out.fill(NaN);
      else runTheta(y, readTheta(y, own), dynamic, none, { fitted: out, trend: none });
      addSeason(out, season, 0);
    },
    usedInstead: (values) =>
      values.length < POINTS_MIN
        ? `naive: ${values.length} points, theta needs ${POINTS_MIN}`
        : undefined,
  };
};

function readTheta(
  y: Float64Array,
  { parameters, fresh }: { parameters: Float64Array; fresh: boolean },
) {
  const [, alpha, weight, level] = parameters;
  return {
    alpha: alpha!,
    weight: weight!,
    level: fresh ? y[0]! * (1 - weight!) : level!,
  };
}
