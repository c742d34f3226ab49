import type { Loaders } from '../loader.js';
import { loadEnsemble } from './model.js';

export const loaders: Loaders = { ensemble: loadEnsemble };
