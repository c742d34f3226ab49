import type { Language, ScoresAnswer } from '@tino/system/contract';
import { number, share } from '../format.js';
import { useLanguage } from '../language.js';
import { Predicted } from '../parts/predicted.js';
import type { ChartTable } from './chart-table.js';

type Calibration = ScoresAnswer['calibration'];

/** What was said beside what happened, on held-out folds; a dot for each on one scale. */
export function CalibrationTable({
  calibration,
  noun,
}: {
  calibration: Calibration;
  noun: string;
}) {
  const { language, t } = useLanguage();
  const most = Math.max(0.01, ...calibration.flatMap(({ said, happened }) => [said, happened]));
  const at = (value: number) => 3 + (value / most) * 84;
  return (
    <table className="calibration">
      <thead>
        <tr>
          <th scope="col">{t({ pt: 'Disse', en: 'Said' })}</th>
          <th scope="col">
            <span className="hidden">{t({ pt: 'No mesmo eixo', en: 'On one axis' })}</span>
          </th>
          <th scope="col" className="num">
            {t({ pt: 'Aconteceu', en: 'Happened' })}
          </th>
          <th scope="col" className="num">
            {noun}
          </th>
        </tr>
      </thead>
      <tbody>
        {calibration.map(({ said, happened, count }) => (
          <tr key={said}>
            <th scope="row">
              <Predicted>{share(said, language)}</Predicted>
            </th>
            <td>
              <svg
                width={90}
                height={14}
                role="img"
                aria-label={`${share(said, language)} → ${share(happened, language)}`}
              >
                <line className="track" x1={0} x2={90} y1={7} y2={7} />
                <line className="gap" x1={at(said)} x2={at(happened)} y1={7} y2={7} />
                <circle className="said" cx={at(said)} cy={7} r={3} />
                <circle className="happened" cx={at(happened)} cy={7} r={3} />
              </svg>
            </td>
            <td className="num">{share(happened, language)}</td>
            <td className="num muted">{number(count, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Said, happened and how many cases. */
export function tableOfCalibration(calibration: Calibration, language: Language): ChartTable {
  return {
    columns: language === 'pt' ? ['Disse', 'Aconteceu', 'Casos'] : ['Said', 'Happened', 'Cases'],
    rows: calibration.map(({ said, happened, count }) => [
      share(said, language),
      share(happened, language),
      number(count, language),
    ]),
  };
}
