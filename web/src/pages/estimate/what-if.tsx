import type { ModelAnswer } from '@tino/system/contract';
import { useState } from 'react';
import { Figure } from '../../charts/figure.js';
import { tableOfWhatIf, WhatIfChart } from '../../charts/what-if-chart.js';
import { useLanguage } from '../../language.js';
import { columnLabel } from '../kinds/labels.js';
import { isFlag, type Row } from './row.js';
import { usePredict } from './use-predict.js';

const POINTS = 17;

/** How the answer moves with one number, all else as in the form. */
export function WhatIf({ model, row }: { model: ModelAnswer; row: Row }) {
  const { language, t } = useLanguage();
  const varied = model.features.filter(
    (feature) =>
      feature.type === 'number' &&
      !isFlag(feature) &&
      feature.low !== undefined &&
      feature.high !== undefined &&
      feature.high > feature.low,
  );
  const [name, setName] = useState(varied[0]?.name);
  const feature = varied.find((one) => one.name === name);
  const at = feature ? gridOf(feature.low!, feature.high!) : [];
  const { data } = usePredict(
    model,
    at.map((value) => ({ ...row, [feature!.name]: value })),
    false,
  );
  if (!feature) return null;
  const points = (data?.predictions ?? [])
    .slice(0, at.length)
    .map((prediction, index) => ({ at: at[index]!, prediction }));
  const label = columnLabel(model, feature.name, language);
  const now = row[feature.name];
  return (
    <Figure
      title={
        <label className="what-if-title">
          {t({ pt: 'E se mudasse', en: 'What if it changed' })}{' '}
          <select value={name} onChange={({ target }) => setName(target.value)}>
            {varied.map((one) => (
              <option key={one.name} value={one.name}>
                {columnLabel(model, one.name, language).toLowerCase()}
              </option>
            ))}
          </select>
        </label>
      }
      summary={t({ pt: `O previsto conforme ${label}`, en: `The prediction by ${label}` })}
      table={tableOfWhatIf(points, label, model.page.unit, language)}
    >
      {points.length > 1 && (
        <WhatIfChart
          points={points}
          now={typeof now === 'number' ? now : null}
          unit={model.page.unit}
          name={label}
        />
      )}
    </Figure>
  );
}

/** Evenly spaced values; whole ones where the column counts. */
function gridOf(low: number, high: number): number[] {
  const whole = Number.isInteger(low) && Number.isInteger(high);
  const count = whole ? Math.min(POINTS, high - low + 1) : POINTS;
  const values = Array.from({ length: count }, (_, index) => {
    const value = low + ((high - low) * index) / Math.max(1, count - 1);
    return whole ? Math.round(value) : value;
  });
  return [...new Set(values)];
}
