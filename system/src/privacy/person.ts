import { TinoError } from '../contract/error.js';
import { identifier, literal } from '../engine/quote.js';
import { inSession } from '../features/parallel.js';
import type { House } from '../ports/house.js';
import { cleaned, parsed } from '../sources/cast.js';
import { readPrivacyKey } from '../sources/pseudonyms.js';
import { hasKey } from '../sources/suppression.js';
import type { ColumnDeclaration, Part, Source } from '../workspace/types.js';

/** Who is to be erased, in one part of the workspace. */
export interface Person {
  part: Part;
  entity: string;
  /** Columns of the key. */
  columns: readonly string[];
  /** The key before it is made a pseudonym, its values joined by commas. */
  raw: string;
  /** The same as tables hold it: personal columns are pseudonyms there. */
  stored: string;
  /** Stored value by column. */
  values: Readonly<Record<string, string>>;
  /** The value before it is made a pseudonym, by column. */
  rawValues: Readonly<Record<string, string>>;
}

/** An entity's key in every part that declares it; UNKNOWN_ENTITY when none does. */
export async function personsOf(house: House, entity: string, raw: string): Promise<Person[]> {
  const parts = Object.values(house.workspace.parts);
  const having = parts.filter(({ entities }) => Object.hasOwn(entities, entity));
  if (having.length === 0) {
    const known = [...new Set(parts.flatMap(({ entities }) => Object.keys(entities)))].join(', ');
    throw new TinoError('UNKNOWN_ENTITY', { entity, known });
  }
  return Promise.all(having.map((part) => personOf(house, part, entity, raw)));
}

async function personOf(house: House, part: Part, entity: string, raw: string): Promise<Person> {
  const { key: columns } = part.entities[entity]!;
  // The key of one column may hold commas: a name, "Silva, Ana".
  const texts = columns.length === 1 ? [raw] : raw.split(',').map((text) => text.trim());
  if (texts.length !== columns.length || texts.some((text) => text.trim() === ''))
    throw new TinoError('ERASE_KEY', { entity, columns: columns.join(', '), key: raw });
  const values: Record<string, string> = {};
  const rawValues = await asRead(house, part, entity, texts);
  for (const column of columns) {
    const text = rawValues[column]!;
    const source = sourceOf(part, entity, column, ({ personal }) => personal === true);
    values[column] = source
      ? (await readPrivacyKey(house.privacyKeyFile, source)).pseudonym(text)
      : text;
  }
  return {
    part,
    entity,
    columns,
    raw: columns.map((column) => rawValues[column]).join(','),
    stored: columns.map((column) => values[column]).join(','),
    values,
    rawValues,
  };
}

/** The texts that reading a file makes of the values: "017850" and "17850.0" of an integer are 17850. */
async function asRead(
  house: House,
  part: Part,
  entity: string,
  texts: readonly string[],
): Promise<Record<string, string>> {
  const { key: columns } = part.entities[entity]!;
  const find = (column: string) => sourceOf(part, entity, column, () => true);
  const made = columns.map((column, i) => {
    const source = find(column);
    const text = literal(texts[i]!);
    if (source === undefined) return `trim(${text}) AS ${identifier(column)}`;
    const { type, personal } = source.columns[column]!;
    const clean = cleaned(text, type);
    // As the files of the source write it, or as answers do.
    const as = (format: Source['format'] = {}) => parsed(clean, type, format, house.workspace.zone);
    const value = personal ? clean : `coalesce(${as(source.format)}, ${as()})`;
    return `CAST(${value} AS VARCHAR) AS ${identifier(column)}`;
  });
  const [row] = await inSession(house, (session) => session.all(`SELECT ${made.join(', ')}`));
  return Object.fromEntries(
    columns.map((column, i) => {
      const value = row![column];
      if (typeof value === 'string') return [column, value];
      const type = find(column)!.columns[column]!.type;
      throw new TinoError('ERASE_KEY_TYPE', { entity, column, type, value: texts[i]! });
    }),
  );
}

/** The source with the entity's whole key in which a column of it is such. */
const sourceOf = (
  part: Part,
  entity: string,
  column: string,
  such: (column: ColumnDeclaration) => boolean,
): Source | undefined =>
  Object.values(part.sources).find(
    ({ columns }) => hasKey(part.entities[entity]!, Object.keys(columns)) && such(columns[column]!),
  );
