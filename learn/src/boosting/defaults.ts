import type { TrainingData } from '../estimator.js';
import type { OpenSettings } from './parameters.js';
import type { Objective } from './scores.js';

type Chosen =
  | 'rounds'
  | 'learningRate'
  | 'rowSample'
  | 'columnSample'
  | 'earlyStoppingRounds'
  | 'validationFraction'
  | 'members';

/** Parameters with nothing left open. */
export type BoostingSettings = Omit<OpenSettings, Chosen> & Record<Chosen, number>;

/** Fewer rows say too little by a held-out part. */
const ROWS_HELD_OUT = 100;
/** With more rows × columns than this a line in every leaf costs more than it is likely to bring. */
export const CELLS_OF_LINES = 3_000_000;

/**
 * Fills in what was left open. Where `rounds` is given the rest is plain boosting, as other
 * libraries mean by the same names. Where it is not, a held-out part says when to stop, rows and
 * columns are sampled, and several boosters with other held-out parts are averaged, which is worth
 * more than any one setting; the work decides how slowly each learns and how many they are.
 */
export function settle(
  open: OpenSettings,
  objective: Objective,
  { x, validation }: TrainingData,
): BoostingSettings {
  const isOpen = open.rounds === null && open.dropRate === 0;
  const judged = validation ? validation.includes(1) : x.rows >= ROWS_HELD_OUT;
  const chosen =
    isOpen && judged && open.earlyStoppingRounds !== 0
      ? stoppedByHeldOut(x.rows, x.columns.length, objective.outputs)
      : { ...plain, rounds: isOpen && !judged ? 50 : plain.rounds };
  if (open.sampling === 'goss' || open.boostingOrder === 'ordered') chosen.rowSample = 1;
  const entries = Object.entries(chosen).map(([name, value]) => [
    name,
    open[name as Chosen] ?? value,
  ]);
  return {
    ...open,
    ...(Object.fromEntries(entries) as Record<Chosen, number>),
    leafModel:
      open.leafModel === 'auto' && !triesLines(open, objective, x) ? 'constant' : open.leafModel,
  };
}

const plain: Record<Chosen, number> = {
  rounds: 200,
  learningRate: 0.1,
  rowSample: 1,
  columnSample: 1,
  earlyStoppingRounds: 0,
  validationFraction: 0.1,
  members: 1,
};

function stoppedByHeldOut(rows: number, columns: number, outputs: number): Record<Chosen, number> {
  const work = rows * outputs;
  const learningRate = work <= 200_000 ? 0.05 : work <= 2_000_000 ? 0.1 : 0.2;
  return {
    // Enough to learn everything a hundred times over, and patience for two and a half.
    rounds: Math.round(100 / learningRate),
    earlyStoppingRounds: Math.round(2.5 / learningRate),
    learningRate,
    rowSample: 0.8,
    // Never so few that a tree cannot hold an interaction.
    columnSample: Math.max(0.5, Math.min(1, 4 / columns)),
    // A small table needs a larger part to be judged by, and every row to be trained on by most.
    validationFraction: rows <= 10_000 ? 0.2 : 0.1,
    members: work <= 10_000 ? 5 : work <= 200_000 ? 3 : 1,
  };
}

/**
 * Where both kinds of leaves are possible and worth a comparison: log-odds saturate within a few
 * splits, and seldom leave a slope.
 */
const triesLines = (
  open: OpenSettings,
  objective: Objective,
  { rows, columns }: TrainingData['x'],
): boolean =>
  open.rounds === null &&
  open.dropRate === 0 &&
  open.boostingOrder === 'plain' &&
  objective.link !== 'logit' &&
  objective.link !== 'softmax' &&
  objective.outputs === 1 &&
  objective.renewAt === undefined &&
  Object.keys(open.monotone).length === 0 &&
  rows * columns.length <= CELLS_OF_LINES &&
  columns.some(({ kind }) => kind === 'number');
