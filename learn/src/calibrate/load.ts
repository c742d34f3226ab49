import type { Loaders } from '../loader.js';
import { loadCalibrated } from './calibrated.js';
import { loadTransformed } from './transformed-target.js';

export const loaders: Loaders = {
  calibrated: loadCalibrated,
  transformedTarget: loadTransformed,
};
