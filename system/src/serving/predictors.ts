import { loadModel, type Model } from '@tino/learn';
import type { House } from '../ports/house.js';
import { PROMOTIONS } from '../registry/index.js';
import type { VersionPackage } from '../training/package.js';
import { climb, type Rung } from './ladder.js';

export type Served = Rung<Model>;

/** @throws where the package has no such section, or it cannot be read */
export function modelIn({ sections }: VersionPackage, section: 'model' | 'baseline'): Model {
  const bytes = sections[section];
  if (bytes === undefined) throw new Error(`section ${section} is missing`);
  return loadModel(bytes);
}

/** Models that answer, each opened once and until an alias of it moves. */
export interface Predictors {
  of(model: string): Promise<Served>;
  /** What is open already, without waiting; a request on the fast path asks this first. */
  peek(model: string): Served | undefined;
  close(): Promise<void>;
}

/**
 * A promotion or rollback anywhere empties the place of that model: requests under way finish with what
 * they hold, the next one opens the new version. Nothing waits and nothing is dropped.
 */
export async function openPredictors(house: House): Promise<Predictors> {
  const opening = new Map<string, Promise<Served>>();
  const open = new Map<string, Served>();
  const forget = (model: string) => {
    opening.delete(model);
    open.delete(model);
  };
  const unlisten = await house.state.listen(PROMOTIONS, forget);
  const load = async (model: string): Promise<Served> => {
    const own = climb(house, model, modelIn);
    opening.set(model, own);
    try {
      const served = await own;
      // An alias may have moved while the file was read; then nobody keeps this one.
      if (opening.get(model) === own) open.set(model, served);
      return served;
    } catch (error) {
      if (opening.get(model) === own) opening.delete(model);
      throw error;
    }
  };
  return {
    of: (model) => opening.get(model) ?? load(model),
    peek: (model) => open.get(model),
    close: unlisten,
  };
}
