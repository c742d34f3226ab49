import type { Loaders } from '../loader.js';
import { loadLinear } from './model.js';

export const loaders: Loaders = { linear: loadLinear };
