import type { Loaders } from '../loader.js';
import { loadBgNbd } from './bg-nbd-estimator.js';

export const loaders: Loaders = { bgNbd: loadBgNbd };
