import type { Loaders } from '../loader.js';
import { loadBgNbdChance } from './bg-nbd-chance.js';
import { loadBgNbd } from './bg-nbd-estimator.js';
import { loadHazard } from './hazard-estimator.js';
import { loadRfm } from './rfm-model.js';

export const loaders: Loaders = {
  bgNbd: loadBgNbd,
  bgNbdChance: loadBgNbdChance,
  hazard: loadHazard,
  rfm: loadRfm,
};
