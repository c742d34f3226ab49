import type { Rhythm } from '../workspace/types.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * The first moment of a rhythm strictly after `after`. Times are wall-clock times of `zone`: one
 * that a change of the clock leaves out (2017-10-15 00:00 in São Paulo) is moved on by the length
 * of the gap, and one that happens twice is taken the first time.
 */
export function nextAt(rhythm: Rhythm, after: Date, zone: string): Date {
  if (rhythm.kind === 'every') {
    const step = rhythm.minutes * MINUTE_MS;
    return new Date((Math.floor(after.getTime() / step) + 1) * step);
  }
  for (const wall of candidates(rhythm, wallOf(after.getTime(), zone))) {
    const instant = instantOf(wall, zone);
    if (instant > after.getTime()) return new Date(instant);
  }
  throw new Error(`rhythm ${describeRhythm(rhythm)} never comes after ${after.toISOString()}`);
}

/** As one line, the same in every language: pages put it in words. */
export function describeRhythm(rhythm: Rhythm): string {
  switch (rhythm.kind) {
    case 'every':
      return `every ${rhythm.minutes}`;
    case 'hourly':
      return `hourly ${rhythm.minute}`;
    case 'daily':
      return `daily ${rhythm.at}`;
    case 'weekly':
      return `weekly ${rhythm.weekday} ${rhythm.at}`;
    case 'monthly':
      return `monthly ${rhythm.day} ${rhythm.at}`;
  }
}

/** A wall-clock time as the milliseconds that it would be in UTC. */
type Wall = number;

/** Walls of a rhythm in order, from a little before `now`. */
function* candidates(rhythm: Exclude<Rhythm, { kind: 'every' }>, now: Wall): Generator<Wall> {
  if (rhythm.kind === 'hourly') {
    const hour = Math.floor(now / HOUR_MS) * HOUR_MS - HOUR_MS;
    for (let k = 0; k < 6; k++) yield hour + k * HOUR_MS + rhythm.minute * MINUTE_MS;
    return;
  }
  const [hours, minutes] = rhythm.at.split(':').map(Number) as [number, number];
  const time = hours * HOUR_MS + minutes * MINUTE_MS;
  if (rhythm.kind === 'monthly') {
    const date = new Date(now);
    for (let k = -1; k < 3; k++) {
      yield dayOfMonth(date.getUTCFullYear(), date.getUTCMonth() + k, rhythm.day) + time;
    }
    return;
  }
  const midnight = Math.floor(now / DAY_MS) * DAY_MS;
  for (let k = -1; k < 9; k++) {
    const day = midnight + k * DAY_MS;
    if (rhythm.kind === 'daily' || weekdayOf(day) === rhythm.weekday) yield day + time;
  }
}

/** 1 is Monday, 7 Sunday, as in ISO 8601. */
const weekdayOf = (day: Wall): number => ((new Date(day).getUTCDay() + 6) % 7) + 1;

/** A month without that day gives its last. */
const dayOfMonth = (year: number, month: number, day: number): Wall =>
  Math.min(Date.UTC(year, month, day), Date.UTC(year, month + 1, 0));

function instantOf(wall: Wall, zone: string): number {
  const before = offsetAt(wall - DAY_MS, zone);
  const after = offsetAt(wall + DAY_MS, zone);
  const both = [wall - before, wall - after];
  const real = both.filter((instant) => wallOf(instant, zone) === wall);
  return real.length > 0 ? Math.min(...real) : Math.max(...both);
}

const offsetAt = (instant: number, zone: string): number => wallOf(instant, zone) - instant;

const formats = new Map<string, Intl.DateTimeFormat>();

function wallOf(instant: number, zone: string): Wall {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  const part = Object.fromEntries(
    format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  ) as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>;
  const { year, month, day, hour, minute, second } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
