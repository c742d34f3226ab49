import { addSeason, findSeasonality, removeSeason } from './decompose.js';
import { fitLine, type Line } from './line.js';
import type { LocalMethod } from './local.js';
import { bridged } from './missing.js';
import { nelderMead } from './simplex.js';
import { scaleOf } from './statistics.js';

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
 * 2016), on the seasonally adjusted series. Gaps are bridged by a line; fewer than 4 points give
 * the naive forecast. Parameters: form, α, θ, first level.
 */
export const theta = (options: ThetaOptions): LocalMethod => ({
  kind: 'theta',
  fit(values, period) {
    const y = removeSeason(bridged(values), findSeasonality(values, period));
    if (y.length < POINTS_MIN) return Float64Array.of(0, 1, 1, y[0]!);
    const scale = scaleOf(y);
    const scaled = y.map((value) => value / scale);
    const line = fitLine(scaled);
    const decode = (x: Float64Array) => ({
      alpha: 0.1 + 0.89 / (1 + Math.exp(-x[0]!)),
      level: scaled[0]! * 0.5 + x[1]!,
      theta: options.theta ?? 1 + Math.exp(x[2]!),
    });
    const { x } = nelderMead(
      (x) => run(scaled, { ...decode(x), dynamic: options.dynamic, line }).squares,
      options.theta === null ? [0, 0, 0] : [0, 0],
      { step: 0.4, evaluationsMax: 300, tolerance: 1e-7 },
    );
    const fitted = decode(x);
    return Float64Array.of(1, fitted.alpha, fitted.theta, fitted.level * scale);
  },
  forecast(values, period, { parameters, fresh }, out) {
    const season = findSeasonality(values, period);
    const y = removeSeason(bridged(values), season);
    const scale = scaleOf(y);
    const scaled = y.map((value) => value / scale);
    if (y.length < POINTS_MIN || parameters[0] === 0) out.fill(scaled[scaled.length - 1]!);
    else
      run(
        scaled,
        {
          alpha: parameters[1]!,
          theta: parameters[2]!,
          level: fresh ? scaled[0]! : parameters[3]! / scale,
          dynamic: options.dynamic,
          line: fitLine(scaled),
        },
        out,
      );
    for (let h = 0; h < out.length; h++) out[h]! *= scale;
    addSeason(out, season, values.length);
  },
});

interface Run {
  alpha: number;
  theta: number;
  level: number;
  dynamic: boolean;
  line: Line;
}

/** Equations 12 to 17 of Fiorucci et al.; beyond the end each forecast is fed back as the value. */
function run(y: Float64Array, { alpha, theta, level, dynamic, line }: Run, out?: Float64Array) {
  let { intercept, slope } = dynamic ? { intercept: y[0]!, slope: 0 } : line;
  let mean = 0;
  let squares = 0;
  let decay = 1;
  const weight = 1 - 1 / theta;
  const end = y.length + (out?.length ?? 0);
  for (let t = 1; t <= end; t++) {
    const expected =
      level + weight * (decay * intercept + ((1 - decay * (1 - alpha)) / alpha) * slope);
    const value = t <= y.length ? y[t - 1]! : expected;
    if (t > y.length) out![t - y.length - 1] = expected;
    // The dynamic line needs two points before it says anything.
    else if (t > (dynamic ? 2 : 0)) squares += (value - expected) ** 2;
    level = alpha * value + (1 - alpha) * level;
    decay *= 1 - alpha;
    if (!dynamic) continue;
    const before = mean;
    mean += (value - mean) / t;
    slope = t === 1 ? 0 : ((t - 2) * slope + (6 / t) * (value - before)) / (t + 1);
    intercept = mean - ((t + 1) / 2) * slope;
  }
  return { squares };
}
