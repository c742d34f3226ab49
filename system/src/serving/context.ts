import { TinoError } from '../contract/error.js';
import type { House } from '../ports/house.js';
import type { LoadedModel } from '../workspace/types.js';
import { openPredictionLog, type PredictionLog } from './log.js';
import { openPredictors, type Predictors } from './predictors.js';
import { openScoreTables, type ScoreTables } from './score-table.js';

/** What answers hold in memory: open models, the last scores, the log. The caller closes it. */
export interface ServingContext {
  house: House;
  predictors: Predictors;
  scores: ScoreTables;
  log: PredictionLog;
  /** A training of some members only must name columns of a family's key. */
  requireTrainKey(model: LoadedModel, key: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
}

export async function openServing(house: House): Promise<ServingContext> {
  const predictors = await openPredictors(house);
  const log = openPredictionLog(house);
  return {
    house,
    predictors,
    scores: openScoreTables(house),
    log,
    requireTrainKey,
    async close() {
      await predictors.close();
      await log.close();
    },
  };
}

function requireTrainKey(
  { declaration }: LoadedModel,
  key: Readonly<Record<string, string>>,
): void {
  const names = 'key' in declaration ? declaration.key : [];
  const asked = Object.keys(key);
  if (asked.length > 0 && asked.every((name) => names.includes(name))) return;
  throw new TinoError('BAD_KEY', {
    expected: names.join(', ') || '∅',
    found: asked.join(', ') || '∅',
  });
}
