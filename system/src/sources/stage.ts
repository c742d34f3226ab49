import { basename } from 'node:path';
import type { Session } from '../engine/port.js';
import { identifier, literal } from '../engine/quote.js';
import type { Source } from '../workspace/types.js';
import { cleaned, parsed, storedType } from './cast.js';
import { contractChecks, type Check } from './checks.js';
import type { Scan } from './scan.js';

export const STAGED = 'tino_staged';

/**
 * Makes the temporary table `tino_staged` of the rows of all files: `tino_file`, `tino_row`, each
 * declared column as its type, `tino_failed` (number of the check that the row broke, 0 for none)
 * and `tino_bad` (the text that broke it). Personal columns are still the raw text.
 */
export async function stage(
  session: Session,
  source: Source,
  scans: readonly Scan[],
  workspaceZone: string,
): Promise<Check[]> {
  const zone = source.zone ?? workspaceZone;
  const columns = Object.keys(source.columns);
  const names = (column: string) => {
    const index = columns.indexOf(column);
    return { text: `t${index}`, value: `p${index}` };
  };
  const checks = contractChecks(source, zone, names);
  const raw = scans
    .map(({ sql, file }) => `SELECT ${literal(basename(file))} AS tino_file, * FROM (${sql})`)
    .join('\nUNION ALL\n');
  const texts = columns.map(
    (name, i) => `${cleaned(identifier(name), source.columns[name]!.type)} AS t${i}`,
  );
  const values = columns.map((name, i) => {
    const value = parsed(`t${i}`, source.columns[name]!.type, source.format ?? {}, zone);
    return `${value} AS p${i}`;
  });
  const results = columns.map(
    (name, i) => `${result(source, name, i, zone, workspaceZone)} AS ${identifier(name)}`,
  );
  const failed = checks.map(({ broken }, i) => `WHEN ${broken} THEN ${i + 1}`).join(' ');
  const bad = checks.map(({ column }, i) => `WHEN ${i + 1} THEN ${names(column).text}`).join(' ');
  const none = checks.length === 0;
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${STAGED} AS
     WITH raw AS (${raw}),
     texts AS (SELECT tino_file, tino_row, ${texts.join(', ')} FROM raw),
     parsed AS (SELECT *, ${values.join(', ')} FROM texts),
     checked AS (SELECT *, ${none ? '0' : `CASE ${failed} ELSE 0 END`} AS tino_failed FROM parsed)
     SELECT tino_file, tino_row, ${results.join(', ')}, tino_failed,
       ${none ? 'CAST(NULL AS VARCHAR)' : `CASE tino_failed ${bad} END`} AS tino_bad FROM checked`,
  );
  return checks;
}

/** A parsed value as it is stored: timestamps in the workspace's zone, personal columns as text. */
function result(source: Source, name: string, index: number, zone: string, home: string): string {
  const column = source.columns[name]!;
  if (column.personal) return `CAST(t${index} AS VARCHAR)`;
  const moved =
    column.type === 'timestamp' && zone !== home
      ? `timezone(${literal(home)}, timezone(${literal(zone)}, p${index}))`
      : `p${index}`;
  return `CAST(${moved} AS ${storedType(column)})`;
}
