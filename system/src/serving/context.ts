import { TinoError } from '../contract/error.js';
import type { House } from '../ports/house.js';
import type { LoadedModel } from '../workspace/types.js';
import { openPredictionLog, type PredictionLog } from './log.js';
import { openLookUpLog, type LookUpLog } from './look-ups.js';
import { openPredictors, type Predictors } from './predictors.js';
import { openScoreTables, type ScoreTables } from './score-table.js';

/** What answers hold in memory: open models, the last scores, the log. The caller closes it. */
export interface ServingContext {
  house: House;
  predictors: Predictors;
  scores: ScoreTables;
  log: PredictionLog;
  /** Who looked at whom. */
  lookups: LookUpLog;
  /** A training of some members only must name columns of a family's key. */
  requireTrainKey(model: LoadedModel, key: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
}

export async function openServing(house: House): Promise<ServingContext> {
  const predictors = await openPredictors(house);
  const scores = await openScoreTables(house);
  const log = openPredictionLog(house);
  const lookups = openLookUpLog(house);
  return {
    house,
    predictors,
    scores,
    log,
    lookups,
    requireTrainKey,
    async close() {
      await predictors.close();
      await scores.close();
      await log.close();
      await lookups.close();
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
