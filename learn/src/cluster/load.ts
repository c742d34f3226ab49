import type { Loaders } from '../loader.js';
import { loadKMeans } from './k-means.js';
import { loadMixture } from './mixture.js';

export const loaders: Loaders = { kMeans: loadKMeans, mixture: loadMixture };
