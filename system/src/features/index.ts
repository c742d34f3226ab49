export { buildAbt } from './abt.js';
export { readAbt, type AbtData } from './abt-data.js';
export type { Abt } from './abt-types.js';
export { buildViews } from './build.js';
export { checkWorkspace } from './check.js';
export { latestCutoff, sourcesOf } from './cutoffs.js';
export { explainAbt } from './explain.js';
export { proveNoLeak } from './leak.js';
export { openAsOf } from './read-as-of.js';
