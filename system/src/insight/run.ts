import { rankInsights } from '@tino/learn';
import { TinoError } from '../contract/error.js';
import { cutoffOf } from '../features/cutoffs.js';
import { sourcesNamed } from '../features/ground.js';
import type { House, VerbEffects } from '../ports/house.js';
import { currentTables } from '../sources/tables.js';
import { hashOf } from '../workspace/hash.js';
import type { LoadedInsight, Part } from '../workspace/types.js';
import { readsSql } from '../workspace/insights.js';
import type { CohortRow, Finding, Headline } from './finding.js';
import { scoringBehind } from './moves.js';
import { search } from './search.js';
import { listRuns, storeRun } from './store.js';

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

/** Findings at most of one part's run. */
const LIMIT = 10;

/** Looks where a part declares to, ranks what was found by money, and keeps what is sure. */
export async function lookInto(
  house: House,
  part: Part,
  effects: Pick<VerbEffects, 'progress' | 'stop'>,
): Promise<InsightsReport> {
  const insights = Object.values(part.insights);
  const sources = sourcesNamed(
    part,
    insights.filter(readsSql).map(({ sql }) => sql),
  );
  const dataUntil = await cutoffOf(house, sources);
  const stored = await currentTables(house, 'source');
  const fingerprint = hashOf({
    dataUntil,
    insights: insights.map(({ declaration, sql }) => [declaration, sql]),
    tables: sources.map(({ id }) => stored.get(id)?.snapshot),
    scorings: await Promise.all(
      insights.filter((one) => !readsSql(one)).map((one) => scoringBehind(house, one)),
    ),
  });
  const last = (await listRuns(house)).find((run) => run.part === part.name);
  if (last?.fingerprint === fingerprint)
    return { part: part.name, state: 'unchanged', dataUntil, found: 0, news: 0, looks: last.looks };
  const { findings, families, ...told } = await searchAll(house, insights, dataUntil, effects);
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const ranked = rankInsights(findings, { families, limit: LIMIT });
  const run = { part: part.name, fingerprint, dataUntil, at: house.now(), ...told };
  const news = await storeRun(
    house,
    run,
    ranked.map(({ id }) => byId.get(id)!),
  );
  const { looks } = told;
  return { part: part.name, state: 'looked', dataUntil, found: ranked.length, news, looks };
}

async function searchAll(
  house: House,
  insights: readonly LoadedInsight[],
  dataUntil: string,
  { progress, stop }: Pick<VerbEffects, 'progress' | 'stop'>,
) {
  const findings: (Finding & { name: string })[] = [];
  const headlines: Record<string, Headline> = {};
  const cohorts: Record<string, CohortRow[]> = {};
  let [families, looks] = [0, 0];
  for (const [i, insight] of insights.entries()) {
    const { name, declaration } = insight;
    if (stop.stopped) throw new TinoError('CANCELLED');
    progress({ done: i / insights.length, message: declaration.title });
    const found = await search(house, insight, dataUntil);
    findings.push(...found.findings.map((finding) => ({ ...finding, name })));
    headlines[name] = found.headline;
    if (found.cohorts) cohorts[name] = found.cohorts;
    families += found.families;
    looks += found.looks;
  }
  return { findings, headlines, cohorts, families, looks };
}
