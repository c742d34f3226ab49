import { openLineLog, type LineLog } from './line-log.js';
import type { House } from '../ports/house.js';

/** One line of the prediction log. */
export interface LoggedPrediction {
  id: string;
  at: string;
  model: string;
  version: number;
  rung: string;
  key: Record<string, string> | null;
  /** What was asked, by column. */
  row: Record<string, unknown>;
  value: number;
}

export type PredictionLog = LineLog<LoggedPrediction>;

/** A prediction costs no transaction, and a crash loses the last second at most. */
export const openPredictionLog = (house: House): PredictionLog => openLineLog(house, 'predictions');
