import type { Session } from '../engine/port.js';
import { identifier } from '../engine/quote.js';
import { inForce, maskedColumns, startOf, visibleColumns } from './as-of.js';
import { historyName } from './ground.js';
import { isTimed, KNOWN_FROM, momentOf } from '../sources/moments.js';
import type { Part, Source, Spine } from '../workspace/types.js';

export type EventSpine = Extract<Spine, { kind: 'event' }>;

/** Temporary table of events: keys of the event's source, and `tino_moment`. */
const EVENTS = 'tino_events';

/**
 * Views for the spine of an event model: the event's source with each row as it was known at its
 * own moment, each timed `with` source as it was known at the moment of the event that it joins,
 * and tables without time as they are.
 *
 * @param until start of this local date bounds the moments
 */
export async function defineAtEvents(
  session: Session,
  part: Part,
  spine: EventSpine,
  sources: readonly Source[],
  until: string,
  allowed: readonly string[],
): Promise<string[]> {
  const source = part.sources[spine.source]!;
  const keys = source.key.map(identifier).join(', ');
  const links = [...new Set([...source.key, ...Object.values(spine.with).flat()])];
  const moment = momentOf(source, spine.at);
  const columns = Object.keys(source.columns);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${EVENTS} AS
     SELECT ${maskedColumns(source, columns, 'tino_moment')}, tino_moment
     FROM (SELECT *, ${moment} AS tino_moment FROM ${identifier(historyName(source.name))})
     WHERE tino_moment <= ${startOf(until)} AND ${isTimed(source) ? inForce('tino_moment') : 'TRUE'}
     QUALIFY row_number() OVER (PARTITION BY ${keys} ORDER BY ${KNOWN_FROM}) = 1`,
  );
  const seen = visibleColumns(source, part, allowed).map(identifier).join(', ');
  await session.define(source.name, `SELECT ${seen} FROM ${EVENTS}`);
  return [
    source.name,
    ...(await defineOthers(session, part, spine, sources, links, 'e.tino_moment', allowed)),
  ];
}

/** The same at the end of each event's window: what a label may see. */
export async function defineAtWindowEnds(
  session: Session,
  part: Part,
  spine: EventSpine,
  sources: readonly Source[],
  horizonDays: number,
  allowed: readonly string[],
): Promise<string[]> {
  const source = part.sources[spine.source]!;
  const end = `(e.tino_moment + INTERVAL ${horizonDays} DAY)`;
  const same = source.key.map((key) => `e.${identifier(key)} = h.${identifier(key)}`).join(' AND ');
  const columns = maskedColumns(source, visibleColumns(source, part, allowed), end, 'h.');
  await session.define(
    source.name,
    `SELECT ${columns} FROM ${identifier(historyName(source.name))} AS h JOIN ${EVENTS} AS e
      ON ${same}
     WHERE ${isTimed(source) ? inForce(end, 'h.') : 'TRUE'}`,
  );
  const links = [...new Set([...source.key, ...Object.values(spine.with).flat()])];
  return [source.name, ...(await defineOthers(session, part, spine, sources, links, end, allowed))];
}

async function defineOthers(
  session: Session,
  part: Part,
  spine: EventSpine,
  sources: readonly Source[],
  links: readonly string[],
  moment: string,
  allowed: readonly string[],
): Promise<string[]> {
  const names: string[] = [];
  for (const source of sources) {
    const columns = visibleColumns(source, part, allowed);
    const history = identifier(historyName(source.name));
    const joined = spine.with[source.name];
    if (source.name === spine.source) continue;
    if (!isTimed(source)) {
      await session.define(
        source.name,
        `SELECT ${columns.map(identifier).join(', ')} FROM ${history}`,
      );
    } else if (joined) {
      const on = joined
        .map((name) => `h.${identifier(name)} = e.${identifier(name)}`)
        .join(' AND ');
      const own = part.sources[spine.source]!.key.filter((key) => !(key in source.columns));
      const event = own.map((key) => `e.${identifier(key)}, `).join('');
      await session.define(
        source.name,
        `SELECT ${event}${maskedColumns(source, columns, moment, 'h.')}
         FROM ${history} AS h JOIN (SELECT ${links.map(identifier).join(', ')}, tino_moment
         FROM ${EVENTS}) AS e ON ${on}
         WHERE ${inForce(moment, 'h.')}`,
      );
    } else continue;
    names.push(source.name);
  }
  return names;
}
