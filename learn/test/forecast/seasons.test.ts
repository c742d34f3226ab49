import assert from 'node:assert/strict';
import test from 'node:test';
import { forecasterOf, seeded, seriesSet } from '../../src/index.js';
import { loess } from '../../src/forecast/local/loess.js';
import { manySeasons } from '../../src/forecast/local/mstl.js';
import { seasonalStrength, stl } from '../../src/forecast/local/stl.js';

/** The regression written out, one point at a time. */
function slowLoess(y: Float64Array, width: number, degree: 0 | 1, at: number): number {
  const n = y.length;
  const span = Math.min(width, n);
  const left = Math.max(0, Math.min(at - ((width - 1) >> 1), n - span));
  const reach =
    Math.max(at - left, left + span - 1 - at) + (width > n ? Math.trunc((width - n) / 2) : 0);
  let [s, sx, sxx, sy, sxy] = [0, 0, 0, 0, 0];
  for (let t = left; t < left + span; t++) {
    const distance = Math.abs(t - at) / reach;
    const w = distance > 0.999 ? 0 : distance <= 0.001 ? 1 : (1 - distance ** 3) ** 3;
    const x = t - at;
    s += w;
    sx += w * x;
    sxx += w * x * x;
    sy += w * y[t]!;
    sxy += w * x * y[t]!;
  }
  return degree === 0 ? sy / s : (sxx * sy - sx * sxy) / (s * sxx - sx * sx);
}

test('the smoother is the weighted regression, at the ends and beyond them too', () => {
  const rng = seeded(2);
  const y = Float64Array.from({ length: 25 }, (_, t) => 0.3 * t + rng.normal());
  for (const width of [5, 11, 41])
    for (const degree of [0, 1] as const) {
      const out = new Float64Array(27);
      loess(y, { width, degree }, 1, out);
      for (let at = -1; at <= 25; at++)
        assert.ok(
          Math.abs(out[at + 1]! - slowLoess(y, width, degree, at)) < 1e-9,
          `width ${width}, degree ${degree}, at ${at}`,
        );
    }
});

test('the parts of a decomposition sum to the series, and are those that went in', () => {
  const rng = seeded(3);
  const wave = (t: number, period: number) => Math.sin((2 * Math.PI * t) / period);
  const y = Float64Array.from(
    { length: 400 },
    (_, t) => 20 + 0.05 * t + 3 * wave(t, 7) + 5 * wave(t, 50) + 0.1 * rng.normal(),
  );
  const { seasons, trend, remainder, periods } = manySeasons(y, [50, 7, 300]);
  assert.deepEqual(periods, [7, 50]);
  y.forEach((value, t) => {
    const sum = seasons[0]![t]! + seasons[1]![t]! + trend[t]! + remainder[t]!;
    assert.ok(Math.abs(sum - value) < 1e-9);
    if (t < 60 || t > 340) return;
    assert.ok(Math.abs(seasons[0]![t]! - 3 * wave(t, 7)) < 0.6, `${t}`);
    assert.ok(Math.abs(seasons[1]![t]! - 5 * wave(t, 50)) < 0.9, `${t}`);
  });
});

test('a season is strong where there is one', () => {
  const rng = seeded(4);
  const noise = Float64Array.from({ length: 96 }, () => rng.normal());
  const wave = noise.map((value, t) => value + 8 * Math.sin((Math.PI * t) / 6));
  assert.ok(seasonalStrength(stl(wave, 12)) > 0.9);
  assert.ok(seasonalStrength(stl(noise, 12)) < 0.64);
  assert.throws(() => stl(noise.slice(0, 20), 12), /needs two periods/);
});

test('two seasons at once are forecast', async () => {
  const wave = (t: number, period: number) => Math.sin((2 * Math.PI * t) / period);
  const at = (t: number) => 100 + 10 * wave(t, 6) + 20 * wave(t, 30);
  const values = Array.from({ length: 240 }, (_, t) => at(t));
  const set = seriesSet([{ key: 'a', start: 0, values }], 6);
  const recipe = { kind: 'mstl', params: { periods: [6, 30] } };
  const model = await forecasterOf(recipe).fit(set, { rng: seeded(1) });
  const out = new Float64Array(40);
  model.forecast(set, 40, out);
  out.forEach((value, h) => assert.ok(Math.abs(value - at(240 + h)) < 1.5, `${h}: ${value}`));
});
