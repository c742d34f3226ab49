import { rankInsights } from '@tino/learn';
import { TinoError } from '../contract/error.js';
import { cutoffOf } from '../features/cutoffs.js';
import { sourcesNamed } from '../features/ground.js';
import type { House, VerbEffects } from '../ports/house.js';
import { currentTables } from '../sources/tables.js';
import { hashOf } from '../workspace/hash.js';
import type { LoadedInsight, Part } from '../workspace/types.js';
import { readsSql } from '../workspace/insights.js';
import { scoringsBehind } from './moves.js';
import { search } from './search.js';
import { listLooks, listRuns, storeRun, touchRun, type Look } from './store.js';

export interface InsightsReport {
  part: string;
  /** Nothing had changed since the last run: it still holds. */
  state: 'looked' | 'unchanged';
  dataUntil: string;
  found: number;
  /** Of them new, or no longer what they were. */
  news: number;
  looks: number;
}

type Effects = Pick<VerbEffects, 'progress' | 'stop'>;

/** Findings at most of one part's run. */
const LIMIT = 10;

/** What a search finds is kept only while it is searched for in this way. */
const METHOD = 2;

/** Looks where a part declares to, ranks what was found by money, and keeps what is sure. */
export async function lookInto(
  house: House,
  part: Part,
  effects: Effects,
): Promise<InsightsReport> {
  const insights = Object.values(part.insights);
  const dataUntil = await dataUntilOf(house, part, insights);
  const fingerprints = await fingerprintsOf(house, part, insights, dataUntil);
  const fingerprint = hashOf([...fingerprints]);
  const last = (await listRuns(house)).find((run) => run.part === part.name);
  const at = house.now();
  if (last?.fingerprint === fingerprint) {
    await touchRun(house, part.name, at);
    return { part: part.name, state: 'unchanged', dataUntil, found: 0, news: 0, looks: last.looks };
  }
  const made = await lookAll(house, { part, fingerprints, dataUntil }, effects);
  const findings = made.flatMap(({ name, found }) =>
    found.findings.map((finding) => ({ ...finding, name })),
  );
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const families = made.reduce((sum, { found }) => sum + found.families, 0);
  const looks = made.reduce((sum, { found }) => sum + found.looks, 0);
  const ranked = rankInsights(findings, { families, limit: LIMIT });
  const news = await storeRun(
    house,
    { part: part.name, fingerprint, dataUntil, at, looks },
    ranked.map(({ id }) => byId.get(id)!),
    made,
  );
  return { part: part.name, state: 'looked', dataUntil, found: ranked.length, news, looks };
}

const dataUntilOf = (house: House, part: Part, insights: readonly LoadedInsight[]) =>
  cutoffOf(
    house,
    sourcesNamed(
      part,
      insights.filter(readsSql).map(({ sql }) => sql),
    ),
  );

/** By look, what its answer stands on: a new scoring makes no other look be taken again. */
async function fingerprintsOf(
  house: House,
  part: Part,
  insights: readonly LoadedInsight[],
  dataUntil: string,
): Promise<Map<string, string>> {
  const stored = await currentTables(house, 'source');
  const fingerprints = new Map<string, string>();
  for (const insight of insights) {
    const { name, declaration, sql } = insight;
    const behind = readsSql(insight)
      ? [dataUntil, ...sourcesNamed(part, [sql]).map(({ id }) => stored.get(id)?.snapshot)]
      : await scoringsBehind(house, insight);
    fingerprints.set(name, hashOf({ method: METHOD, declaration, sql, behind }));
  }
  return fingerprints;
}

/** Takes the looks whose ground has changed, and the others as they were taken. */
async function lookAll(
  house: House,
  {
    part,
    fingerprints,
    dataUntil,
  }: { part: Part; fingerprints: ReadonlyMap<string, string>; dataUntil: string },
  { progress, stop }: Effects,
): Promise<Look[]> {
  const before = await listLooks(house, part.name);
  const looks: Look[] = [];
  const insights = Object.values(part.insights);
  for (const [i, insight] of insights.entries()) {
    const { name, declaration } = insight;
    const fingerprint = fingerprints.get(name)!;
    const known = before.get(name);
    if (known?.fingerprint === fingerprint) {
      looks.push(known);
      continue;
    }
    if (stop.stopped) throw new TinoError('CANCELLED');
    progress({ done: i / insights.length, message: declaration.title });
    looks.push({ name, fingerprint, found: await search(house, insight, dataUntil) });
  }
  return looks;
}
