import { findAnomalies, type Backtest, type Hygiene } from '@tino/learn';
import type { ForecastDeclaration, LoadedModel } from '../../../workspace/types.js';
import type { Agreement } from './agree.js';
import { bandsOf, type IntervalRecord } from './bands.js';
import type { SeriesData } from './data.js';
import type { FittedSums } from './package.js';
import type { FamilyMember } from './family.js';
import type { Reuse } from './job.js';
import { columnsOf, nodesOf } from './levels.js';
import { nodeTest } from './node-test.js';
import { meanOf, scoresOf, typicalError } from './score.js';
import type { Tried } from './search.js';
import { stepStart } from './steps.js';
import { valuesOf } from './series.js';

/** What a training tells a person: written as report.json and, in words, as report.md. */
export interface ForecastReport {
  model: string;
  metric: string;
  horizon: number;
  step: string;
  dataUntil: string;
  origins: string[];
  leaderboard: {
    name: string;
    score: number;
    folds: number[];
    seconds: number;
    error: string | null;
  }[];
  family: { score: number; folds: number[]; global: number; local: number };
  levels: LevelReport[];
  /** Null where nothing but sums of members was asked for, or members alone were fitted again. */
  agreement: Agreement | null;
  hygiene: HygieneReport;
  /** What had nothing new and was not fitted again. */
  reuse: Reuse;
  duplicates: 'keep' | 'drop';
  members: {
    key: string;
    rule: string;
    recipe: string | null;
    reason: string;
    typicalError: number | null;
  }[];
}

/** What was odd about the series, counted; nothing but unknown demand was changed. */
interface HygieneReport extends Hygiene {
  /** Members whose values were looked at for spikes and shifts. */
  looked: number;
  spikes: { key: string; at: string[] }[];
  shifts: { key: string; at: string; before: number; after: number }[];
}

interface LevelReport {
  level: string;
  nodes: number;
  score: number;
  /** The same of repeating the last season, and the share of its error that is saved. */
  naive: number;
  valueAdded: number;
  /** The score as sums of members, where groups and members were made to agree. */
  bottomUp: number | null;
  /** Σ|error| ÷ Σ|actual| by steps ahead. */
  errorByStep: number[];
  coverage: { level: number; measured: number; points: number }[];
  /** The same by steps ahead, with the mean scaled interval score. */
  intervals: IntervalRecord[];
}

export function reportOf(
  model: LoadedModel,
  data: SeriesData,
  result: {
    tried: readonly Tried[];
    members: readonly FamilyMember[];
    test: Backtest;
    naive: Backtest;
    sums: FittedSums | null;
    agreement: Agreement | null;
    fitted: readonly number[];
    origins: string[];
    dataUntil: string;
    reuse: Reuse;
  },
): ForecastReport {
  const declaration = model.declaration as ForecastDeclaration;
  const { tried, members, test, fitted } = result;
  const folds = scoresOf(test, declaration.metric, fitted);
  const rowOf = new Map(test.keys.map((key, row) => [key, row]));
  return {
    model: model.name,
    metric: declaration.metric,
    horizon: declaration.horizon,
    step: declaration.step,
    dataUntil: result.dataUntil,
    origins: result.origins,
    leaderboard: tried
      .map(({ name, score, folds, seconds, error }) => ({ name, score, folds, seconds, error }))
      .sort((a, b) => (Number.isNaN(a.score) ? 1 : Number.isNaN(b.score) ? -1 : a.score - b.score)),
    family: {
      score: meanOf(folds),
      folds,
      global: members.filter(({ rule }) => rule === 'global').length,
      local: members.filter(({ rule }) => rule !== 'global').length,
    },
    levels: [null, ...Object.keys(declaration.levels)].map((level) =>
      levelReport(model, data, result, level),
    ),
    agreement: result.agreement,
    hygiene: hygieneReport(data, declaration),
    reuse: result.reuse,
    duplicates: declaration.duplicates ?? 'keep',
    members: members.map(({ key, rule, recipe, reason }) => ({
      key,
      rule,
      recipe: recipe?.kind ?? null,
      reason,
      typicalError: rowOf.has(key) ? typicalError(test, rowOf.get(key)!) : null,
    })),
  };
}

function levelReport(
  model: LoadedModel,
  data: SeriesData,
  { test, naive, sums }: { test: Backtest; naive: Backtest; sums: FittedSums | null },
  level: string | null,
): LevelReport {
  const declaration = model.declaration as ForecastDeclaration;
  const { how, horizon, intervals, metric, floor } = declaration;
  const rowOf = new Map(test.keys.map((key, row) => [key, row]));
  const nodes = nodesOf(data, columnsOf(model.name, declaration, level));
  const place = (member: number) => rowOf.get(data.set.keys[member]!) ?? -1;
  const own = nodeTest(test, nodes, { data, how, place });
  const scoreOf = (of: Backtest) =>
    meanOf(scoresOf(nodeTest(of, nodes, { data, how, place }), metric));
  const [score, without] = [meanOf(scoresOf(own, metric)), scoreOf(naive)];
  const bands = bandsOf(own, { levels: intervals, multiplicative: how !== 'sum', floor });
  return {
    level: level ?? 'member',
    nodes: nodes.length,
    score,
    naive: without,
    valueAdded: 1 - score / without,
    bottomUp: sums && scoreOf(sums.base),
    errorByStep: Array.from({ length: horizon }, (_, h) => errorAt(own, h)),
    coverage: bands.coverage,
    intervals: bands.records,
  };
}

/** Above so many members the search for spikes and shifts is left to those that come first. */
const LOOKED_MAX = 5000;

function hygieneReport({ set, hygiene }: SeriesData, calendar: ForecastDeclaration): HygieneReport {
  const keys = set.keys.slice(0, LOOKED_MAX);
  const found = keys.map((key, i) => {
    const at = (t: number) => stepStart(set.starts[i]! + t, calendar);
    const { spikes, shifts } = findAnomalies(valuesOf(set, i), set.period);
    return {
      key,
      spikes: spikes.map(at),
      shifts: shifts.map((shift) => ({ key, ...shift, at: at(shift.at) })),
    };
  });
  return {
    ...hygiene,
    looked: keys.length,
    spikes: found.flatMap(({ key, spikes }) => (spikes.length > 0 ? [{ key, at: spikes }] : [])),
    shifts: found.flatMap(({ shifts }) => shifts),
  };
}

function errorAt({ horizon, actual, predicted }: Backtest, step: number): number {
  let error = 0;
  let size = 0;
  for (let i = step; i < actual.length; i += horizon) {
    const own = Math.abs(actual[i]! - predicted[i]!);
    if (Number.isNaN(own)) continue;
    error += own;
    size += Math.abs(actual[i]!);
  }
  return error / size;
}

const row = (...cells: string[]) => `| ${cells.join(' | ')} |`;

/** The report as a page of text. */
export function reportText(report: ForecastReport): string {
  const { model, metric, family, leaderboard, hygiene, members } = report;
  return [
    `# ${model}`,
    '',
    `${report.horizon} steps of a ${report.step}, data until ${report.dataUntil}, ` +
      `${report.origins.length} origins (${report.origins[0]} to ${report.origins.at(-1)}).`,
    `Family: ${metric} ${shown(family.score)}, ${family.global} members global, ${family.local} local.`,
    '',
    '## Leaderboard',
    '',
    row('recipe', metric, 'by origin', 'seconds'),
    row('---', '--:', '---', '--:'),
    ...leaderboard.map(({ name, score, folds, seconds, error }) =>
      row(name, shown(score), error ?? folds.map(shown).join(' '), seconds.toFixed(1)),
    ),
    '',
    ...levelsText(report),
    ...agreementText(report.agreement),
    '## Series',
    '',
    `${hygiene.points} points: ${hygiene.unknown} without a value, ${hygiene.duplicates} said twice (${report.duplicates === 'drop' ? 'counted once' : 'kept'}).`,
    `${hygiene.gaps} steps without a point, ${hygiene.censored} not on sale and so unknown, ${hygiene.leadingZeros} zeros before the first sale left out.`,
    `Of ${hygiene.looked} members, ${hygiene.spikes.length} have spikes and ${new Set(hygiene.shifts.map(({ key }) => key)).size} a shift of level.`,
    reuseText(report),
    '',
    '## Members',
    '',
    row('member', 'by', 'why', 'typical error'),
    row('---', '---', '---', '--:'),
    ...members.map(({ key, rule, recipe, reason, typicalError: error }) =>
      row(
        Object.values(JSON.parse(key) as Record<string, string>).join(' · '),
        recipe === null ? rule : `${rule} ${recipe}`,
        reason,
        error === null ? '' : percent(error),
      ),
    ),
    '',
  ].join('\n');
}

function levelsText({ levels, metric }: ForecastReport): string[] {
  return [
    '## Levels',
    '',
    row(
      'level',
      'nodes',
      metric,
      'last season again',
      'value added',
      'as sums',
      'error by step',
      'coverage',
      'interval score by step',
    ),
    row('---', '--:', '--:', '--:', '--:', '--:', '---', '---', '---'),
    ...levels.map(({ level, nodes, errorByStep, coverage, intervals, ...scores }) =>
      row(
        level,
        String(nodes),
        shown(scores.score),
        shown(scores.naive),
        percent(scores.valueAdded),
        scores.bottomUp === null ? '' : shown(scores.bottomUp),
        errorByStep.map(percent).join(' '),
        coverage.map((one) => `${percent(one.level)} → ${percent(one.measured)}`).join(', '),
        intervals
          .map(({ level: share, msis }) => `${percent(share)}: ${msis.map(score2).join(' ')}`)
          .join(', '),
      ),
    ),
    '',
  ];
}

function agreementText(agreement: Agreement | null): string[] {
  if (agreement === null) return [];
  const { ratio, used } = agreement;
  const found = `Made to agree with forecasts of the groups, levels err ${percent(ratio)} as much as sums of members`;
  return [`${found}, so ${used ? 'they are' : 'they are sums of members'}.`, ''];
}

function reuseText({ reuse, members }: ForecastReport): string {
  const { series, parts, global } = reuse;
  const models = `${global.reused} of ${global.reused + global.made} fits of global models`;
  return `Of ${members.length} members, ${series} had nothing new and were not fitted again; ${parts.kept} of ${parts.of} local parts and ${models} in the search were taken over.`;
}

const score2 = (value: number | null) => (value === null ? '–' : value.toFixed(1));
const shown = (value: number) => (Number.isNaN(value) ? '' : value.toPrecision(4));
const percent = (share: number) => (Number.isNaN(share) ? '' : `${(share * 100).toFixed(1)}%`);
