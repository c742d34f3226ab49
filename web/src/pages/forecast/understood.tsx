import type { Forecast, ModelAnswer } from '@tino/system/contract';
import { Measured } from '../kinds/measured.js';
import { MadeOf } from './made-of.js';
import { Plan } from './plan.js';

/** What the forecast is made of, how such forecasts did, and what another plan would do. */
export function ForecastUnderstood({
  forecast,
  model,
}: {
  forecast: Forecast;
  model: ModelAnswer;
}) {
  return (
    <>
      <div className="figures-two understood">
        <MadeOf forecast={forecast} model={model} />
        <Measured forecast={forecast} model={model} />
      </div>
      <Plan forecast={forecast} model={model} />
    </>
  );
}
