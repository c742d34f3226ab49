import type { Task } from '../workspace/types.js';
import type { TrainingTask } from './task.js';
import { trainClassify } from './tasks/classify.js';
import { trainForecast } from './tasks/forecast.js';
import { trainPrice } from './tasks/price.js';
import { trainRegress } from './tasks/regress.js';
import { trainSegment } from './tasks/segment.js';

export type { Champion, Trained, TrainingPlan, TrainingTask } from './task.js';

/** How each task is trained; the registry numbers, judges and promotes what comes back. */
export const tasks: Record<Task, TrainingTask> = {
  classify: trainClassify,
  regress: trainRegress,
  segment: trainSegment,
  forecast: trainForecast,
  price: trainPrice,
};
