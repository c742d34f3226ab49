import type { Loaders } from '../loader.js';
import { loadConstant } from './constant.js';

export const loaders: Loaders = { constant: loadConstant };
