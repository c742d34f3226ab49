import { findStep, firstDay } from '@tino/learn';
import { dateOf } from '../../../calendar/dates.js';
import { latestCutoff } from '../../../features/cutoffs.js';
import { identifier } from '../../../engine/quote.js';
import { sourcesNamed } from '../../../features/ground.js';
import { readAsOf } from '../../../features/read-as-of.js';
import type { House } from '../../../ports/house.js';
import type { SourceManifest } from '../../../sources/manifest.js';
import { currentTables } from '../../../sources/tables.js';
import type { ForecastDeclaration, LoadedModel, Source } from '../../../workspace/types.js';
import { columnOf } from './keys.js';
import { cutoffAfter, dayOf, stepIndex, stepStart, weekStartOf, type Calendar } from './steps.js';

/**
 * Where a forecast begins: the newest cut-off of its sources, or the end of the step that their
 * newest rows stand for. Rows without a time of day stand for their whole day, and those of a source
 * that has one date a step for the whole step. What they stand for counts when it was over before
 * the rows were read; a whole step that was not is left out.
 */
export async function forecastCutoff(house: House, model: LoadedModel): Promise<string> {
  const newest = await latestCutoff(house, model);
  const declaration = model.declaration as ForecastDeclaration;
  const reached: string[] = [];
  for (const { source, readOn } of await newestSources(house, model)) {
    const moments = await momentsOf(house, model.part, source, newest);
    const stands = newestStep(moments, declaration);
    if (stands === null) reached.push(newest);
    else if (stands.overOn <= readOn) reached.push(latest(stands.cutoff, newest));
    else reached.push(stands.begins < newest ? stands.begins : newest);
  }
  return reached.sort()[0] ?? newest;
}

const latest = (a: string, b: string) => (a > b ? a : b);

/** The step or day that the newest rows stand for, as local dates. */
interface NewestStep {
  /** The first cut-off after it. */
  cutoff: string;
  /** From when on nothing can be missing from it, whichever of its days rows are dated by. */
  overOn: string;
  /** The last cut-off before it; of a day, that day. */
  begins: string;
}

/**
 * @param moments of a source's rows, in any order
 * @returns null without moments, and where they have a time of day
 */
export function newestStep(moments: Iterable<string>, calendar: Calendar): NewestStep | null {
  const days = [...new Set(moments)].map(dayOf);
  if (days.length === 0 || calendar.step === 'hour' || !days.every(Number.isInteger)) return null;
  const day = days.reduce((a, b) => Math.max(a, b));
  const rhythm = days.length < 3 ? null : findStep(days);
  const [date, dayAfter] = [dateOf(day), dateOf(day + 1)];
  if (rhythm === null || !rhythm.regular || rhythm.step === 'hour')
    return { cutoff: dayAfter, overOn: dayAfter, begins: date };
  const own = { ...calendar, step: rhythm.step };
  const index = stepIndex(date, own);
  const weekStart = weekStartOf(calendar);
  const first = firstDay(index, own.step, weekStart);
  const next = firstDay(index + 1, own.step, weekStart);
  // A week may be dated by any of its days; months and years begin where everybody's do.
  const namedByLast =
    day === next - 1 && (own.step !== 'week' || calendar.weekStarts !== undefined);
  const overOn = dateOf(namedByLast ? next : next + day - first);
  return own.step === calendar.step
    ? { cutoff: cutoffAfter(index, own), overOn, begins: stepStart(index, own) }
    : { cutoff: dayAfter, overOn, begins: date };
}

/** The sources of a series that reach furthest, and the local date at which each was read. */
async function newestSources(
  house: House,
  model: LoadedModel,
): Promise<{ source: Source; readOn: string }[]> {
  const { series: file } = model.declaration as ForecastDeclaration;
  const part = house.workspace.parts[model.part]!;
  const stored = await currentTables<SourceManifest>(house, 'source');
  const timed = sourcesNamed(part, [model.sql[file]!]).flatMap((source) => {
    const { newest, ingestedAt } = stored.get(source.id)?.manifest ?? {};
    return newest && ingestedAt ? [{ source, newest, readOn: ingestedAt.slice(0, 10) }] : [];
  });
  const furthest = timed.reduce((top, { newest }) => (newest > top ? newest : top), '');
  return timed.filter(({ newest }) => newest === furthest);
}

/** When things happened, as far as a source knew it at a cut-off; empty without a time of its own. */
async function momentsOf(
  house: House,
  part: string,
  { name, eventTime }: Source,
  cutoff: string,
): Promise<string[]> {
  if (eventTime === undefined) return [];
  const column = identifier(eventTime);
  const sql = `SELECT DISTINCT CAST(${column} AS TIMESTAMP) AS at FROM ${identifier(name)} WHERE ${column} IS NOT NULL`;
  const batch = await readAsOf(house, part, 'moments', sql, cutoff);
  return [...columnOf(batch, 'at', 'moments').values].filter((at) => typeof at === 'string');
}
