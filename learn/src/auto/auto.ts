import { calibratedModel, learnCalibrators } from '../calibrate/calibrated.js';
import type { Scale } from '../ensemble/blend.js';
import { ensembleModel, explainsOn } from '../ensemble/model.js';
import { onLogScale, scaleOf } from '../ensemble/parameters.js';
import type { Effects, Estimator, Model, Stop, TrainingData } from '../estimator.js';
import { takeRows } from '../frame.js';
import type { Recipe, Task } from '../recipe-type.js';
import { admit, anyNumber, classIndex, notNegative } from '../training-data.js';
import { blend, choose, type Choice } from './choose.js';
import { autoModel, type AutoModel } from './model.js';
import { autoSettings, type AutoParameters, type AutoSettings } from './parameters.js';
import { cutOf, type AutoReport } from './report.js';
import { search, type Search } from './search.js';

/** An estimator that says what it tried. */
export interface AutoEstimator extends Estimator {
  fit(data: TrainingData, effects: Effects): Promise<AutoModel>;
}

/**
 * Tries candidates on folds, keeps the simplest within one standard error of the best or a greedy
 * ensemble of several, and fits what it kept on all rows. A `stop` ends the search: what was tried by
 * then is chosen among, and told in `report`. One that tells how much time is spent leaves some for the
 * last fits and bounds them too, so that boosters keep the rounds that they have; without that the
 * last fits take the time that they need. `make` turns recipes into estimators.
 */
export function autoOf(
  parameters: Partial<AutoParameters>,
  task: { task: Task; classes: number },
  make: (recipe: Recipe) => Estimator,
): AutoEstimator {
  const settings = autoSettings(parameters, task);
  const classes = Math.max(2, settings.outputs);
  const rule =
    settings.task === 'classify'
      ? classIndex(classes)
      : onLogScale(settings.metric)
        ? notNegative
        : anyNumber;
  return {
    async fit(given, effects) {
      const data = admit(given, rule);
      if (data.offset) throw new RangeError('auto takes no offset; leave it out');
      const found = await search(data, settings, make, effects);
      const { metric, outputs } = settings;
      const scale = scaleOf(settings.task, outputs, metric);
      const { tried, plan } = found;
      const rng = effects.rng.fork('choose');
      const chosen = choose({ tried, data: found.data, plan, metric, outputs, scale, rng });
      const fitted = await fitChosen(data, found, chosen, {
        scale,
        make,
        effects,
        cutAfter: cutOf(settings.replay),
      });
      const kept = { ...chosen, shares: fitted.shares };
      const inner = calibrate(fitted.model, found, kept, settings);
      effects.progress?.(1);
      return autoModel(inner, reportOf(settings, found, kept, fitted.cutAfter));
    },
  };
}

const triedOf = ({ candidates }: Search) => candidates.filter(({ outcome }) => outcome === 'tried');

interface FitOptions {
  scale: Scale;
  make: (recipe: Recipe) => Estimator;
  effects: Effects;
  /** Of a replay. */
  cutAfter: number | undefined;
}

interface Fitted {
  model: Model;
  /** By candidate, of those that are in the model. */
  shares: Float64Array;
  /** Questions that were answered by going on; null where nothing was cut short or left out. */
  cutAfter: number | null;
}

/** The chosen, the largest share first; where time runs out the first keeps what it has learned. */
async function fitChosen(
  data: TrainingData,
  found: Search,
  { shares }: Choice,
  { scale, make, effects, cutAfter }: FitOptions,
): Promise<Fitted> {
  const { stop: given, progress: _, rng, ...lent } = effects;
  const ended = listened(given?.spent === undefined ? undefined : given, cutAfter);
  const chosen = triedOf(found)
    .map((candidate, c) => ({ ...candidate, c }))
    .filter(({ c }) => shares[c]! > 0)
    .toSorted((a, b) => shares[b.c]! - shares[a.c]! || a.c - b.c);
  const fits: { model: Model; c: number }[] = [];
  for (const { name, recipe, c } of chosen) {
    if (fits.length > 0 && ended.stop.stopped) break;
    const own = { ...lent, rng: rng.fork(`${name}, whole`), stop: ended.stop };
    const model = await make(recipe).fit(data, own);
    // A later member that was cut short would pull the blend towards no answer.
    if (fits.length === 0 || ended.cutAfter() === null) fits.push({ model, c });
  }
  fits.sort((a, b) => a.c - b.c);
  const total = fits.reduce((sum, { c }) => sum + shares[c]!, 0);
  const kept = new Float64Array(shares.length);
  for (const { c } of fits) kept[c] = fits.length === 1 ? 1 : shares[c]! / total;
  const cut = ended.cutAfter();
  const members = fits.map(({ model }) => model);
  if (members.length === 1) return { model: members[0]!, shares: kept, cutAfter: cut };
  const explains = explainsOn(members, scale, takeRows(data.x, [0]));
  const parts = { members, shares: kept.filter((share) => share > 0), scale, explains };
  return { model: ensembleModel(parts), shares: kept, cutAfter: cut };
}

/** Counts what is asked, so that a replay can end at the same question. */
function listened(stop: Stop | undefined, replayed: number | undefined) {
  let asked = 0;
  let heard = false;
  return {
    stop: {
      get stopped() {
        heard ||= replayed === undefined ? stop?.stopped === true : asked >= replayed;
        if (!heard) asked++;
        return heard;
      },
    },
    cutAfter: () => (heard ? asked : null),
  };
}

/** On what was said of held-out rows: the search has it already. */
function calibrate(model: Model, found: Search, { shares }: Choice, settings: AutoSettings): Model {
  const { task, outputs, metric } = settings;
  const { data, plan, tried } = found;
  if (settings.calibrate === 'none' || plan.folds.length === 0) return model;
  const rows = Int32Array.from({ length: plan.rows }, (_, row) => row);
  const said = blend(tried, shares, {
    rows,
    at: 0,
    outputs,
    scale: scaleOf(task, outputs, metric),
  });
  return calibratedModel(
    model,
    learnCalibrators(settings.calibrate, said, outputs, data.y, data.weights),
  );
}

function reportOf(
  { metric }: AutoSettings,
  found: Search,
  { rule, score, shares }: Choice,
  cutAfter: number | null,
): AutoReport {
  const { plan, candidates } = found;
  return {
    metric: metric.name,
    better: metric.better,
    rows: plan.rows,
    folds: plan.folds.length / plan.repeats,
    repeats: plan.repeats,
    candidates,
    chosen: {
      rule,
      score: Number.isFinite(score) ? score : null,
      cutAfter,
      members: triedOf(found)
        .map(({ name }, c) => ({ name, share: shares[c]! }))
        .filter(({ share }) => share > 0),
    },
  };
}
