export { startRun, type Run } from './run.js';
export { findRun, listRuns } from './list.js';
