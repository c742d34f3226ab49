import type { Estimator, Model } from '../estimator.js';
import { takeRows } from '../frame.js';
import { inRange } from '../parameters.js';
import { logistic, poisson } from '../linear/generalised.js';
import { ridge } from '../linear/regression.js';
import type { Recipe, Task } from '../recipe-type.js';
import { explainsOn } from './model.js';
import { blendSettings, stackedTable, type StackedParameters } from './parameters.js';
import { admitBlend, fitMembers, hear } from './said.js';
import { judgedFrame, stackedModel } from './stacked-model.js';

/**
 * A linear model of what members say of rows that they did not see (Wolpert 1992; Breiman 1996): ridge
 * over values, logistic over log-odds, poisson over logarithms. The members are then fitted on all
 * rows. Too few rows for folds leave the first.
 */
export function stackedOf(
  parameters: Partial<StackedParameters>,
  task: { task: Task; classes: number },
  make: (recipe: Recipe) => Estimator,
): Estimator {
  const settings = blendSettings(parameters, task);
  const l2 = inRange('l2', parameters.l2 ?? stackedTable.l2.default, { from: 0 });
  const { outputs, classes } = settings;
  const scale = settings.scale === 'probability' ? 'log' : settings.scale;
  // What members say is taken as it is said: its logarithm would be no line any more.
  const plain = { l2, logAboveSkewness: null };
  const judge =
    task.task === 'classify'
      ? logistic({ ...plain, classes })
      : scale === 'log'
        ? poisson(plain)
        : ridge({ alpha: l2, logAboveSkewness: null });
  return {
    async fit(given, effects) {
      const data = admitBlend(given, settings);
      const heard = await hear(data, settings, make, effects);
      const members = await fitMembers(data, heard, effects);
      if (heard[0]!.said.length === 0) return members[0]!;
      const x = judgedFrame(
        heard.map(({ said }) => said),
        outputs,
        scale,
      );
      const { weights, groups } = data;
      const lent = { y: data.y, ...(weights && { weights }), ...(groups && { groups }) };
      const learned: Model = await judge.fit({ x, ...lent }, { rng: effects.rng.fork('judge') });
      const explains = outputs === 1 && explainsOn(members, scale, takeRows(data.x, [0]));
      return stackedModel({ members, judge: learned, scale, explains });
    },
  };
}
