import { loadForecastModel, type Backtest } from '@tino/learn';
import { addDays } from '../../../calendar/dates.js';
import type { LeaderboardRow, Run } from '../../../tracking/run.js';
import type { Words } from '../../../contract/words.js';
import type { ForecastDeclaration } from '../../../workspace/types.js';
import type { VersionMeta } from '../../package.js';
import type { MemberRow, Trained, TrainingContext } from '../../task.js';
import { bestParameters } from './champion.js';
import type { SeriesData } from './data.js';
import { dataHash, sha256 } from './fingerprint.js';
import type { FittedMember } from './fit.js';
import type { FamilyResult } from './job.js';
import { packFamily } from './package.js';
import { memberBands } from './sanity.js';
import { reportOf, reportText, type ForecastReport } from './report.js';
import { meanOf, scoresOf, typicalError } from './score.js';
import type { Tried } from './search.js';
import { stepStart } from './steps.js';
import { columnPhrase } from '../../signature.js';

/** All that a training of a family came to. */
interface FamilyTraining {
  now: SeriesData;
  result: FamilyResult;
}

/** Stores the local parts, writes the run's artifacts, and packs the version. */
export async function finish(
  context: TrainingContext,
  run: Run,
  fingerprint: string,
  { now, result }: FamilyTraining,
): Promise<Trained> {
  const { house, model, effects } = context;
  const declaration = model.declaration as ForecastDeclaration;
  const { members, test, origins, evidence, timings } = result;
  for (const { bytes } of members) if (bytes !== null) await house.artifacts.put(bytes);
  const dataUntil = addDays(now.cutoff, -1);
  const report = reportOf(model, now, {
    ...result,
    origins: origins.map(({ step }) => stepStart(step, declaration)),
    dataUntil,
  });
  await writeReport(run, report, result.tried);
  const packed = packFamily({ ...result, fits: origins.map(({ fits }) => fits) });
  const globalHash = sha256(result.global ?? result.baseline);
  const meta = metaOf(context, fingerprint, { now, result }, dataUntil);
  await run.log({ seriesReused: result.reuse.series });
  effects.progress({ done: 1, message: readyWords(result) });
  return {
    package: {
      meta: { ...meta, detail: { family: packed.meta, quality: qualityOf(meta) } },
      sections: packed.sections,
    },
    leaderboard: leaderboardOf(result, report),
    evidence,
    members: members.map((member) => memberRow(member, globalHash, test)),
    timings,
  };
}

function readyWords({ members, reuse: { series } }: FamilyResult): Words {
  return series === 0
    ? { pt: 'família pronta', en: 'family ready' }
    : {
        pt: `família pronta; ${series} de ${members.length} séries sem nada novo, aproveitadas`,
        en: `family ready; ${series} of ${members.length} series unchanged, reused`,
      };
}

async function writeReport(
  run: Run,
  report: ForecastReport,
  tried: readonly Tried[],
): Promise<void> {
  const encode = (text: string) => new TextEncoder().encode(text);
  const json = (value: unknown) => encode(`${JSON.stringify(value, null, 2)}\n`);
  await run.artifact('best-parameters.json', json(bestParameters(tried)));
  await run.artifact('report.json', json(report));
  await run.artifact('report.md', encode(reportText(report)));
}

function metaOf(
  { model, seed }: TrainingContext,
  fingerprint: string,
  { now, result }: FamilyTraining,
  dataUntil: string,
): Omit<VersionMeta, 'detail'> {
  const declaration = model.declaration as ForecastDeclaration;
  const { test, fitted, evidence, recipe } = result;
  const metrics = (['wape', 'mase', 'rmsse', 'smape'] as const).map((metric) => [
    metric,
    meanOf(scoresOf(test, metric, fitted)),
  ]);
  return {
    model: model.name,
    task: 'forecast',
    seed,
    declarationHash: model.hash,
    declaration,
    sql: model.sql,
    fingerprint,
    abt: { hash: dataHash(now), cutoffs: [now.cutoff], rows: now.set.values.length },
    dataUntil,
    recipe,
    metric: declaration.metric,
    better: 'lower',
    metrics: {
      ...(Object.fromEntries(metrics) as Record<string, number>),
      baseline: meanOf(evidence.baseline),
    },
    folds: [...evidence.challenger],
    baselineFolds: [...evidence.baseline],
    signature: signatureOf(now, declaration),
    coverage: memberBands(declaration, test).coverage,
    importance: importanceOf(result.global, now, declaration.horizon),
  };
}

/** Columns of the key, the attributes and what is known ahead. */
function signatureOf({ set }: SeriesData, { page }: ForecastDeclaration): VersionMeta['signature'] {
  const statics = set.statics?.columns ?? [];
  const phrase = (name: string) => columnPhrase(page, name);
  return [
    ...statics.map((column) => ({
      name: column.name,
      type: column.kind,
      ...(column.kind === 'category' && { levels: [...column.levels] }),
      typical: null,
      phrase: phrase(column.name),
    })),
    ...(set.covariates?.names ?? []).map((name) => ({
      name,
      type: 'number' as const,
      typical: null,
      phrase: phrase(name),
    })),
  ];
}

/** Members asked what moves them; more would cost time and say the same. */
const ASKED_MAX = 40;

function importanceOf(bytes: Uint8Array | null, { set, cold }: SeriesData, step: number) {
  const global = bytes && loadForecastModel(bytes);
  const sums = new Map<string, number>();
  let total = 0;
  const asked = cold.flatMap((isCold, i) => (isCold ? [] : [i])).slice(0, ASKED_MAX);
  for (const member of asked)
    for (const { column, contribution } of global?.drivers?.(set, member, step) ?? []) {
      sums.set(column, (sums.get(column) ?? 0) + Math.abs(contribution));
      total += Math.abs(contribution);
    }
  return [...sums]
    .map(([column, size]) => ({ column, share: size / total }))
    .sort((a, b) => b.share - a.share || (a.column < b.column ? -1 : 1));
}

function leaderboardOf(
  { tried, evidence }: FamilyResult,
  report: ForecastReport,
): LeaderboardRow[] {
  const { metric } = report;
  const rows = tried.map((one): LeaderboardRow => ({
    recipe: one.recipe,
    name: one.name,
    metrics: Number.isNaN(one.score) ? {} : { [metric]: one.score },
    folds: one.folds,
    seconds: one.seconds,
    baseline: one.baseline,
    winner: false,
    error: one.error,
  }));
  const { global, local, score } = report.family;
  const family: LeaderboardRow = {
    recipe: { kind: 'family', params: { global, local } },
    name: `family (${global} global, ${local} local)`,
    metrics: { [metric]: score },
    folds: [...evidence.challenger],
    seconds: 0,
    baseline: false,
    winner: true,
    error: null,
  };
  return [family, ...rows];
}

function memberRow(member: FittedMember, globalHash: string, test: Backtest): MemberRow {
  const error = typicalError(test, test.keys.indexOf(member.key));
  return {
    key: member.key,
    hash: member.hash ?? globalHash,
    kind: member.hash === null ? 'global' : 'local',
    metrics: error === null ? {} : { error },
  };
}

/** The error of the held-out windows beside that of repeating last season. */
function qualityOf({ metric, metrics }: Pick<VersionMeta, 'metric' | 'metrics'>): Words {
  const own = metrics[metric] ?? NaN;
  const baseline = metrics['baseline'] ?? NaN;
  if (metric === 'wape') {
    const said = (language: 'pt' | 'en', value: number) =>
      new Intl.NumberFormat(language === 'pt' ? 'pt-BR' : 'en', {
        style: 'percent',
        maximumFractionDigits: 1,
      }).format(value);
    return {
      pt: `erra em média ${said('pt', own)} do valor; repetindo a última época seriam ${said('pt', baseline)}`,
      en: `is off by ${said('en', own)} of the value on average; repeating the last season would be by ${said('en', baseline)}`,
    };
  }
  const share = Math.round((own / baseline) * 100);
  return {
    pt: `erra ${share}% do que erraria repetir a última época`,
    en: `is off by ${share}% of what repeating the last season would be`,
  };
}
