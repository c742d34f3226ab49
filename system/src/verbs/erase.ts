import type { ErasureAnswer } from '../contract/privacy.js';
import type { House, VerbEffects } from '../ports/house.js';
import { erasePerson } from '../privacy/erase.js';

/** Removes a person from everything derived; see `erasePerson`. */
export const eraseVerb = (
  house: House,
  { entity, key }: { entity: string; key: string },
  effects: VerbEffects,
): Promise<ErasureAnswer> => erasePerson(house, { entity, key, by: effects.by }, effects);
