import type { TinoError } from '../contract/error.js';
import { checkWorkspace } from '../features/index.js';
import type { House, VerbEffects } from '../ports/house.js';

/** Everything wrong, in one list: declarations, sources, SQL, and what leaks from the future. */
export const check = (house: House, effects: VerbEffects): Promise<TinoError[]> =>
  checkWorkspace(house, effects);
