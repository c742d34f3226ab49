import type { Effects, Estimator, TrainingData } from '../estimator.js';
import { permutation } from '../random.js';
import type { Recipe } from '../recipe-type.js';
import { takeTraining } from '../training-data.js';
import {
  outOfFold,
  repeatedFolds,
  type OutOfFold,
  type RepeatedFolds,
} from '../validate/out-of-fold.js';
import { mean, standardError } from './choose.js';
import { onLogScale, type AutoSettings } from './parameters.js';
import { portfolio, smallest, type Candidate } from './portfolio.js';
import type { AutoCandidate } from './report.js';

export interface Search {
  data: TrainingData;
  plan: RepeatedFolds;
  /** In the order of the report. */
  candidates: AutoCandidate[];
  /** Of the candidates whose outcome is `tried`, in the same order. */
  tried: OutOfFold[];
}

/** Every candidate on every fold, until `stop`; the first, a constant, whatever the clock says. */
export async function search(
  given: TrainingData,
  settings: AutoSettings,
  make: (recipe: Recipe) => Estimator,
  effects: Effects,
): Promise<Search> {
  const { metric, outputs } = settings;
  const data = sampled(given, settings, effects);
  const plan = repeatedFolds(data, {
    ...foldsFor(data.x.rows, settings),
    classify: settings.task === 'classify',
    rng: effects.rng.fork('folds'),
  });
  const found: Search = { data, plan, candidates: [], tried: [] };
  const all = candidatesOf(data, settings);
  for (const [c, candidate] of all.entries()) {
    const { replay } = settings;
    const { stop, ...rest } = effects;
    const lent = { ...rest, rng: effects.rng.fork(candidate.name), ...(c > 0 && stop && { stop }) };
    if (c > 0 && replay.length > 0 && !replay.includes(candidate.name))
      skip(found, candidate, 'not among those to replay');
    else if (c > 0 && stop?.stopped) skip(found, candidate, 'stopped before its turn');
    else
      try {
        const job = { estimator: make(candidate.recipe), data, plan, metric, outputs };
        const result = await outOfFold(job, lent);
        if (result) note(found, candidate, result);
        else skip(found, candidate, 'stopped before it was done');
      } catch (cause) {
        // The constant fails only where nothing can be learned.
        if (c === 0) throw cause;
        const reason = cause instanceof Error ? cause.message : String(cause);
        found.candidates.push({ ...candidate, ...unscored, outcome: 'failed', reason });
      }
    effects.progress?.((0.9 * (c + 1)) / all.length);
  }
  return found;
}

const unscored = { score: null, standardError: null, folds: [] };

const skip = ({ candidates }: Search, candidate: Candidate, reason: string) =>
  candidates.push({ ...candidate, ...unscored, outcome: 'skipped', reason });

function note({ candidates, tried, plan }: Search, candidate: Candidate, result: OutOfFold) {
  const { scores } = result;
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  candidates.push({
    ...candidate,
    outcome: 'tried',
    score: finite(mean(scores)),
    standardError: finite(standardError(scores, plan)),
    folds: scores.map(finite),
    reason: null,
  });
  tried.push(result);
}

function sampled(data: TrainingData, { searchRows }: AutoSettings, { rng }: Effects) {
  const { rows } = data.x;
  if (rows <= searchRows) return data;
  const chosen = permutation(rows, rng.fork('search')).subarray(0, searchRows);
  return takeTraining(data, chosen.sort());
}

/** Few rows make folds noisy, so that they are shuffled again; many make one fold expensive. */
function foldsFor(rows: number, { folds, repeats }: AutoSettings) {
  return {
    folds: Math.max(2, folds > 0 ? folds : rows < 50_000 ? 5 : 3),
    repeats: repeats > 0 ? repeats : rows < 1000 ? 4 : rows < 10_000 ? 2 : 1,
  };
}

/** Two candidates of one name could not be told apart in a replay. */
function candidatesOf(data: TrainingData, settings: AutoSettings): Candidate[] {
  const { task, metric, candidates } = settings;
  const found =
    candidates.length > 0
      ? [
          ...smallest(task, metric.name),
          ...candidates.map((recipe) => ({ name: nameOf(recipe), recipe })),
        ]
      : portfolio({ task, data, metric: metric.name, counts: onLogScale(metric) });
  const names = new Set<string>();
  for (const { name } of found) {
    if (names.has(name)) throw new RangeError(`candidate ${name} is named twice; leave one out`);
    names.add(name);
  }
  return found;
}

const nameOf = ({ kind, params }: Recipe) =>
  [kind, ...Object.entries(params).map(([name, value]) => `${name} ${JSON.stringify(value)}`)].join(
    ' ',
  );
