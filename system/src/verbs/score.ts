import type { House, VerbEffects } from '../ports/house.js';
import { refreshForecasts } from '../serving/forecast/forecast.js';
import { suggestAll } from '../serving/price/price.js';
import { monthBefore, type ScoreManifest } from '../serving/score-table.js';
import { scoreModel } from '../serving/scores.js';
import { currentTable } from '../sources/tables.js';
import { openServing } from '../serving/context.js';
import { getModel } from '../workspace/find.js';
import type { LoadedModel } from '../workspace/types.js';
import { part } from './effects.js';
import { insights } from './insights.js';

export interface ScoreReport {
  model: string;
  version: number;
  /** Entities scored, members forecast, or items with a suggestion. */
  rows: number;
  /** The same champion and data were scored before. */
  repeated: boolean;
}

/** Who moved is told of when it is known, not at the next build. */
async function lookAtMoves(
  house: House,
  { name, part: of }: LoadedModel,
  effects: VerbEffects,
): Promise<void> {
  const looks = Object.values(house.workspace.parts[of]!.insights);
  const asked = looks.some(
    ({ declaration }) => declaration.look === 'moves' && declaration.model === name,
  );
  if (!asked) return;
  const scored = await currentTable<ScoreManifest>(house, 'scores', name);
  const earlier = scored && (await monthBefore(house, name, scored.manifest.cutoff));
  // Nobody can have moved before there is a scoring to have moved from.
  if (earlier !== undefined) await insights(house, { part: of }, effects);
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
      case 'segment': {
        const report = await scoreModel(serving, loaded, part(effects, 0, 0.9));
        if (!report.repeated) await lookAtMoves(house, loaded, part(effects, 0.9, 1));
        return report;
      }
      default:
        return await scoreModel(serving, loaded, effects);
    }
  } finally {
    await serving.close();
  }
}
