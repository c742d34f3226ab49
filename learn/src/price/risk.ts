import { normalQuantile, type Demand } from './demand.js';

/**
 * How a gain that depends on the elasticity is judged over what the elasticity may be:
 * - `mean`: on average;
 * - `deviation`: average less `lambda` standard deviations;
 * - `tail`: average of the worst `share` (conditional value at risk; Rockafellar and Uryasev, 2000);
 * - `worst`: the worst between the 5 % and the 95 % end (maximin).
 */
export type Risk =
  | { kind: 'mean' }
  | { kind: 'deviation'; lambda: number }
  | { kind: 'tail'; share: number }
  | { kind: 'worst' };

export type Objective = 'margin' | 'revenue' | 'units';

const SCENARIOS = 21;

/**
 * The objective in equally likely scenarios of the elasticity, from the lowest elasticity to the
 * highest. A demand that would rise with the price is taken not to move.
 */
export function scenariosOf(
  demand: Demand,
  price: number,
  { cost, objective }: { cost: number; objective: Objective },
): Float64Array {
  const distance = Math.log(price / demand.referencePrice);
  const unit = objective === 'units' ? 1 : objective === 'revenue' ? price : price - cost;
  return normals.map((quantile) => {
    const elasticity = Math.min(0, demand.elasticity + quantile * demand.elasticityError);
    return unit * demand.units * Math.exp(elasticity * distance);
  });
}

const normals = Float64Array.from({ length: SCENARIOS }, (_, s) =>
  normalQuantile((s + 0.5) / SCENARIOS),
);

/** What a gain is worth, given its value in each scenario. */
export function judge(gains: Float64Array, risk: Risk): number {
  const mean = meanOf(gains);
  switch (risk.kind) {
    case 'mean':
      return mean;
    case 'deviation': {
      const squares = meanOf(gains.map((gain) => (gain - mean) ** 2));
      return mean - risk.lambda * Math.sqrt(squares);
    }
    case 'tail': {
      const worst = Math.max(1, Math.round(risk.share * gains.length));
      return meanOf(gains.toSorted().subarray(0, worst));
    }
    case 'worst':
      return endsOf(gains).lower;
  }
}

/** base + slope × factor */
export interface Line {
  base: number;
  slope: number;
}

/**
 * A line in the factor that what `factor × own − today` is worth is never above: the tangent in the
 * middle where the worth is concave in the factor, else its most at the ends, since it only rises or
 * only falls.
 */
export function lineAbove(
  { own, today }: { own: Float64Array; today: Float64Array },
  risk: Risk,
  { lower, upper }: { lower: number; upper: number },
): Line {
  const gainsAt = (factor: number) => own.map((value, s) => factor * value - today[s]!);
  if (risk.kind === 'worst') {
    const [a, b] = [judge(gainsAt(lower), risk), judge(gainsAt(upper), risk)];
    return { base: Math.max(a, b), slope: 0 };
  }
  const middle = (lower + upper) / 2;
  const gains = gainsAt(middle);
  const slope = slopeAt(own, gains, risk);
  return { base: judge(gains, risk) - slope * middle, slope };
}

/** A supergradient of the worth in the factor. */
function slopeAt(own: Float64Array, gains: Float64Array, risk: Risk): number {
  const mean = meanOf(own);
  if (risk.kind === 'deviation') {
    const centre = meanOf(gains);
    const deviation = Math.sqrt(meanOf(gains.map((gain) => (gain - centre) ** 2)));
    const together = meanOf(own.map((value, s) => (value - mean) * (gains[s]! - centre)));
    return deviation > 0 ? mean - (risk.lambda * together) / deviation : mean;
  }
  if (risk.kind !== 'tail') return mean;
  const order = Array.from(gains.keys()).sort((a, b) => gains[a]! - gains[b]!);
  const worst = Math.max(1, Math.round(risk.share * gains.length));
  return meanOf(Float64Array.from(order.slice(0, worst), (s) => own[s]!));
}

export function checkRisk(risk: Risk): void {
  if (risk.kind === 'deviation' && !(risk.lambda >= 0))
    throw new RangeError(`lambda of risk is ${risk.lambda}, expected 0 or more`);
  if (risk.kind === 'tail' && !(risk.share > 0 && risk.share <= 1))
    throw new RangeError(`share of risk is ${risk.share}, expected above 0 to 1`);
}

/** About the 5 % and the 95 % end. */
export function endsOf(gains: Float64Array): { lower: number; upper: number } {
  const sorted = gains.toSorted();
  return { lower: sorted[1]!, upper: sorted[gains.length - 2]! };
}

export const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
