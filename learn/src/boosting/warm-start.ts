import { decodeArtifact } from '../artifact.js';
import type { Model, TrainingData } from '../estimator.js';
import { conform, type Frame } from '../frame.js';
import { addForest, treeInput } from './forest.js';
import { loadParts, type BoostedParts } from './model.js';
import type { Objective } from './scores.js';

/** What more rounds are grown on top of. */
export type Earlier = BoostedParts;

/** The parts of a booster of the same objective and outputs; another model is an error. */
export function earlierOf(model: Model, objective: Objective): Earlier {
  if (model.kind !== 'boosting')
    throw new Error(`startFrom is a model of kind ${model.kind}, expected one of boosting`);
  const parts = loadParts(decodeArtifact(model.bytes()));
  if (parts.objective !== objective.name || parts.start.length !== objective.outputs)
    throw new Error(
      `startFrom was trained for ${parts.objective} with ${parts.start.length} raw scores a row, ` +
        `these rounds are for ${objective.name} with ${objective.outputs}; give the same objective`,
    );
  return parts;
}

/**
 * The data as the earlier model reads it: its columns in its order, and only the levels that it
 * knows, since its trees have no place for others.
 */
export function readAs({ columns }: Earlier, data: TrainingData): TrainingData {
  const known = new Set(columns.map(({ name }) => name));
  const stranger = data.x.columns.find(({ name }) => !known.has(name));
  if (stranger)
    throw new Error(
      `column ${stranger.name} is not in the model of startFrom; give its columns and no others`,
    );
  const x = conform(data.x, columns);
  // The very frame, where nothing changed: its bins are made once.
  return x.columns.every((column, c) => column === data.x.columns[c]) ? data : { ...data, x };
}

/** Adds the earlier trees to scores that hold where they started, one column an output. */
export function addEarlier({ columns, forest }: Earlier, x: Frame, scores: Float64Array[]): void {
  const outputs = scores.length;
  const flat = new Float64Array(x.rows * outputs);
  for (let row = 0; row < x.rows; row++)
    for (let k = 0; k < outputs; k++) flat[row * outputs + k] = scores[k]![row]!;
  addForest(forest, treeInput(x, columns, forest), x.rows, outputs, flat);
  for (let row = 0; row < x.rows; row++)
    for (let k = 0; k < outputs; k++) scores[k]![row] = flat[row * outputs + k]!;
}
