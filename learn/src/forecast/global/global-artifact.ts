import { encodeArtifact, type Artifact, type Section } from '../../artifact.js';
import type { Model } from '../../estimator.js';
import type { Column, ColumnSchema } from '../../frame.js';
import { doubles, schemaOf } from '../../frame.js';
import { loadModel } from '../../load.js';
import type { SeriesSet } from '../../series.js';
import type { LagPlan } from './lag-plan.js';
import { indexKeys } from '../series/key-places.js';

type Chosen = 'expanding' | 'scale' | 'longer' | 'aligned';

/** All that a fitted global model is. */
export interface GlobalState {
  plan: LagPlan;
  /** How many stand in for a series without history. */
  analogues: number;
  floor: number | null;
  /** None when there was too little to learn from, one, or one a step of the block. */
  models: readonly Model[];
  /** The end of each training series with its attributes: what analogues are made of. */
  tails: SeriesSet;
  indexOf: ReadonlyMap<string, number>;
}

export function encodeGlobal({ plan, analogues, floor, models, tails }: GlobalState): Uint8Array {
  const { keys, values, offsets, starts, period, statics } = tails;
  const sections: Record<string, Section> = { values, offsets, starts };
  models.forEach((model, i) => (sections[`model${i}`] = model.bytes()));
  statics?.columns.forEach((column, i) => {
    sections[`static${i}`] = column.kind === 'number' ? doubles(column.values) : column.codes;
  });
  const schema = statics === undefined ? null : schemaOf(statics);
  const meta = { plan, analogues, floor, keys, period, statics: schema };
  return encodeArtifact({ kind: 'global', meta, sections });
}

export function decodeGlobal({ meta, sections }: Artifact): GlobalState {
  const { plan, analogues, floor, keys, period, statics } = meta as unknown as {
    // Files of before there was a choice lack what is chosen.
    plan: Omit<LagPlan, Chosen> & Partial<Pick<LagPlan, Chosen>>;
    analogues: number;
    floor: number | null;
    keys: string[];
    period: number;
    statics: ColumnSchema[] | null;
  };
  const columns = statics?.map((schema, i): Column => {
    const section = sections[`static${i}`];
    return schema.kind === 'number'
      ? { ...schema, values: section as Float64Array }
      : { ...schema, codes: section as Int32Array };
  });
  const models: Model[] = [];
  for (let i = 0; sections[`model${i}`] !== undefined; i++)
    models.push(loadModel(sections[`model${i}`] as Uint8Array));
  // Files of before there was a choice hold one model by another name.
  if (sections['inner'] !== undefined) models.push(loadModel(sections['inner'] as Uint8Array));
  const tails: SeriesSet = {
    keys,
    values: sections['values'] as Float64Array,
    offsets: sections['offsets'] as Int32Array,
    starts: sections['starts'] as Int32Array,
    period,
    ...(columns === undefined ? {} : { statics: { rows: keys.length, columns } }),
  };
  return {
    plan: {
      ...plan,
      expanding: plan.expanding ?? false,
      scale: plan.scale ?? 'size',
      longer: plan.longer ?? [],
      aligned: plan.aligned ?? null,
    },
    analogues,
    floor,
    models,
    tails,
    indexOf: indexKeys(keys),
  };
}
