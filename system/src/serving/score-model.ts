import { buildAbt, latestCutoff, readAbt } from '../features/index.js';
import type { VerbEffects } from '../ports/house.js';
import { erasuresSoFar } from '../sources/fence.js';
import { currentTable } from '../sources/tables.js';
import type { SegmentDetail } from '../training/tasks/segment.js';
import { hashOf } from '../workspace/hash.js';
import type { LoadedModel } from '../workspace/types.js';
import type { ServingContext } from './context.js';
import { bounded, inScale } from './intervals.js';
import { driftOf, isCluster, profilesOf, stableSegments } from './segment/score-segments.js';
import { writeScores, type ScoreManifest } from './score-table.js';

interface ScoreReport {
  model: string;
  version: number;
  rows: number;
  /** The same version and data were scored before: nothing was written. */
  repeated: boolean;
}

/** Everyone at the latest cut-off by the model that serves, into a table; once a version and data. */
export async function scoreModel(
  { house, predictors }: ServingContext,
  model: LoadedModel,
  effects: VerbEffects,
): Promise<ScoreReport> {
  const erasures = await erasuresSoFar(house.state);
  const served = await predictors.of(model.name);
  const cutoff = await latestCutoff(house, model);
  const abt = await buildAbt(house, model, { purpose: 'score', until: cutoff }, effects);
  const { version, rung, package: pack } = served;
  const fingerprint = hashOf({ version: served.hash, rung, abt: abt.hash });
  const standing = await currentTable<ScoreManifest>(house, 'scores', model.name);
  const report = { model: model.name, version, rows: abt.rows };
  if (standing?.fingerprint === fingerprint) return { ...report, repeated: true };
  const data = await readAbt(house, abt);
  const detail = pack.meta.detail as unknown as Partial<SegmentDetail>;
  const segments = detail.segments?.map(({ id }) => id) ?? [];
  const value = new Float64Array(data.x.rows);
  if (data.x.rows > 0)
    if (isCluster(served.opened))
      value.set(await stableSegments(house, served.opened, segments, data, standing));
    else served.opened.predict(data.x, value);
  const drift = isCluster(served.opened)
    ? await driftOf(house, model.name, served.opened, segments, { x: data.x, cutoff })
    : undefined;
  await writeScores(
    house,
    {
      manifest: {
        model: model.name,
        version,
        cutoff,
        segments,
        keys: Object.keys(data.keys),
        features: data.x.columns.map(({ name }) => name),
        carried: Object.keys(data.carried),
        ...(segments.length > 0 && { profiles: profilesOf(data.x, value, segments) }),
        ...(drift && { drift }),
      },
      ...data,
      value: value.map((one) => inScale(model.declaration.page, bounded(model, one))),
    },
    { part: model.part, fingerprint, erasures },
  );
  effects.progress({
    done: 1,
    message: { pt: `${abt.rows} linhas previstas`, en: `${abt.rows} rows scored` },
  });
  return { ...report, repeated: false };
}
