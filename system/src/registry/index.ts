export { trainModel, type TrainOptions, type TrainReport } from './train.js';
export { findVersion, openVersion, readArtifact, type StoredVersion } from './versions.js';
export { listVersions } from './list.js';
export {
  aliasOf,
  championOf,
  formerChampions,
  history,
  previousChampion,
  promote,
  rollback,
  whoServedOn,
  PROMOTIONS,
} from './promotions.js';
