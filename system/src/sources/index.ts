export { ingest, type IngestReport } from './ingest.js';
export { createPrivacyKey, defaultPrivacyKeyFile } from './pseudonyms.js';
export { sourceStatus } from './status.js';
export {
  commitTables,
  currentTable,
  currentTables,
  fileSafe,
  sweepTables,
  tableFolder,
  type CommittedTable,
  type Table,
} from './tables.js';
