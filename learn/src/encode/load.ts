import type { Loaders } from '../loader.js';
import { loadEncoded } from './model.js';

export const loaders: Loaders = { encoded: loadEncoded };
