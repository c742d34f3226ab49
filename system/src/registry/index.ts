export { judge } from './gate.js';
export { trainModel, type TrainOptions, type TrainReport } from './train.js';
export {
  findVersion,
  getVersion,
  membersOf,
  newestVersion,
  openVersion,
  readArtifact,
  registerVersion,
  type StoredVersion,
} from './versions.js';
export { listVersions } from './list.js';
export {
  aliasOf,
  applyVerdict,
  championOf,
  formerChampions,
  history,
  previousChampion,
  promote,
  rollback,
  whoServedOn,
  PROMOTIONS,
} from './promotions.js';
