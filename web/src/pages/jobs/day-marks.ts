import type { Job, JobsAnswer } from '@tino/system/contract';
import { minuteOfDay } from '../../dates.js';

export interface DayMark {
  minute: number;
  /** A time that passed while nobody served is neither done nor to come. */
  state: 'done' | 'missed' | 'next';
}

type Line = JobsAnswer['schedule'][number];

/** Minutes of the day at which a line of the schedule acts; null where it does not act every day. */
export function marksOf(line: Line, todays: Job[], now: number): DayMark[] | null {
  const [rhythm = '', when = ''] = line.rhythm.split(' ');
  const minutes = minutesOf(rhythm, when);
  if (minutes === null) return null;
  const ran = todays.filter((job) => isOf(line, job)).map((job) => minuteOfDay(job.createdAt));
  return minutes.map((minute) => ({
    minute,
    state: minute > now ? 'next' : ran.some((at) => Math.abs(at - minute) <= 2) ? 'done' : 'missed',
  }));
}

function minutesOf(rhythm: string, when: string): number[] | null {
  if (rhythm === 'hourly') return Array.from({ length: 24 }, (_, hour) => hour * 60 + Number(when));
  const [hours, minutes] = when.split(':').map(Number);
  return rhythm === 'daily' && hours !== undefined && minutes !== undefined
    ? [hours * 60 + minutes]
    : null;
}

const isOf = ({ verb, model }: Line, job: Job) =>
  job.verb === verb &&
  job.requestedBy === 'schedule' &&
  (model === null || job.args['model'] === model);
