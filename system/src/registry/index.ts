export { judge, check, type Check, type Evidence } from './gate.js';
export {
  packVersion,
  unpackVersion,
  type SignatureColumn,
  type VersionMeta,
  type VersionPackage,
} from './package.js';
export {
  findVersion,
  getVersion,
  membersOf,
  newestVersion,
  openVersion,
  readArtifact,
  registerVersion,
  type MemberRow,
  type StoredVersion,
} from './versions.js';
export { listVersions } from './list.js';
export {
  applyVerdict,
  championOf,
  history,
  previousChampion,
  promote,
  rollback,
  whoServedOn,
  PROMOTIONS,
} from './promotions.js';
