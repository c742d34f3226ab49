import type { RegressDeclaration } from '../../workspace/types.js';
import type { TrainingTask } from '../task.js';
import { trainLabelled } from './tabular.js';

/** A value with its interval, judged against the mean. */
export const trainRegress: TrainingTask = (context) =>
  trainLabelled(context, context.model.declaration as RegressDeclaration);
