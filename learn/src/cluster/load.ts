import type { Loaders } from '../loader.js';
import { loadKMeans } from './k-means.js';

export const loaders: Loaders = { kMeans: loadKMeans };
