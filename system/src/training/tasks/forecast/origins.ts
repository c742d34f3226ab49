import { TinoError } from '../../../contract/index.js';
import type { House } from '../../../ports/house.js';
import type { ForecastDeclaration, LoadedModel } from '../../../workspace/types.js';
import { readSeries, type SeriesData } from './data.js';
import { cutoffAfter } from './steps.js';
import type { Origin } from './series.js';

/** More than these between two fits add cost and hardly any independent evidence. */
const BETWEEN_MAX = 3;

/**
 * The origins of a backtest, oldest first: `declaration.origins` at which recipes are fitted, a
 * horizon apart (half of one where history is short, spread over a season where a direction is
 * called), and up to three between each two of them and after the last, from which the standing fit forecasts on. Fits stand on the same
 * steps from one training to the next, so that what was known then is forecast once; only a history
 * too short for as many of them ends with a fit. Each reads the sources as they were known then. Fewer come back where the history is short; none is an error that says how many steps are
 * missing.
 */
export async function readOrigins(
  house: House,
  model: LoadedModel,
  now: SeriesData,
  effects: { onRead(done: number): void },
): Promise<Origin[]> {
  const declaration = model.declaration as ForecastDeclaration;
  const { horizon, origins, deadBand } = declaration;
  const first = Math.min(...now.set.starts);
  const leaveMin = Math.max(4, Math.min(now.set.period, 2 * horizon));
  const last = now.end - horizon;
  const near = Math.max(1, Math.ceil(horizon / 2));
  // Windows that share steps tell the same twice, and calls of one season say little about the next:
  // where history allows, fits are a horizon apart, and calls are spread over a year.
  const spread = deadBand === undefined ? 1 : Math.floor(now.set.period / origins);
  const wide = Math.max(horizon, spread);
  const leftByWide = last - (origins - 1) * wide - first + 1;
  const stride = leftByWide >= now.set.period + horizon ? wide : near;
  const possible = (newest: number) =>
    Math.min(origins, Math.floor((newest - first + 1 - leaveMin) / stride) + 1);
  const steady = Math.floor(last / stride) * stride;
  const newest = possible(steady) < possible(last) ? last : steady;
  const fitted = possible(newest);
  if (fitted < 1)
    throw new TinoError('TOO_FEW_ROWS', {
      model: model.name,
      rows: now.cold.every(Boolean) ? 0 : now.end - first + 1,
      needed: leaveMin + horizon,
    });
  const start = newest - (fitted - 1) * stride;
  const every = Math.max(1, Math.ceil(stride / (BETWEEN_MAX + 1)));
  const steps: { step: number; fits: boolean }[] = [];
  for (let at = start; at <= last; at++) {
    const since = (at - start) % stride;
    if (since % every === 0) steps.push({ step: at, fits: since === 0 });
  }
  const result: Origin[] = [];
  for (const [i, origin] of steps.entries()) {
    const data = await readSeries(house, model, cutoffAfter(origin.step, declaration));
    effects.onRead((i + 1) / steps.length);
    // Sources that arrive late may not reach the step that was over: such an origin says less than
    // it should.
    if (data.end === origin.step) result.push({ ...origin, data });
  }
  return result.some(({ fits }) => fits)
    ? result.map((origin, i) => (i === 0 ? { ...origin, fits: true } : origin))
    : fail(model, now, first, leaveMin + horizon);
}

function fail(model: LoadedModel, now: SeriesData, first: number, needed: number): never {
  throw new TinoError('TOO_FEW_ROWS', { model: model.name, rows: now.end - first + 1, needed });
}
