import { calibratedModel, learnCalibrators } from '../calibrate/calibrated.js';
import type { Scale } from '../ensemble/blend.js';
import { ensembleModel, explainsOn } from '../ensemble/model.js';
import { onLogScale, scaleOf } from '../ensemble/parameters.js';
import type { Effects, Estimator, Model, TrainingData } from '../estimator.js';
import { takeRows } from '../frame.js';
import type { Recipe, Task } from '../recipe-type.js';
import { admit, anyNumber, classIndex, notNegative } from '../training-data.js';
import { blend, choose, type Choice } from './choose.js';
import { autoModel, type AutoModel } from './model.js';
import { autoSettings, type AutoParameters, type AutoSettings } from './parameters.js';
import type { AutoReport } from './report.js';
import { search, type Search } from './search.js';

/** An estimator that says what it tried. */
export interface AutoEstimator extends Estimator {
  fit(data: TrainingData, effects: Effects): Promise<AutoModel>;
}

/**
 * Tries candidates on folds, keeps the simplest within one standard error of the best or a greedy
 * ensemble of several, and fits what it kept on all rows. A `stop` ends the search, never the last
 * fit: what was tried by then is chosen among, and told in `report`. `make` turns recipes into
 * estimators.
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
      const model = await fitChosen(data, found, chosen, { scale, make, effects });
      const inner = calibrate(model, found, chosen, settings);
      effects.progress?.(1);
      return autoModel(inner, reportOf(settings, found, chosen));
    },
  };
}

const triedOf = ({ candidates }: Search) => candidates.filter(({ outcome }) => outcome === 'tried');

interface FitOptions {
  scale: Scale;
  make: (recipe: Recipe) => Estimator;
  effects: Effects;
}

async function fitChosen(
  data: TrainingData,
  found: Search,
  { shares }: Choice,
  { scale, make, effects: { rng, pool } }: FitOptions,
): Promise<Model> {
  const members: Model[] = [];
  for (const [c, { name, recipe }] of triedOf(found).entries())
    if (shares[c]! > 0)
      members.push(
        await make(recipe).fit(data, { rng: rng.fork(`${name}, whole`), ...(pool && { pool }) }),
      );
  if (members.length === 1) return members[0]!;
  const explains = explainsOn(members, scale, takeRows(data.x, [0]));
  return ensembleModel({ members, shares: shares.filter((share) => share > 0), scale, explains });
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
      members: triedOf(found)
        .map(({ name }, c) => ({ name, share: shares[c]! }))
        .filter(({ share }) => share > 0),
    },
  };
}
