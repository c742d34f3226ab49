import type { Effects, TrainingData } from '../estimator.js';
import { schemaOf } from '../frame.js';
import type { Rng } from '../random.js';
import { scaleTree } from './dart.js';
import type { BoostingSettings } from './defaults.js';
import { packForest } from './forest.js';
import { joinForests } from './join-forests.js';
import type { BoostedParts } from './model.js';
import { orderCategories, type OrderedCategories } from './ordered-target.js';
import { boostRounds, type Boosted, type Run } from './rounds.js';
import { holdOut } from './validation.js';

/** Lines cost time in every prediction: less than this share of the loss is not worth them. */
const WORTH = 0.01;

type Common = Omit<Run, 'split' | 'rng' | 'x'>;

/** The mean of all members: their trees one after another, each with its share. */
export function boostMembers(
  run: Common,
  effects: Effects,
): Pick<BoostedParts, 'start' | 'forest'> {
  const { settings, data, earlier } = run;
  const columns = schemaOf(data.x);
  const ordered =
    settings.categories === 'ordered' ? orderedOf(settings, data, effects.rng) : undefined;
  const boosted = runMembers(run, ordered, effects);
  const share = 1 / boosted.length;
  const forests = boosted.map(({ trees, binned }) => {
    for (const tree of trees) scaleTree(tree, share);
    const told = ordered?.asSets(trees, binned) ?? { trees, binned };
    return packForest(told.trees, told.binned);
  });
  if (earlier) forests.unshift(earlier.forest);
  return {
    start: meanStart(boosted),
    forest: forests.reduce((all, one) => joinForests(columns, all, one)),
  };
}

/** At least one member; where the kind of leaves is open, the first tries both. */
function runMembers(
  run: Common,
  ordered: OrderedCategories | undefined,
  { rng, stop, progress, pool, kernels }: Effects,
): Boosted[] {
  const { objective, data } = run;
  const { members, leafModel } = run.settings;
  const runs = members + (leafModel === 'auto' ? 1 : 0);
  let done = 0;
  const boost = (member: number, leaves: BoostingSettings['leafModel']): Boosted => {
    const settings = { ...run.settings, leafModel: leaves };
    const own = rng.fork(`member ${member}`);
    const split = holdOut(settings, objective, data, rng, member);
    const x = ordered?.frameOf(split, own.fork('order')) ?? data.x;
    const report = (part: number) => progress?.((done + part) / runs);
    const found = boostRounds(
      { ...run, settings, x, split, rng: own },
      {
        ...(stop && { stop }),
        ...(pool && { pool }),
        ...(kernels && { kernels }),
        progress: report,
      },
    );
    done++;
    return found;
  };
  let chosen = leafModel === 'auto' ? 'constant' : leafModel;
  const all = [boost(0, chosen)];
  if (leafModel === 'auto' && !stop?.stopped) {
    const lines = boost(0, 'linear');
    const least = all[0]!.best - WORTH * Math.abs(all[0]!.best);
    if (!stop?.stopped && lines.best < least) {
      chosen = 'linear';
      all[0] = lines;
    }
  }
  for (let member = 1; member < members && !stop?.stopped; member++) {
    const found = boost(member, chosen);
    // A member cut short would pull the mean towards no answer.
    if (!stop?.stopped) all.push(found);
  }
  return all;
}

function orderedOf(settings: BoostingSettings, data: TrainingData, rng: Rng): OrderedCategories {
  const { orderedFrom, categorySmoothing, bins } = settings;
  const rows = Int32Array.from({ length: data.x.rows }, (_, row) => row);
  const { validation } = data;
  return orderCategories(
    data,
    validation ? rows.filter((row) => validation[row] !== 1) : rows,
    { levelsMin: orderedFrom, smoothing: categorySmoothing, bins },
    rng.fork('ordered'),
  );
}

const meanStart = (boosted: readonly Boosted[]): Float64Array =>
  boosted[0]!.start.map(
    (_, k) => boosted.reduce((sum, { start }) => sum + start[k]!, 0) / boosted.length,
  );
