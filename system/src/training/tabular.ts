import {
  metricOf,
  permutation,
  permutationImportance,
  replayOf,
  seeded,
  takeRows,
  type Model,
  type Recipe,
} from '@tino/learn';
import type { LeaderboardRow } from '../tracking/run.js';
import { autoDetail, triedOf } from './auto.js';
import { artifactChecks, differenceOf } from './compare.js';
import { sameRecipe, type Entry } from './candidates.js';
import {
  estimator,
  fitOn,
  isCalibrated,
  mean,
  served,
  tryEntry,
  type FitEffects,
  type Make,
} from './fit.js';
import { dependenceOf } from './dependence.js';
import type { JobEffects, TabularJob, TabularResult, Tried } from './job.js';
import { qualityOf } from './quality.js';
import { chooseWinner } from './winner.js';

/** Share of the bar that the search takes; the rest is judging and the last fit. */
const SEARCH_SHARE = 0.75;
const IMPORTANCE_ROWS = 2000;
/** Label of the fit on all rows. */
const FINAL = 'final';

/**
 * Every entry on every fold → winner → the winner as it is served on the folds, for its quality → the
 * champion's recipe on the same folds → the winner fitted on all rows. Draws are forked by name, so
 * nothing depends on the order of work.
 */
export async function trainTabular(job: TabularJob, lent: JobEffects): Promise<TabularResult> {
  const effects: FitEffects = { ...lent, reports: new Map() };
  const metric = metricOf(job.metric);
  const began = effects.clock();
  const tried = await search(job, effects);
  const searched = effects.clock();
  const winner = chooseWinner(tried, metric.better);
  const baseline = tried.find((one) => one.baseline)!;
  if (winner === undefined)
    throw new Error(tried.find(({ error }) => error !== null)?.error ?? 'stopped before one fit');
  const asServed = isCalibrated(winner.recipe, job)
    ? winner
    : await tryEntry(winner, served(winner.recipe, job), job, effects, () => {});
  const said = asServed.error === null ? asServed.said : winner.said;
  const quality = qualityOf(job, said);
  effects.progress(SEARCH_SHARE + 0.05);
  const judged = effects.clock();
  const model = await fitOn(served(winner.recipe, job), job, null, FINAL, effects);
  const floor = await fitOn(estimator(baseline.recipe, job), job, null, 'baseline', effects);
  effects.progress(0.95);
  const beside = await besideChampion(job, tried, winner, { said, model, effects });
  const importance = importanceOf(model, job);
  const auto = autoDetail(effects.reports, FINAL);
  return {
    winner: { name: winner.name, recipe: recorded(winner.recipe, effects), baseline: false },
    leaderboard: leaderboardOf(tried, winner, job, effects),
    model: model.bytes(),
    baseline: floor.bytes(),
    scores: {
      challenger: winner.scores,
      champion: beside.scores,
      baseline: baseline.scores,
    },
    difference: beside.difference,
    checks: [...quality.checks, ...beside.checks],
    metrics: { ...quality.metrics, [`${job.metric}.baseline`]: mean(baseline.scores) },
    importance,
    dependence: dependenceOf(model, job, importance),
    detail: { ...quality.detail, ...(auto && { auto }) },
    coverage: quality.coverage,
    timings: {
      search: (searched - began) / 1000,
      judge: (judged - searched) / 1000,
      fit: (effects.clock() - judged) / 1000,
    },
  };
}

/** A search that won is fitted again, beside a challenger, on what it tried. */
function recorded(recipe: Recipe, { reports }: FitEffects): Recipe {
  const auto = recipe.kind === 'auto' ? autoDetail(reports, FINAL) : undefined;
  return auto ? { ...recipe, params: { ...recipe.params, replay: replayOf(auto.report) } } : recipe;
}

async function search(job: TabularJob, effects: FitEffects): Promise<Tried[]> {
  const tried: Tried[] = [];
  const cells = job.entries.length * job.folds.length;
  let done = 0;
  for (const entry of job.entries) {
    if (effects.stop.stopped) break;
    const result = await tryEntry(entry, madeLate(entry, job), job, effects, (fold, value) => {
      done++;
      effects.progress((SEARCH_SHARE * done) / cells, { candidate: entry.name, fold, value });
    });
    tried.push(result);
  }
  return tried;
}

/** A recipe that cannot even be made fails in its own row of the leaderboard. */
const madeLate =
  (entry: Entry, job: TabularJob): Make =>
  (label, effects) => ({
    fit: (data, lent) => estimator(entry.recipe, job)(label, effects).fit(data, lent),
  });

async function besideChampion(
  job: TabularJob,
  tried: readonly Tried[],
  winner: Tried,
  { said, model, effects }: { said: Float64Array; model: Model; effects: FitEffects },
): Promise<Pick<TabularResult, 'difference' | 'checks'> & { scores: number[] | null }> {
  const { champion } = job;
  if (champion === null) return { scores: null, difference: null, checks: [] };
  const same = sameRecipe(champion.recipe, winner.recipe);
  const checks = artifactChecks(job, champion, { said, model, sameRecipe: same });
  if (same)
    return { scores: winner.scores, difference: { difference: 0, lower: 0, upper: 0 }, checks };
  const known = tried.find((one) => sameRecipe(one.recipe, champion.recipe));
  const entry = { name: 'champion', recipe: champion.recipe, baseline: false };
  const again = known ?? (await tryEntry(entry, madeLate(entry, job), job, effects, () => {}));
  if (again.error !== null) return { scores: null, difference: null, checks };
  return {
    scores: again.scores,
    difference: differenceOf(job, winner.said, again.said),
    checks,
  };
}

const leaderboardOf = (
  tried: readonly Tried[],
  winner: Tried,
  { metric, folds }: TabularJob,
  { reports }: FitEffects,
): LeaderboardRow[] =>
  tried.map((one) => {
    const last = reports.get(`${one.name}/${folds.length - 1}`);
    const searched = triedOf(
      (one === winner && autoDetail(reports, FINAL)?.report) || last,
      metric,
    );
    return {
      recipe: one.recipe,
      name: one.name,
      metrics: one.error === null && one.scores.length > 0 ? { [metric]: mean(one.scores) } : {},
      folds: one.scores,
      seconds: one.seconds,
      baseline: one.baseline,
      winner: one === winner,
      error: one.error,
      ...(searched && { tried: searched }),
    };
  });

/** Shares of the whole, the largest first; measured by shuffling where the model keeps none. */
function importanceOf(model: Model, job: TabularJob): TabularResult['importance'] {
  const own = model.importance?.();
  const values = own ? [...own] : shuffledImportance(model, job);
  const total = values.reduce((sum, value) => sum + value, 0) || 1;
  return model.columns
    .map(({ name }, c) => ({ column: name, share: values[c]! / total }))
    .sort((a, b) => b.share - a.share);
}

function shuffledImportance(model: Model, job: TabularJob): number[] {
  const rng = seeded(job.seed).fork('importance');
  const rows = permutation(job.x.rows, rng).subarray(0, IMPORTANCE_ROWS);
  const x = takeRows(job.x, rows);
  const y = Float64Array.from(rows, (row) => job.y[row]!);
  return permutationImportance(model, x, y, metricOf(job.metric), { rng, repeats: 2 }).map(
    ({ loss }) => Math.max(0, loss),
  );
}
