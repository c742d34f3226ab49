export * from './frame.js';
export * from './series.js';
export * from './estimator.js';
export * from './random.js';
export { encodeArtifact, decodeArtifact, crc32, type Artifact, type Section } from './artifact.js';
