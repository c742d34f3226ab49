import { literal } from '../engine/quote.js';
import type { House, VerbEffects } from '../ports/house.js';
import type { FeatureView, LoadedModel } from '../workspace/types.js';
import { CUTOFF } from './abt-types.js';
import { buildPartitions } from './build-views.js';
import { knownCutoffs, latestCutoff, partitionOf, viewsOf } from './cutoffs.js';
import { attachHistories, openGround } from './ground.js';
import { inSession } from './parallel.js';
import { eventSpine, SPINE, spineSources } from './spine.js';
import { tabular } from './tabular.js';

/**
 * Builds the partitions of views that the models which read them will ask for, at all their cut-
 * offs until the latest; a view that no model reads is built at no cut-off.
 *
 * @returns how many partitions were not there yet
 */
export async function buildViews(
  house: House,
  views: readonly FeatureView[],
  effects: Pick<VerbEffects, 'progress' | 'stop'>,
): Promise<number> {
  let built = 0;
  const parts = [...new Set(views.map(({ part }) => part))];
  for (const [index, part] of parts.entries()) {
    const ground = await openGround(house, part);
    const wanted = new Map<FeatureView, Set<string>>();
    for (const model of Object.values(house.workspace.models)) {
      if (model.part !== part) continue;
      const read = viewsOf(model, ground.part).filter((view) => views.includes(view));
      if (read.length === 0) continue;
      const dates = await datesOf(house, model);
      for (const view of read) {
        const cutoffs = wanted.get(view) ?? new Set();
        for (const date of dates.all)
          cutoffs.add(dates.event ? partitionOf(view.build, date) : date);
        wanted.set(view, cutoffs);
      }
    }
    const list = [...wanted].map(([view, cutoffs]) => ({ view, cutoffs: [...cutoffs].sort() }));
    const done = await buildPartitions(house, ground, list, {
      stop: effects.stop,
      progress: (step) => effects.progress({ ...step, done: (index + step.done) / parts.length }),
    });
    built += done.built;
  }
  return built;
}

/** Local dates at which a model wants its views. */
async function datesOf(
  house: House,
  model: LoadedModel,
): Promise<{ all: string[]; event: boolean }> {
  const ground = await openGround(house, model.part);
  const of = tabular(model, ground.part);
  const latest = await latestCutoff(house, model);
  const { cutoffs, spine } = of.declaration;
  if (spine.kind !== 'event') {
    const learned = cutoffs && of.label ? knownCutoffs(ground, model, cutoffs, latest) : [];
    return { all: [...new Set([...learned, latest])], event: false };
  }
  return await inSession(house, async (session) => {
    await attachHistories(session, ground, spineSources(of), [of.spine!.sql]);
    await eventSpine(session, of, latest);
    const from = cutoffs ? `WHERE ${CUTOFF} >= DATE ${literal(cutoffs.from)}` : '';
    const rows = await session.all(
      `SELECT DISTINCT CAST(${CUTOFF} AS VARCHAR) AS date FROM ${SPINE} ${from} ORDER BY 1`,
    );
    return { all: rows.map(({ date }) => String(date)), event: true };
  });
}
