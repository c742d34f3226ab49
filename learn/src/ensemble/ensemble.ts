import type { Estimator } from '../estimator.js';
import { takeRows } from '../frame.js';
import { inRange } from '../parameters.js';
import type { Recipe, Task } from '../recipe-type.js';
import { toScale } from './blend.js';
import { greedyShares } from './greedy.js';
import { ensembleModel, explainsOn } from './model.js';
import { blendSettings, ensembleTable, type EnsembleParameters } from './parameters.js';
import { admitBlend, fitMembers, hear } from './said.js';

/**
 * Members with the shares that greedy selection gives them on rows that they did not see (Caruana,
 * Niculescu-Mizil, Crew and Ksikes 2004), fitted on all rows. Too few rows for folds leave the first.
 */
export function ensembleOf(
  parameters: Partial<EnsembleParameters>,
  task: { task: Task; classes: number },
  make: (recipe: Recipe) => Estimator,
): Estimator {
  const settings = blendSettings(parameters, task);
  const whole = { from: 1, whole: true };
  const steps = inRange('steps', parameters.steps ?? ensembleTable.steps.default, whole);
  const bags = inRange('bags', parameters.bags ?? ensembleTable.bags.default, whole);
  const { scale, outputs, metric } = settings;
  return {
    async fit(given, effects) {
      const data = admitBlend(given, settings);
      const heard = await hear(data, settings, make, effects);
      const said = heard.map((one) => one.said.map((value) => toScale(scale, value)));
      const { y, weights } = data;
      const all =
        heard.length === 1
          ? Float64Array.of(1)
          : greedyShares(
              { said, y, weights, outputs, scale, metric },
              { rng: effects.rng.fork('shares'), steps, bags },
            );
      const chosen = heard.filter((_, m) => all[m]! > 0);
      const members = await fitMembers(data, chosen, effects);
      if (members.length === 1) return members[0]!;
      const explains = explainsOn(members, scale, takeRows(data.x, [0]));
      return ensembleModel({ members, shares: all.filter((share) => share > 0), scale, explains });
    },
  };
}
