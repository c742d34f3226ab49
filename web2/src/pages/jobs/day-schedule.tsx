import type { Job, JobsAnswer } from '@tino/system/contract';
import { date, minuteOfDay, moment, time } from '../../dates.js';
import { useLanguage } from '../../language.js';
import { useNow } from '../../use-now.js';
import { marksOf } from './day-marks.js';
import { verbWords } from './job-words.js';

const DAY = 1440;

/** The day on one line per job: done is full, to come is hollow, the rule is now. */
export function DaySchedule({ schedule, jobs }: { schedule: JobsAnswer['schedule']; jobs: Job[] }) {
  const { t, language } = useLanguage();
  const now = useNow();
  const at = (minute: number) => `${(100 * minute) / DAY}%`;
  const today = date(now, language);
  const todays = jobs.filter(({ createdAt }) => date(createdAt, language) === today);
  return (
    <section>
      <div className="row-between">
        <h2 className="heading">{t({ pt: 'Hoje, hora a hora', en: 'Today, hour by hour' })}</h2>
        <span className="note">
          ● {t({ pt: 'feito', en: 'done' })} ○ {t({ pt: 'por vir', en: 'to come' })}{' '}
          <i className="now-key" /> {t({ pt: 'agora,', en: 'now,' })} {time(now, language)}
        </span>
      </div>
      <div className="day">
        <div className="day-hours" aria-hidden="true">
          {[0, 6, 12, 18, 24].map((hour) => (
            <span key={hour} style={{ left: at(hour * 60) }}>
              {hour} h
            </span>
          ))}
        </div>
        <ul>
          {schedule.map((line) => {
            const marks = marksOf(line, todays, minuteOfDay(now));
            return (
              <li key={line.name} className="day-line">
                <span className="day-name">{line.name.split(' ').slice(1).join(' ')}</span>
                <span className="note">{verbWords(line.verb, t)}</span>
                <span className="day-track">
                  {marks === null ? (
                    <span className="note day-later">{moment(line.nextAt, language)}</span>
                  ) : (
                    marks.map(({ minute, state }) => (
                      <i
                        key={minute}
                        className={`day-mark day-${state}`}
                        style={{ left: at(minute) }}
                      />
                    ))
                  )}
                  <i className="day-now" style={{ left: at(minuteOfDay(now)) }} />
                  <span className="hidden">
                    {t({ pt: 'próxima', en: 'next' })} {moment(line.nextAt, language)}
                  </span>
                </span>
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}
