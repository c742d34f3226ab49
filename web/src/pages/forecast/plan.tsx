import { useMutation } from '@tanstack/react-query';
import type { Forecast, ModelAnswer, WhatIfAnswer } from '@tino/system/contract';
import { useState } from 'react';
import { send, type ApiError } from '../../api.js';
import { day, number } from '../../format.js';
import { useLanguage } from '../../language.js';
import { useFilters } from '../../parts/filters.js';
import { Failure } from '../../parts/failure.js';
import { WhatIfBeside } from './what-if-beside.js';

/** What is planned for the steps ahead, and what another plan would do. */
export function Plan({ forecast, model }: { forecast: Forecast; model: ModelAnswer }) {
  const { language, t } = useLanguage();
  const chosenFilters = useFilters();
  const filters = Object.fromEntries(
    (model.page.filters ?? []).map((name) => [name, chosenFilters.values(name)]),
  );
  const first = forecast.plan[0];
  const [column, setColumn] = useState(first?.column ?? '');
  const [at, setAt] = useState('');
  const [value, setValue] = useState('');
  const { mutate, data, error, isPending } = useMutation<WhatIfAnswer, ApiError>({
    mutationFn: () =>
      send('POST', `/v1/models/${model.name}/forecast/what-if`, {
        key: forecast.key,
        ...(forecast.level !== null && { level: forecast.level }),
        horizon: forecast.points.length,
        filters,
        changes: [{ column, value: Number(value), ...(at !== '' && { at }) }],
      }),
  });
  const chosen = forecast.plan.find((one) => one.column === column) ?? first;
  if (chosen === undefined) return null;
  return (
    <section>
      <h2 className="section-title">
        {t({ pt: 'E se o plano mudar?', en: 'What if plans change?' })}
      </h2>
      <form
        className="plan-form"
        onSubmit={(event) => {
          event.preventDefault();
          mutate();
        }}
      >
        <label>
          {t({ pt: 'Trocar', en: 'Change' })}{' '}
          <select value={chosen.column} onChange={({ target }) => setColumn(target.value)}>
            {forecast.plan.map((one) => (
              <option key={one.column} value={one.column}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t({ pt: 'em', en: 'in' })}{' '}
          <select value={at} onChange={({ target }) => setAt(target.value)}>
            <option value="">{t({ pt: 'todos os passos', en: 'every step' })}</option>
            {forecast.points.map((point, h) => (
              <option key={point.at} value={point.at}>
                {day(point.at, language)} ({number(chosen.values[h]!, language, 2)})
              </option>
            ))}
          </select>
        </label>
        <label>
          {t({ pt: 'para', en: 'to' })}{' '}
          <input
            type="number"
            step="any"
            required
            value={value}
            onChange={({ target }) => setValue(target.value)}
          />
        </label>
        <button type="submit" className="button button-plain" disabled={isPending}>
          {t({ pt: 'Comparar', en: 'Compare' })}
        </button>
      </form>
      {error && <Failure error={error} />}
      {data && <WhatIfBeside answer={data} model={model} />}
    </section>
  );
}
