import { periodOf, seasonalHabit } from '@tino/learn';
import type { Forecast } from '../../contract/forecasts.js';
import type { Words } from '../../contract/words.js';
import { dayOf, stepStart, type Calendar } from '../../training/tasks/forecast/steps.js';

/** A season shows itself only after two turns. */
const TURNS_MIN = 2;

/** How often each month (week, day, …) rose, fell or stayed against the step before, counted. */
export function seasonOf(
  { start, values }: { start: number; values: Float64Array },
  calendar: Calendar,
): Pick<Forecast, 'season' | 'seasonStrength'> {
  const period = periodOf[calendar.step];
  if (period < 2 || values.length < TURNS_MIN * period) return { season: [], seasonStrength: null };
  const last = start + values.length - 1;
  const { phases, rising, falling, strength } = seasonalHabit(values, start, period);
  const season = phases.map(({ phase, rose, fell, flat, meanDeviation }) => ({
    phase,
    // The newest step of this phase names it: week 12 drifts by a day or two a year.
    label: labelOf(last - ((((last - phase) % period) + period) % period), calendar),
    rose,
    fell,
    flat,
    change: Number.isFinite(meanDeviation) ? round(meanDeviation) : null,
    usual: rising.includes(phase)
      ? ('up' as const)
      : falling.includes(phase)
        ? ('down' as const)
        : null,
  }));
  return { season, seasonStrength: strength === null ? null : round(strength) };
}

const round = (value: number) => Math.round(value * 1e4) / 1e4;

function labelOf(index: number, calendar: Calendar): Words {
  const { step } = calendar;
  const at = stepStart(index, calendar);
  const date = new Date(`${at.slice(0, 10)}T12:00:00Z`);
  if (step === 'hour') return { pt: `${Number(at.slice(11, 13))} h`, en: `${at.slice(11, 13)}:00` };
  if (step === 'week') {
    // Named by its middle, which falls in the same ISO week whatever day it begins on.
    const week = isoWeek(dayOf(at) + 3);
    return { pt: `sem. ${week}`, en: `week ${week}` };
  }
  if (step === 'quarter') {
    const quarter = Math.floor(date.getUTCMonth() / 3) + 1;
    return { pt: `${quarter}º tri.`, en: `Q${quarter}` };
  }
  const options = step === 'day' ? { weekday: 'short' as const } : { month: 'short' as const };
  const name = (locale: string) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(date).replace('.', '');
  return { pt: name('pt-BR'), en: name('en') };
}

/** ISO 8601: the week of the year that its Thursday falls in. */
function isoWeek(day: number): number {
  const thursday = Math.floor((day + 3) / 7) * 7;
  const year = new Date(thursday * 86_400_000).getUTCFullYear();
  return Math.floor((thursday - dayOf(`${year}-01-01`)) / 7) + 1;
}
