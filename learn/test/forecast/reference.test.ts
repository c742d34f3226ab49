import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { forecasterOf, seeded, seriesSet } from '../../src/index.js';
import { multiply } from '../../src/forecast/local/arma.js';
import { armaScratch, filterArma } from '../../src/forecast/local/arma-filter.js';
import { addSeason, findSeasonality, removeSeason } from '../../src/forecast/local/decompose.js';
import { fitEts } from '../../src/forecast/local/ets.js';
import { continueEts, filterEts } from '../../src/forecast/local/ets-filter.js';
import { etsForms } from '../../src/forecast/local/ets-form.js';
import { stl } from '../../src/forecast/local/stl.js';
import { fitTheta, runTheta } from '../../src/forecast/local/theta-filter.js';
import { difference, differencingOf } from '../../src/forecast/local/unit-root.js';

interface EtsReference {
  model: string;
  par: (number | null)[];
  loglik: number;
  aicc: number;
  mean: number[];
}

interface ThetaReference {
  model: string;
  decompose: boolean;
  level: number;
  alpha: number;
  theta: number;
  mean: number[];
}

interface SeriesReference {
  period: number;
  values: number[];
  ets: EtsReference[];
  theta: ThetaReference[];
  arima: { order: number[]; params: number[]; loglik: number }[];
  ndiffs: number;
  stl?: { season: number[]; trend: number[] };
}

interface Reference {
  series: SeriesReference[];
  intermittent: ({ values: number[] } & Record<string, number | number[]>)[];
}

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const python = process.env['TINO_PYTHON'];

/**
 * The golden file, or a hundred series and more made on the spot where there is a Python for it.
 */
function readReference(): Reference {
  if (python === undefined)
    return read(join(root, 'learn/test/forecast/golden/statsforecast.json'));
  const path = join(mkdtempSync(join(tmpdir(), 'tino-reference-')), 'reference.json');
  execFileSync(python, [join(root, 'bench/peers/forecast_reference.py'), '105', path]);
  return read(path);
}

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Reference;
const reference = readReference();

function near(found: number, expected: number, tolerance: number, what: string): void {
  const off = Math.abs(found - expected) / (1 + Math.abs(expected));
  assert.ok(off < tolerance, `${what}: ${found}, the reference says ${expected}`);
}

test('ets: likelihood and forecasts at the parameters of statsforecast are its own', () => {
  for (const [i, { period, values, ets }] of reference.series.entries())
    for (const { model, par, loglik, mean } of ets) {
      const form = etsForms.find(({ name }) => name === model)!;
      const y = Float64Array.from(values);
      const [alpha, beta, gamma, phi, level] = par;
      const first = form.trend ? 6 : 5;
      // Its newest index comes first; ours is by phase of the first point.
      const season = Float64Array.from(
        par
          .slice(first, form.season === 'N' ? first : first + period)
          .map(Number)
          .toReversed(),
      );
      const state = { level: level!, trend: form.trend ? par[5]! : 0, season };
      const damping = form.damped ? phi! : form.trend ? 1 : 0;
      const smoothing = { alpha: alpha!, beta: beta ?? 0, gamma: gamma ?? 0, phi: damping };
      const deviance = filterEts(y, form, smoothing, state);
      near(deviance + y.length * Math.log(y.length), -2 * loglik, 1e-7, `${i} ${model}`);
      const out = new Float64Array(mean.length);
      continueEts(form, damping, state, y.length, out);
      // At step h it adds φ to the power h − 1 of the trend, the book φ to the power h.
      const said = out.map(
        (value, h) => value + (form.damped ? shifted(state.trend, damping, h) : 0),
      );
      if (form.season === 'M' && form.damped) continue;
      said.forEach((value, h) => near(value, mean[h]!, 1e-7, `${i} ${model} at ${h}`));
    }
});

/** Σ φʲ from j = 1 to h, less Σ φʲ from j = 2 to h + 1, times the trend. */
const shifted = (trend: number, phi: number, h: number) => trend * (phi - phi ** (h + 1));

test('ets: the likelihood that is found is as high as that of statsforecast, or higher', () => {
  let worse = 0;
  let better = 0;
  let count = 0;
  for (const { period, values, ets } of reference.series) {
    const y = Float64Array.from(values);
    for (const { model, aicc, par } of ets) {
      // It holds α, β and γ each to 0 … 1, this engine also β to α and γ to 1 − α.
      const [alpha, beta, gamma] = par;
      if ((beta ?? 0) > alpha! || (gamma ?? 0) > 1 - alpha!) continue;
      const { criterion, scale } = fitEts(y, period, model, 0);
      const found = criterion + y.length * (2 * Math.log(scale) + Math.log(y.length));
      count++;
      if (found > aicc + 0.05) worse++;
      if (found < aicc - 0.05) better++;
    }
  }
  assert.ok(worse <= 0.05 * count, `${worse} of ${count} fits are worse`);
  assert.ok(better > worse, `${better} better, ${worse} worse`);
});

test('theta: forecasts at the parameters of statsforecast are its own, squares are fewer', () => {
  for (const [i, { period, values, theta }] of reference.series.entries())
    for (const { model, decompose, level, alpha, theta: pull, mean } of theta) {
      const raw = Float64Array.from(values);
      const season = findSeasonality(raw, period);
      // It tests for a season from two periods on, this engine from three.
      if ((season !== undefined) !== decompose) continue;
      const y = removeSeason(raw, season);
      const dynamic = model.startsWith('D');
      const given = { alpha, weight: 1 - 1 / pull, level };
      const out = new Float64Array(mean.length);
      const fitted = new Float64Array(y.length);
      runTheta(y, given, dynamic, out, { fitted, trend: out.slice() });
      const squares = squaresFrom(y, fitted, dynamic ? 2 : 0);
      addSeason(out, season, y.length);
      out.forEach((value, h) => near(value, mean[h]!, 1e-6, `${i} ${model} at ${h}`));
      const own = fitTheta(y, dynamic, model.includes('O') ? null : 0.5);
      runTheta(y, own, dynamic, out, { fitted, trend: out.slice() });
      const least = squaresFrom(y, fitted, dynamic ? 2 : 0);
      assert.ok(least <= squares * (1 + 1e-4), `${i} ${model}: ${least}, ${squares}`);
    }
});

function squaresFrom(y: Float64Array, fitted: Float64Array, from: number): number {
  let sum = 0;
  for (let t = from; t < y.length; t++) sum += (y[t]! - fitted[t]!) ** 2;
  return sum;
}

test('arima: the likelihood is that of statsmodels', () => {
  for (const [i, { period, values, arima }] of reference.series.entries())
    for (const { order, params, loglik } of arima) {
      const [p = 0, d = 0, q = 0, P = 0, D = 0, Q = 0] = order;
      let w: Float64Array = Float64Array.from(values);
      for (let k = 0; k < D; k++) w = difference(w, period);
      for (let k = 0; k < d; k++) w = difference(w, 1);
      let from = 0;
      const take = (size: number) => Float64Array.from(params.slice(from, (from += size)));
      const [ar, ma, sar, sma] = [take(p), take(q), take(P), take(Q)];
      const variance = params[from]!;
      const phi = new Float64Array(p + P * period);
      const theta = new Float64Array(q + Q * period);
      multiply(ar!, sar!, period, phi);
      const minus = (column: Float64Array) => column.map((value) => -value);
      multiply(minus(ma!), minus(sma!), period, theta);
      const innovations = new Float64Array(w.length);
      const arma = { phi, theta: minus(theta) };
      const scratch = armaScratch(phi.length, theta.length);
      const logs = filterArma([w], arma, scratch, [innovations]);
      const squares = innovations.reduce((sum, value) => sum + value * value, 0);
      const own = w.length * Math.log(2 * Math.PI * variance) + logs + squares / variance;
      near(-own / 2, loglik, 1e-6, `${i} ${order.join()}`);
    }
});

test('differences by KPSS and the decomposition by loess are those of the references', () => {
  for (const [i, { period, values, ndiffs, stl: expected }] of reference.series.entries()) {
    const y = Float64Array.from(values);
    assert.equal(differencingOf(y, 1).d, ndiffs, `series ${i}`);
    if (expected === undefined) continue;
    const { season, trend } = stl(y, period);
    season.forEach((value, t) => near(value, expected.season[t]!, 1e-8, `season ${i} at ${t}`));
    trend.forEach((value, t) => near(value, expected.trend[t]!, 1e-8, `trend ${i} at ${t}`));
  }
});

test('intermittent demand: every method says what statsforecast says', async () => {
  for (const [i, one] of reference.intermittent.entries()) {
    const set = seriesSet([{ key: 'a', start: 0, values: one.values }], 1);
    for (const [kind, tolerance] of Object.entries({
      croston: 1e-6,
      sba: 1e-6,
      adida: 2e-3,
      imapa: 2e-3,
    })) {
      const model = await forecasterOf({ kind, params: {} }).fit(set, { rng: seeded(1) });
      const out = new Float64Array(1);
      model.forecast(set, 1, out);
      near(out[0]!, one[kind] as number, tolerance, `${kind} ${i}`);
    }
  }
});
