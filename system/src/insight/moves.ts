import { netMoves } from '@tino/learn';
import { dayNumber } from '../calendar/dates.js';
import { TinoError } from '../contract/error.js';
import type { House } from '../ports/house.js';
import { climb } from '../serving/ladder.js';
import { moneyAt } from '../serving/score-rows.js';
import { monthBefore, readScores, type ScoreManifest } from '../serving/score-table.js';
import type { ScoreTable } from '../serving/score-table.js';
import { readNames } from '../serving/segment/lookup.js';
import { moneyColumn, segmentsOf } from '../serving/segment/view.js';
import { currentTable } from '../sources/tables.js';
import type { SegmentDetail } from '../training/tasks/segment.js';
import type { LoadedInsight, LoadedModel, SegmentDeclaration } from '../workspace/types.js';
import type { Finding, Found } from './finding.js';

/** Of a cluster whose mean member went this many times as far as chance would take it. */
const FAR = 3;

/** The segment model of the same part that a look names. */
export function segmentModel(
  { workspace }: Pick<House, 'workspace'>,
  { name, part, declaration }: LoadedInsight,
): LoadedModel {
  const asked = declaration.look === 'moves' ? declaration.model : name;
  const model = workspace.models[asked];
  if (model?.declaration.task !== 'segment' || model.part !== part)
    throw new TinoError('INSIGHT_MODEL', { insight: name, model: asked });
  return model;
}

/** The scorings that a look reads, and what segments are called: it says the same while these stay. */
export async function scoringsBehind(house: House, insight: LoadedInsight): Promise<unknown[]> {
  const { name } = segmentModel(house, insight);
  const now = await currentTable<ScoreManifest>(house, 'scores', name);
  const before = now && (await monthBefore(house, name, now.manifest.cutoff));
  if (before === undefined) return [];
  return [now!.snapshot, before.snapshot, [...(await readNames(house, name))]];
}

/** The last scoring and the one a month before, with each entity of both. */
async function pairOf(house: House, model: LoadedModel) {
  const now = await currentTable<ScoreManifest>(house, 'scores', model.name);
  const before = now && (await monthBefore(house, model.name, now.manifest.cutoff));
  if (now === undefined || before === undefined) return undefined;
  const [is, was] = await Promise.all(
    [now, before].map(({ files, manifest }) => readScores(house, files, manifest)),
  );
  const rowBefore = new Map(keysOf(was!).map((key, row) => [key, row]));
  const ids = [...new Set([...was!.manifest.segments, ...is!.manifest.segments])];
  const column = moneyColumn(model.declaration as SegmentDeclaration);
  const people = keysOf(is!).flatMap((key, row) => {
    const earlier = rowBefore.get(key);
    if (earlier === undefined) return [];
    return [
      {
        key,
        from: ids.indexOf(segmentAt(was!, earlier)),
        to: ids.indexOf(segmentAt(is!, row)),
        before: moneyAt(was!, column, earlier) ?? 0,
        after: moneyAt(is!, column, row) ?? 0,
      },
    ];
  });
  const days = dayNumber(now.manifest.cutoff) - dayNumber(before.manifest.cutoff);
  return { is: is!, ids, people, days };
}

const keysOf = ({ keys, value }: ScoreTable): string[] =>
  Array.from(value.keys(), (row) =>
    Object.values(keys)
      .map((values) => values.at(row))
      .join(','),
  );
const segmentAt = ({ manifest, value }: ScoreTable, row: number): string =>
  manifest.segments[value[row]!]!;

/** Who went from one segment to another since a month before, beyond coming and going. */
export async function searchMoves(house: House, insight: LoadedInsight): Promise<Found> {
  const model = segmentModel(house, insight);
  const pair = await pairOf(house, model);
  if (pair === undefined) return { findings: [], headline: {}, families: 1, looks: 0 };
  const { is, ids, people, days } = pair;
  const found = netMoves({
    previous: people.map(({ from }) => from),
    next: people.map(({ to }) => to),
    before: people.map(({ before }) => before),
    after: people.map(({ after }) => after),
  });
  const names = await namesIn(house, model, is);
  const findings = found.moves
    .filter(({ count }) => count > 1)
    .map(({ q, lower, upper, ...move }): Finding => {
      const [from, to] = [ids[move.from]!, ids[move.to]!];
      const effect = move.after - move.before;
      const { count, back, before, after } = move;
      return {
        id: `${insight.name}/${from}>${to}`,
        family: insight.name,
        what: 'moved',
        parts: [
          { column: 'from', level: from },
          { column: 'to', level: to },
        ],
        names: Object.fromEntries([from, to].flatMap((id) => (names[id] ? [[id, names[id]]] : []))),
        people: count,
        listed: count,
        figures: { count, back, before, after, change: effect, days },
        sure: { q },
        money: { effect, lower, upper },
      };
    });
  const { drift } = is.manifest;
  const drifted = drift?.segments.filter(({ distance, byChance }) => distance > FAR * byChance);
  return {
    findings,
    headline: {
      both: people.length,
      days,
      ...(people.length > 0 && { stayed: found.stayed }),
      ...(drift && { sizePsi: drift.sizePsi, drifted: drifted!.length }),
    },
    families: 1,
    looks: found.looks,
  };
}

async function namesIn(house: House, model: LoadedModel, table: ScoreTable) {
  const served = await climb(house, model.name, () => null);
  const told = segmentsOf(
    table,
    served.package.meta.detail as unknown as SegmentDetail,
    model.declaration as SegmentDeclaration,
    { names: await readNames(house, model.name), hideBelow: 0, currency: 'BRL' },
  );
  return Object.fromEntries(told.map(({ id, name }) => [id, name]));
}

/** Those who went, who moved most in the finding's direction first. */
export async function moversOf(house: House, insight: LoadedInsight, { parts, money }: Finding) {
  const pair = await pairOf(house, segmentModel(house, insight));
  if (pair === undefined) return [];
  const [from, to] = parts.map(({ level }) => pair.ids.indexOf(level));
  const way = money.effect < 0 ? 1 : -1;
  return pair.people
    .filter((one) => one.from === from && one.to === to)
    .map(({ key, before, after }) => ({ key, figures: { before, after, change: after - before } }))
    .sort((a, b) => way * (a.figures.change - b.figures.change) || (a.key < b.key ? -1 : 1));
}
