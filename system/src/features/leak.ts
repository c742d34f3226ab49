import { TinoError } from '../contract/error.js';
import type { Batch, Session } from '../engine/port.js';
import { identifier, literal } from '../engine/quote.js';
import type { House, VerbEffects } from '../ports/house.js';
import type { LoadedModel, Source } from '../workspace/types.js';
import { atCutoff, defineAsOf, startOf } from './as-of.js';
import { allowedBy, entityKey } from './build-views.js';
import { knownCutoffs, latestCutoff, sourcesOf } from './cutoffs.js';
import {
  attachHistories,
  loadCalendar,
  openGround,
  sourcesNamed,
  storedTable,
  type Ground,
} from './ground.js';
import { inSession } from './parallel.js';
import { scrambleHistory } from './scramble.js';
import { calendarSpine, eventSpine, SPINE } from './spine.js';
import { bound, checkStatement, type Statement } from './statement.js';
import { tabular, type TabularModel } from './tabular.js';

/** One thing that is built twice: a feature view, a spine, or SQL of a forecast or price model. */
interface Proof {
  file: string;
  key: readonly string[];
  sources: Source[];
  texts: string[];
  /** Column of an event's own moment, by source. */
  moment?: { source: string; column: string };
  build(session: Session, cutoff: string): Promise<Batch>;
}

/**
 * Builds all that a model reads twice at some cut-offs, as it is and with everything that was not
 * known then scrambled, and compares value by value. One that moved is a LEAK.
 */
export async function proveNoLeak(
  house: House,
  model: LoadedModel,
  effects: Pick<VerbEffects, 'progress' | 'stop'>,
): Promise<{ values: number; cutoffs: string[] }> {
  const ground = await openGround(house, model.part);
  const cutoffs = await sampleCutoffs(house, model);
  const proofs = proofsOf(ground, model);
  let values = 0;
  for (const [index, cutoff] of cutoffs.entries()) {
    for (const proof of proofs) {
      if (effects.stop.stopped) throw new TinoError('CANCELLED');
      const before = await run(ground, proof, cutoff, false);
      const after = await run(ground, proof, cutoff, true);
      values += compare(proof, cutoff, before, after);
    }
    effects.progress({
      done: (index + 1) / cutoffs.length,
      message: {
        pt: `${model.name}: nada vaza em ${cutoff}`,
        en: `${model.name}: nothing leaks at ${cutoff}`,
      },
    });
  }
  return { values, cutoffs };
}

/** First, middle and last of those that it learns from. */
async function sampleCutoffs(house: House, model: LoadedModel): Promise<string[]> {
  const latest = await latestCutoff(house, model);
  const { declaration } = model;
  const declared = 'cutoffs' in declaration ? declaration.cutoffs : undefined;
  const cutoffs = declared ?? { every: 'month' as const, from: monthsBefore(latest, 7) };
  const all = knownCutoffs(await openGround(house, model.part), model, cutoffs, latest);
  const closed = all.length > 0 ? all : [latest];
  const picked = [closed[0]!, closed[closed.length >> 1]!, closed.at(-1)!];
  return [...new Set(picked)];
}

const monthsBefore = (date: string, months: number): string => {
  const moved = new Date(`${date}T00:00:00Z`);
  moved.setUTCMonth(moved.getUTCMonth() - months, 1);
  return moved.toISOString().slice(0, 10);
};

function proofsOf(ground: Ground, model: LoadedModel): Proof[] {
  const { part } = ground;
  const { declaration } = model;
  if (!('spine' in declaration)) {
    return Object.entries(model.sql).map(([file, sql]) => {
      const key = 'key' in declaration ? declaration.key : [];
      return plainProof(ground, { file, sql }, key, declaration.allowPersonal ?? []);
    });
  }
  const of = tabular(model, part);
  const views = of.views.map((view) =>
    plainProof(ground, view, entityKey(ground, view), allowedBy(ground.house, view)),
  );
  return of.spine ? [spineProof(ground, model, of), ...views] : views;
}

function plainProof(
  { part }: Ground,
  { file, sql }: Statement,
  key: readonly string[],
  allowed: readonly string[],
): Proof {
  const sources = sourcesNamed(part, [sql]);
  const names = sources.map(({ name }) => name);
  return {
    file,
    key,
    sources,
    texts: [sql],
    async build(session, cutoff) {
      await defineAsOf(session, part, sources, cutoff, allowed);
      const statement = { file, sql: atCutoff(sql, cutoff) };
      await checkStatement(session, statement, names, part);
      return await bound(statement, names, part, () =>
        session.columns(`SELECT * FROM (${statement.sql}\n) ORDER BY ALL`),
      );
    },
  };
}

function spineProof({ part }: Ground, model: LoadedModel, of: TabularModel): Proof {
  const { spine } = of.declaration;
  const texts = [of.spine!.sql];
  return {
    file: of.spine!.file,
    key: of.key,
    sources: spine.kind === 'event' ? sourcesOf(model, part) : sourcesNamed(part, texts),
    texts,
    ...(spine.kind === 'event' && { moment: { source: spine.source, column: spine.at } }),
    async build(session, cutoff) {
      if (spine.kind === 'event') await eventSpine(session, of, cutoff);
      else await calendarSpine(session, of, cutoff);
      const key = of.key.map(identifier).join(', ');
      const inside = `WHERE tino_at <= ${startOf(cutoff)}`;
      return await session.columns(`SELECT * FROM ${SPINE} ${inside} ORDER BY ${key}`);
    },
  };
}

/** Builds over the true histories or over scrambled ones. */
async function run(
  ground: Ground,
  proof: Proof,
  cutoff: string,
  scramble: boolean,
): Promise<Batch> {
  return await inSession(ground.house, async (session) => {
    if (!scramble) await attachHistories(session, ground, proof.sources, proof.texts);
    else {
      for (const source of proof.sources) {
        const moment = proof.moment?.source === source.name ? proof.moment.column : undefined;
        const options = { cutoff, ...(moment !== undefined && { moment }) };
        await scrambleHistory(session, source, storedTable(ground, source).files, options);
      }
      await loadCalendar(session, ground.part, proof.texts);
    }
    return await proof.build(session, cutoff);
  });
}

/** @returns how many values are equal; the first that is not is an error */
function compare(proof: Proof, cutoff: string, before: Batch, after: Batch): number {
  const rows = Math.max(before.rows, after.rows);
  const keyOf = (batch: Batch, row: number) =>
    proof.key
      .map((name) => batch.columns.find((column) => column.name === name)?.values[row] ?? '–')
      .join(', ');
  for (let row = 0; row < rows; row++) {
    for (const [index, column] of before.columns.entries()) {
      const [was, is] = [column.values[row], after.columns[index]!.values[row]];
      if (same(was, is)) continue;
      const params = {
        file: proof.file,
        column: column.name,
        key: keyOf(row < before.rows ? before : after, row),
        cutoff,
        before: shown(was),
        after: shown(is),
      };
      throw new TinoError('LEAK', params, { where: proof.file });
    }
  }
  return rows * before.columns.length;
}

type Value = string | number | boolean | null | undefined;

/**
 * Sums of doubles may differ in their last bits, as other rows change the order of the additions.
 */
const same = (a: Value, b: Value): boolean =>
  Object.is(a, b) ||
  (typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) <= 1e-9 * Math.abs(a));

const shown = (value: Value): string =>
  value === undefined
    ? 'no row'
    : value === null || Number.isNaN(value)
      ? 'NULL'
      : literal(value).replaceAll("'", '');
