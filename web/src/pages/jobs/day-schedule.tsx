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
  const lines = schedule.map((line) => ({ line, marks: marksOf(line, todays, minuteOfDay(now)) }));
  const daily = lines.flatMap(({ line, marks }) => (marks === null ? [] : [{ line, marks }]));
  const later = lines.filter(({ marks }) => marks === null);
  return (
    <section>
      <div className="row-between">
        <h2 className="heading">{t({ pt: 'Hoje, hora a hora', en: 'Today, hour by hour' })}</h2>
        <span className="note">
          ● {t({ pt: 'feito', en: 'done' })} ○{' '}
          {t({ pt: 'por vir (cinza: parado)', en: 'to come (grey: down)' })}{' '}
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
          {daily.map(({ line, marks }) => (
            <li key={line.name} className="day-line">
              <span className="day-name">{subject(line)}</span>
              <span className="note">{verbWords(line.verb, t)}</span>
              <span className="day-track">
                {marks.map(({ minute, state }) => (
                  <i
                    key={minute}
                    className={`day-mark day-${state}`}
                    style={{ left: at(minute) }}
                  />
                ))}
                <i className="day-now" style={{ left: at(minuteOfDay(now)) }} />
                <span className="hidden">
                  {t({ pt: 'próxima', en: 'next' })} {moment(line.nextAt, language)}
                </span>
              </span>
            </li>
          ))}
        </ul>
        {later.length > 0 && (
          <details className="day-later">
            <summary>
              {t({ pt: `${later.length} em outros dias`, en: `${later.length} on other days` })}
            </summary>
            <ul>
              {later.map(({ line }) => (
                <li key={line.name} className="day-line">
                  <span className="day-name">{subject(line)}</span>
                  <span className="note">{verbWords(line.verb, t)}</span>
                  <span className="note">{moment(line.nextAt, language)}</span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </section>
  );
}

const subject = ({ name }: JobsAnswer['schedule'][number]) => name.split(' ').slice(1).join(' ');
