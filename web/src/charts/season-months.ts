import type { Forecast, Words } from '@tino/system/contract';
import { monthOf, timeOf } from './time-ticks.js';

/** One bar pair of the season chart: steps that rose, fell or stayed, over all the years. */
export interface SeasonMonth {
  month: number;
  name: Words;
  rose: number;
  fell: number;
  flat: number;
  /** Inside the horizon of the forecast. */
  coming: boolean;
}

/** More phases than this are summed by month. */
const PHASES_MAX = 13;

/** The season as the chart draws it: weeks of the year summed by month, shorter cycles as they are. */
export function seasonMonths({ season, points }: Forecast): SeasonMonth[] {
  if (season.length <= PHASES_MAX)
    return season.map(({ phase, label, rose, fell, flat }) => ({
      month: phase,
      name: label,
      rose,
      fell,
      flat,
      coming: points.some(({ at }) => monthOf(at, 'en').startsWith(label.en)),
    }));
  const coming = new Set(points.map(({ at }) => new Date(timeOf(at)).getUTCMonth()));
  const months = Array.from({ length: 12 }, (_, month) => ({
    month,
    name: nameOf(month),
    rose: 0,
    fell: 0,
    flat: 0,
    coming: coming.has(month),
  }));
  for (const phase of season) {
    const month = months[monthOfWeek(phase.label)];
    if (!month) continue;
    month.rose += phase.rose;
    month.fell += phase.fell;
    month.flat += phase.flat;
  }
  return months;
}

/** The month in which the Thursday of an ISO week falls, by `week 12`. */
function monthOfWeek({ en }: Words): number {
  const week = Number(/\d+/.exec(en)?.[0] ?? 1);
  return new Date(Date.UTC(2026, 0, 1) + (week - 1) * 7 * 86_400_000).getUTCMonth();
}

const nameOf = (month: number): Words => {
  const iso = `2026-${String(month + 1).padStart(2, '0')}-15`;
  const short = (language: 'pt' | 'en') => monthOf(iso, language).replace(/ .*/, '');
  return { pt: short('pt'), en: short('en') };
};
