import { onLogScale } from '../ensemble/parameters.js';
import type { Effects, Estimator, Stop, TrainingData } from '../estimator.js';
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
import type { AutoSettings } from './parameters.js';
import { portfolio, smallest, type Candidate } from './portfolio.js';
import type { AutoCandidate } from './report.js';

export interface Search {
  data: TrainingData;
  plan: RepeatedFolds;
  /** The simplest first, whatever the order in which they were tried. */
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
  const all = candidatesOf(data, settings);
  const found = new Map<Candidate, Attempt>();
  const stop = effects.stop && untilLastFit(effects.stop, given.x.rows / data.x.rows);
  const attempt = async (candidate: Candidate, first: boolean): Promise<Attempt> => {
    const { replay } = settings;
    const { stop: _, ...rest } = effects;
    const lent = {
      ...rest,
      rng: effects.rng.fork(candidate.name),
      ...(!first && stop && { stop }),
    };
    if (!first && replay.length > 0 && !replay.includes(candidate.name))
      return skipped('not among those to replay');
    if (!first && stop?.stopped) return skipped('stopped before its turn');
    try {
      const job = { estimator: make(searchedAs(candidate.recipe)), data, plan, metric, outputs };
      return (await outOfFold(job, lent)) ?? skipped('stopped before it was done');
    } catch (cause) {
      // The constant fails only where nothing can be learned.
      if (first) throw cause;
      const reason = cause instanceof Error ? cause.message : String(cause);
      return { outcome: 'failed', reason };
    }
  };
  for (const candidate of all.toSorted((a, b) => a.turn - b.turn)) {
    found.set(candidate, await attempt(candidate, found.size === 0));
    effects.progress?.((0.9 * found.size) / all.length);
  }
  const attempts = all.map((candidate) => ({ candidate, attempt: found.get(candidate)! }));
  return {
    data,
    plan,
    candidates: attempts.map(({ candidate, attempt }) => lineOf(candidate, attempt, plan)),
    tried: attempts.flatMap(({ attempt }) => ('said' in attempt ? [attempt] : [])),
  };
}

/** Of a table that is searched whole: what the last fits cost, in searches. */
const LAST_FITS = 0.7;
const SEARCH_SHARE_MIN = 0.3;

/** Leaves time for the last fits, which learn from `times` as many rows as the search. */
function untilLastFit(stop: Stop, times: number): Stop {
  const share = Math.max(SEARCH_SHARE_MIN, 1 / (1 + LAST_FITS * times));
  return {
    get stopped() {
      return stop.stopped || (stop.spent ?? 0) >= share;
    },
  };
}

/**
 * Boosters that average several members are compared by one: the mean is better by about as much for
 * each, and costs as many times more on every fold.
 */
function searchedAs({ kind, params }: Recipe): Recipe {
  const averages =
    kind === 'boosting' &&
    (params['rounds'] ?? null) === null &&
    (params['members'] ?? null) === null;
  return { kind, params: averages ? { ...params, members: 1 } : params };
}

type Attempt = OutOfFold | { outcome: 'skipped' | 'failed'; reason: string };

const skipped = (reason: string): Attempt => ({ outcome: 'skipped', reason });

function lineOf({ name, recipe }: Candidate, attempt: Attempt, plan: RepeatedFolds): AutoCandidate {
  if (!('said' in attempt))
    return { name, recipe, score: null, standardError: null, folds: [], ...attempt };
  const { scores } = attempt;
  const known = scores.filter(Number.isFinite);
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    name,
    recipe,
    outcome: 'tried',
    score: finite(mean(known)),
    standardError: known.length > 0 ? standardError(known, plan.repeats) : null,
    folds: scores.map(finite),
    reason: null,
  };
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
    repeats: repeats > 0 ? repeats : rows < 1000 ? 4 : rows < 5000 ? 2 : 1,
  };
}

/** Two candidates of one name could not be told apart in a replay. */
function candidatesOf(data: TrainingData, settings: AutoSettings): Candidate[] {
  const { task, metric, candidates } = settings;
  const found =
    candidates.length > 0
      ? [
          ...smallest(task, metric.name),
          // Recipes of one's own are tried as they stand, after the constant.
          ...candidates.map((recipe) => ({ name: nameOf(recipe), recipe, turn: 1 })),
        ]
      : portfolio({
          task,
          data,
          metric: metric.name,
          counts: onLogScale(metric),
          small: settings.portfolio === 'small',
        });
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
