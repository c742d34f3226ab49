/** To the nearest whole number, halves to the even one, as WebAssembly's `nearest` does. */
export function nearest(x: number): number {
  const away = Math.abs(x);
  if (!(away < 2 ** 52)) return x;
  const whole = away + 2 ** 52 - 2 ** 52;
  return x < 0 || Object.is(x, -0) ? -whole : whole;
}
