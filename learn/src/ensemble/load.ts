import type { Loaders } from '../loader.js';
import { loadEnsemble } from './model.js';
import { loadStacked } from './stacked-model.js';

export const loaders: Loaders = { ensemble: loadEnsemble, stacked: loadStacked };
