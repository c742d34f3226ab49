export { ingest, type IngestReport } from './ingest.js';
export { createPrivacyKey } from './pseudonyms.js';
export { holdsPseudonyms } from './ingest.js';
export { sourceStatus } from './status.js';
export { currentTable, currentTables, sweepTables } from './tables.js';
