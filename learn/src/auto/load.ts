import type { Loaders } from '../loader.js';
import { loadAuto } from './model.js';

export const loaders: Loaders = { auto: loadAuto };
