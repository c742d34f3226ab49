export { ingest, type IngestReport } from './ingest.js';
export { createPrivacyKey } from './pseudonyms.js';
export { sourceStatus } from './status.js';
export { currentTable, currentTables, sweepTables } from './tables.js';
