import type { Promotion } from '../contract/models.js';
import type { House } from '../ports/house.js';
import { promote } from '../registry/index.js';
import { getModel } from '../workspace/find.js';

export const promoteVerb = (
  house: House,
  { model, version, by, reason }: { model: string; version: number; by: string; reason: string },
): Promise<Promotion> =>
  promote(house, getModel(house.workspace, model).name, version, { by, reason });
