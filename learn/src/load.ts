import { decodeArtifact } from './artifact.js';
import { loaders as auto } from './auto/load.js';
import { loaders as baseline } from './baseline/load.js';
import { loaders as boosting } from './boosting/load.js';
import { loaders as calibrate } from './calibrate/load.js';
import { loaders as cluster } from './cluster/load.js';
import { loaders as encode } from './encode/load.js';
import { loaders as ensemble } from './ensemble/load.js';
import type { Model } from './estimator.js';
import { loaders as linear } from './linear/load.js';
import type { Loaders } from './loader.js';
import { loaders as value } from './value/load.js';

const loaders: Loaders = {
  ...baseline,
  ...linear,
  ...boosting,
  ...calibrate,
  ...cluster,
  ...encode,
  ...ensemble,
  ...auto,
  ...value,
};

/** The model that `bytes()` wrote. Throws on a stranger's file, a damaged or an unknown one. */
export function loadModel(bytes: Uint8Array): Model {
  const artifact = decodeArtifact(bytes);
  const load = Object.hasOwn(loaders, artifact.kind) ? loaders[artifact.kind] : undefined;
  if (load === undefined) {
    const names = Object.keys(loaders).join(', ');
    throw new Error(`model kind ${artifact.kind} is unknown; this version reads ${names}`);
  }
  return load(artifact, loadModel);
}
