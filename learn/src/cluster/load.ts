import type { Loaders } from '../loader.js';
import { loadHdbscan } from './hdbscan.js';
import { loadKMeans } from './k-means.js';
import { loadKPrototypes } from './k-prototypes.js';
import { loadMixture } from './mixture.js';

export const loaders: Loaders = {
  kMeans: loadKMeans,
  mixture: loadMixture,
  hdbscan: loadHdbscan,
  kPrototypes: loadKPrototypes,
};
