import { TinoError } from '../contract/error.js';
import type { House } from '../ports/house.js';
import { readPrivacyKey } from '../sources/pseudonyms.js';
import { hasKey } from '../sources/suppression.js';
import type { EntityDeclaration, Part, Source } from '../workspace/types.js';

/** Who is to be erased, in one part of the workspace. */
export interface Person {
  part: Part;
  entity: string;
  /** Columns of the key. */
  columns: readonly string[];
  /** The key as people write it, its values joined by commas. */
  raw: string;
  /** The same as tables hold it: personal columns are pseudonyms there. */
  stored: string;
  /** Stored value by column. */
  values: Readonly<Record<string, string>>;
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
  const declared = part.entities[entity]!;
  const texts = raw.split(',').map((text) => text.trim());
  if (texts.length !== declared.key.length || texts.includes(''))
    throw new TinoError('ERASE_KEY', { entity, columns: declared.key.join(', '), key: raw });
  const values: Record<string, string> = {};
  for (const [i, column] of declared.key.entries()) {
    const source = personalSource(part, declared, column);
    const text = texts[i]!;
    values[column] = source
      ? (await readPrivacyKey(house.privacyKeyFile, source)).pseudonym(text)
      : text;
  }
  return {
    part,
    entity,
    columns: declared.key,
    raw: texts.join(','),
    stored: declared.key.map((column) => values[column]).join(','),
    values,
  };
}

const personalSource = (
  part: Part,
  entity: EntityDeclaration,
  column: string,
): Source | undefined =>
  Object.values(part.sources).find(
    (source) =>
      hasKey(entity, Object.keys(source.columns)) && source.columns[column]!.personal === true,
  );
