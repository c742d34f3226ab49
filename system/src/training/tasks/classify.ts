import type { ClassifyDeclaration } from '../../workspace/types.js';
import type { TrainingTask } from '../task.js';
import { trainLabelled } from './tabular.js';

/** A calibrated probability of the label, judged against the share of positives. */
export const trainClassify: TrainingTask = (context) =>
  trainLabelled(context, context.model.declaration as ClassifyDeclaration);
