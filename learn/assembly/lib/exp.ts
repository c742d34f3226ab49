/**
 * e^x to about the last digit: 2^k times a polynomial of what is left, at most half of ln 2 (Cody and
 * Waite 1980). Written with nothing but additions and products, so that its plain twin has the same bits.
 * Below -700 it is e^-700, above 700 e^700.
 */
export function exp(x: f64): f64 {
  const within = min<f64>(max<f64>(x, -700), 700);
  const k = nearest<f64>(within * Math.LOG2E);
  // ln 2 in two parts, the first of so few digits that k times it is exact.
  const r = within - k * 0.69314718036912381649 - k * 1.90821492927058770002e-10;
  let p = 1.0 / 6227020800.0;
  p = p * r + 1.0 / 479001600.0;
  p = p * r + 1.0 / 39916800.0;
  p = p * r + 1.0 / 3628800.0;
  p = p * r + 1.0 / 362880.0;
  p = p * r + 1.0 / 40320.0;
  p = p * r + 1.0 / 5040.0;
  p = p * r + 1.0 / 720.0;
  p = p * r + 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r + 1.0 / 6.0;
  p = p * r + 0.5;
  p = p * r + 1;
  p = p * r + 1;
  return p * reinterpret<f64>((<i64>k + 1023) << 52);
}

/** `exp` of two numbers, with the same bits. */
export function expPair(x: v128): v128 {
  const within = f64x2.min(f64x2.max(x, f64x2.splat(-700)), f64x2.splat(700));
  const k = f64x2.nearest(f64x2.mul(within, f64x2.splat(Math.LOG2E)));
  const high = f64x2.mul(k, f64x2.splat(0.69314718036912381649));
  const low = f64x2.mul(k, f64x2.splat(1.90821492927058770002e-10));
  const r = f64x2.sub(f64x2.sub(within, high), low);
  let p = f64x2.splat(1.0 / 6227020800.0);
  p = step(p, r, 1.0 / 479001600.0);
  p = step(p, r, 1.0 / 39916800.0);
  p = step(p, r, 1.0 / 3628800.0);
  p = step(p, r, 1.0 / 362880.0);
  p = step(p, r, 1.0 / 40320.0);
  p = step(p, r, 1.0 / 5040.0);
  p = step(p, r, 1.0 / 720.0);
  p = step(p, r, 1.0 / 120.0);
  p = step(p, r, 1.0 / 24.0);
  p = step(p, r, 1.0 / 6.0);
  p = step(p, r, 0.5);
  p = step(p, r, 1);
  p = step(p, r, 1);
  // 1.5 × 2^52 puts a whole number into the lowest bits of a double.
  const whole = f64x2.add(k, f64x2.splat(1023.0 + 6755399441055744.0));
  return f64x2.mul(p, i64x2.shl(whole, 52));
}

function step(p: v128, r: v128, coefficient: f64): v128 {
  return f64x2.add(f64x2.mul(p, r), f64x2.splat(coefficient));
}
