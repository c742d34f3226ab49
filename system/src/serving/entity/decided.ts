import type { Session } from '../../engine/port.js';
import type { EntityDecisionsAnswer } from '../../contract/privacy.js';
import type { Words } from '../../contract/words.js';
import { findVersion, openVersion } from '../../registry/index.js';
import type { SegmentDetail } from '../../training/tasks/segment.js';
import type { SegmentDeclaration } from '../../workspace/types.js';
import type { ServedModel } from '../catalog.js';
import type { ServingContext } from '../context.js';
import { bounded, inScale } from '../intervals.js';
import { modelIn, type Served } from '../predictors.js';
import { moneyReader, rowOfKey } from '../score-rows.js';
import { countScored, readScoresOf, type KeptScoring, type ScoreTable } from '../score-table.js';
import { moneyColumn, segmentsOf } from '../segment/view.js';
import { plainName } from '../segment/words.js';
import { hiddenBelow } from '../shown.js';
import { reasonsFor } from './of-segment.js';
import { valueAnswers } from './of-value.js';
import type { Asker, Material } from './prepared.js';

type Item = EntityDecisionsAnswer['items'][number];

/** What one scoring decided, and by what two of them are compared; null: not told to this role. */
export interface Decided extends Pick<Item, 'segment' | 'value' | 'reasons' | 'note'> {
  outcome: string | number | null;
}

/** Versions are opened once for an answer, and the one that serves is open already. */
export type OpenVersions = (version: number) => Promise<Served | undefined>;

export function openVersions(
  { house, predictors }: ServingContext,
  { name }: ServedModel,
): OpenVersions {
  const opened = new Map<number, Promise<Served | undefined>>();
  const open = async (version: number): Promise<Served | undefined> => {
    const serving = predictors.peek(name);
    if (serving?.version === version && serving.rung !== 'baseline') return serving;
    const stored = await findVersion(house.state, name, version);
    if (stored === undefined) return undefined;
    try {
      const pack = await openVersion(house, stored);
      const { hash } = stored;
      return { rung: 'previous', version, hash, package: pack, opened: modelIn(pack, 'model') };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      house.log.error('a version that decided cannot be opened', { model: name, version, message });
      return undefined;
    }
  };
  return (version) => {
    const known = opened.get(version) ?? open(version);
    opened.set(version, known);
    return known;
  };
}

export interface Asked extends Asker {
  key: Readonly<Record<string, string>>;
  names: ReadonlyMap<string, Words> | undefined;
  currency: string;
  versions: OpenVersions;
}

/** What a kept scoring decided about a key; undefined where the key is not in it. */
export async function decidedIn(
  session: Session,
  model: ServedModel,
  scoring: KeptScoring,
  { key, versions, ...asked }: Asked,
): Promise<Decided | undefined> {
  const { manifest, files } = scoring;
  const readable = files.length > 0 && manifest.keys.every((name) => key[name] !== undefined);
  if (!readable || manifest.keys.length !== model.key.length) return undefined;
  const table = await readScoresOf(session, scoring, key);
  const row = rowOfKey(table, model.key, key);
  if (row === undefined) return undefined;
  const served = await versions(manifest.version);
  const from = { ...asked, model, table, served };
  if (model.declaration.task !== 'segment') return valueDecided(from, row);
  const hideBelow = hiddenBelow(asked.role, model.declaration as SegmentDeclaration);
  const size = hideBelow > 0 ? await countScored(session, files, table.value[row]!) : hideBelow;
  if (size < hideBelow)
    return { segment: null, value: null, reasons: [], note: TOO_FEW, outcome: null };
  return segmentDecided(from, row);
}

type From = Omit<Material, 'served'> & { served: Served | undefined };

/** Reasons are those of the value that was kept, or none: a version that answers otherwise tells nothing. */
function valueDecided({ served, ...from }: From, row: number): Decided {
  const { model, table } = from;
  const value = table.value[row]!;
  const decided = { segment: null, value, outcome: value };
  if (served === undefined)
    return { ...decided, reasons: null, note: goneWords(table.manifest.version) };
  const again = new Float64Array(table.x.rows);
  served.opened.predict(table.x, again);
  if (inScale(model.declaration.page, bounded(model, again[row]!)) !== value)
    return { ...decided, reasons: null, note: otherWords(table.manifest.version) };
  return { ...decided, reasons: valueAnswers({ ...from, served }).said(row).reasons, note: null };
}

function segmentDecided({ served, ...from }: From, row: number): Decided {
  const { model, table, names = new Map(), currency } = from;
  const declaration = model.declaration as SegmentDeclaration;
  const id = table.manifest.segments[table.value[row]!]!;
  const value = moneyOf(table, declaration, row);
  const detail = served?.package.meta.detail as unknown as SegmentDetail | undefined;
  const segment =
    detail &&
    segmentsOf(table, detail, declaration, { names, hideBelow: 0, currency }).find(
      (one) => one.id === id,
    );
  if (served === undefined || segment === undefined)
    return {
      segment: { id, name: names.get(id) ?? plainName(id) },
      value,
      reasons: null,
      note: goneWords(table.manifest.version),
      outcome: id,
    };
  const reasons = reasonsFor(segment, { ...from, served })(row);
  return { segment: { id, name: segment.name }, value, reasons, note: null, outcome: id };
}

const moneyOf = (table: ScoreTable, declaration: SegmentDeclaration, row: number) =>
  moneyReader(table, moneyColumn(declaration))(row);

const TOO_FEW: Words = {
  pt: 'Estava num grupo com gente de menos para mostrar a este papel.',
  en: 'Was in a group of too few people to be shown to this role.',
};
const goneWords = (version: number): Words => ({
  pt: `A versão ${version} já não se abre: as razões dela não se sabem mais.`,
  en: `Version ${version} cannot be opened any more: its reasons are no longer known.`,
});
const otherWords = (version: number): Words => ({
  pt: `A versão ${version} não dá mais este valor: as razões dela seriam de outro.`,
  en: `Version ${version} does not give this value any more: its reasons would be of another.`,
});
