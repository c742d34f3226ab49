import type { Loaders } from '../loader.js';
import { loadBoosted } from './model.js';

export const loaders: Loaders = { boosting: loadBoosted };
