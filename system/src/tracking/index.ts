export { startRun, type LeaderboardRow, type Run, type RunFacts, type RunOutcome } from './run.js';
export { findRun, listRuns, type RunPage } from './list.js';
