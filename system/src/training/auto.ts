import {
  auto,
  replayOf,
  transformedTarget,
  type AutoParameters,
  type AutoReport,
  type Estimator,
  type Recipe,
  type Stop,
} from '@tino/learn';
import type { LeaderboardRow } from '../tracking/run.js';
import type { JobEffects, TabularJob } from './job.js';

const MINUTES = 5;

/** What each search of a training did, by the label of its fit. */
export type AutoReports = Map<string, AutoReport>;

export interface AutoFit {
  recipe: Recipe;
  job: TabularJob;
  /** Names this fit among those of the training. */
  label: string;
  clock: JobEffects['clock'];
  reports: AutoReports;
}

/**
 * A search that ends when its share of the declared minutes is over: one on each fold, one on all
 * rows. Where the job says what a fit of this label tried before, it tries that and no clock is asked.
 * Its probabilities are calibrated from the rows that it held out.
 */
export function autoEstimator({ recipe, job, label, clock, reports }: AutoFit): Estimator {
  const { minutes = MINUTES, replay: recorded, ...params } = recipe.params;
  if (typeof minutes !== 'number' || !(minutes > 0))
    throw new RangeError(`auto.minutes is ${String(minutes)}, expected a number above 0`);
  const log = job.task === 'regress' && job.target === 'log';
  const fits = (job.folds.length + 1) * (log ? 2 : 1);
  let fit = 0;
  const estimator: Estimator = {
    async fit(data, { stop, ...rest }) {
      // A transformed target is fitted twice, the second time on all rows.
      const name = ++fit === 1 ? label : `${label}, again`;
      const replay = job.replays[name] ?? (recorded as string[] | undefined);
      const search = auto({
        // Typed by `autoTable`; what it does not know, it refuses.
        ...(params as Partial<AutoParameters>),
        task: job.task,
        // The logarithm of a target is judged by squares, whatever the metric of its value.
        metric: log ? 'rmse' : job.metric,
        calibrate: job.calibrate,
        ...(replay && { replay }),
      });
      const model = await search.fit(data, {
        ...rest,
        ...(replay ? stop && { stop } : { stop: timed(clock, (minutes * 60_000) / fits, stop) }),
      });
      reports.set(name, model.report);
      return model;
    },
  };
  return log ? transformedTarget(estimator, job.target) : estimator;
}

/** Stops when the time is over, or when the other stop does. */
function timed(clock: JobEffects['clock'], timeMs: number, other: Stop | undefined): Stop {
  const from = clock();
  return {
    get stopped() {
      return other?.stopped === true || clock() >= from + timeMs;
    },
    get spent() {
      return Math.min(1, (clock() - from) / timeMs);
    },
  };
}

/**
 * The candidates of a search as a leaderboard shows them, without scores where another metric decided;
 * undefined where nothing was searched.
 */
export const triedOf = (report: AutoReport | undefined, metric: string): LeaderboardRow['tried'] =>
  report?.candidates.map(({ name, outcome, score, reason }) => ({
    name,
    outcome,
    score: report.metric === metric ? score : null,
    reason,
    share: report.chosen.members.find((one) => one.name === name)?.share ?? 0,
  }));

/** What a version keeps of its searches, so that they can be made again without a clock. */
export interface AutoDetail {
  /** Of the fit on all rows. */
  report: AutoReport;
  /** Names that each fit tried, by its label. */
  replays: Record<string, string[]>;
}

export const autoDetail = (reports: AutoReports, final: string): AutoDetail | undefined => {
  const report = reports.get(`${final}, again`) ?? reports.get(final);
  return (
    report && {
      report,
      replays: Object.fromEntries([...reports].map(([label, found]) => [label, replayOf(found)])),
    }
  );
};
