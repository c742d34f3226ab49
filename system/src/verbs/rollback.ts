import type { Promotion } from '../contract/models.js';
import type { House } from '../ports/house.js';
import { rollback } from '../registry/index.js';
import { getModel } from '../workspace/find.js';

export const rollbackVerb = (
  house: House,
  { model, by, reason }: { model: string; by: string; reason: string },
): Promise<Promotion> => rollback(house, getModel(house.workspace, model).name, { by, reason });
