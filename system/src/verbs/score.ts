import type { House, VerbEffects } from '../ports/house.js';
import { refreshForecasts } from '../serving/forecast.js';
import { suggestAll } from '../serving/price.js';
import { scoreModel } from '../serving/scores.js';
import { openServing } from '../serving/context.js';
import { getModel } from '../workspace/find.js';

export interface ScoreReport {
  model: string;
  version: number;
  /** Entities scored, members forecast, or items with a suggestion. */
  rows: number;
  /** The same champion and data were scored before. */
  repeated: boolean;
}

/** Predictions for everyone, by the champion, at the newest cut-off. Idempotent by its run key. */
export async function score(
  house: House,
  { model }: { model: string },
  effects: VerbEffects,
): Promise<ScoreReport> {
  const loaded = getModel(house.workspace, model);
  const serving = await openServing(house);
  try {
    switch (loaded.declaration.task) {
      case 'forecast':
        return await refreshForecasts(serving, loaded, effects);
      case 'price':
        return await suggestAll(serving, loaded, effects);
      default:
        return await scoreModel(serving, loaded, effects);
    }
  } finally {
    await serving.close();
  }
}
