import type { House, VerbEffects } from '../ports/house.js';
import { trainModel, type TrainReport } from '../registry/index.js';
import { getModel } from '../workspace/find.js';

export interface TrainArguments {
  model: string;
  key?: Record<string, string>;
  seed?: number;
  /** Train although nothing changed. */
  force?: boolean;
}

/** ABT → search → leaderboard → version → gate → alias. */
export const train = (
  house: House,
  { model, ...options }: TrainArguments,
  effects: VerbEffects,
): Promise<TrainReport> => trainModel(house, getModel(house.workspace, model), options, effects);
