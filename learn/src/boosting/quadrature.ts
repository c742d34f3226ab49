/**
 * Points and weights of Gauss–Legendre quadrature on (0, 1), exact for polynomials up to degree
 * 2 × points − 1. Roots of the Legendre polynomial by Newton's method from Tricomi's estimate.
 */
export function gaussLegendre(points: number): { at: Float64Array; weight: Float64Array } {
  const at = new Float64Array(points);
  const weight = new Float64Array(points);
  for (let i = 0; i < points; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (points + 0.5));
    let slope = 1;
    for (let step = 0; step < 100; step++) {
      const { value, derivative } = legendre(points, x);
      slope = derivative;
      x -= value / derivative;
      if (Math.abs(value / derivative) < 1e-16) break;
    }
    at[i] = (1 + x) / 2;
    weight[i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { at, weight };
}

function legendre(degree: number, x: number): { value: number; derivative: number } {
  let before = 1;
  let value = x;
  for (let k = 2; k <= degree; k++)
    [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
  return { value, derivative: (degree * (x * value - before)) / (x * x - 1) };
}
