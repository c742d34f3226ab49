import { literal } from '../engine/quote.js';
import type { ColumnDeclaration, ColumnType, FileFormat } from '../workspace/types.js';

/** The engine's types of declared ones; see "money, quantity" among the decisions. */
export const sqlTypes: Record<ColumnType, string> = {
  text: 'VARCHAR',
  category: 'VARCHAR',
  integer: 'BIGINT',
  number: 'DOUBLE',
  money: 'DECIMAL(18,2)',
  unitPrice: 'DECIMAL(18,4)',
  quantity: 'DECIMAL(18,3)',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
};

/** What a stored column holds: pseudonyms are text whatever was declared. */
export const storedType = (column: ColumnDeclaration): string =>
  column.personal ? 'VARCHAR' : sqlTypes[column.type];

/** The raw text without surrounding blanks; empty is missing. Free text keeps its blanks. */
export const cleaned = (raw: string, type: ColumnType): string =>
  type === 'text' ? `nullif(${raw}, '')` : `nullif(trim(${raw}), '')`;

/** A cleaned text as its type, NULL where it is not one. Timestamps stay in the source's zone. */
export function parsed(text: string, type: ColumnType, format: FileFormat, zone: string): string {
  switch (type) {
    case 'text':
    case 'category':
      return text;
    case 'boolean':
      return booleanOf(text);
    case 'date':
      return `CAST(${momentOf(text, format)} AS DATE)`;
    case 'timestamp':
      return zonedMoment(text, format, zone);
    default:
      return numberOf(text, type, format);
  }
}

function numberOf(text: string, type: ColumnType, format: FileFormat): string {
  const comma = format.decimal === ',';
  const plain = comma ? `replace(replace(${text}, '.', ''), ',', '.')` : text;
  const shape = comma ? String.raw`[+-]?([0-9]{1,3}(\.[0-9]{3})+|[0-9]+)(,[0-9]*)?` : '';
  if (type === 'integer') {
    const whole = comma
      ? String.raw`[+-]?([0-9]{1,3}(\.[0-9]{3})+|[0-9]+)(,0*)?`
      : String.raw`[+-]?[0-9]+(\.0*)?`;
    return `CASE WHEN regexp_full_match(${text}, ${literal(whole)})
      THEN TRY_CAST(split_part(${plain}, '.', 1) AS BIGINT) END`;
  }
  const value = `TRY_CAST(${plain} AS ${sqlTypes[type]})`;
  if (comma) return `CASE WHEN regexp_full_match(${text}, ${literal(shape)}) THEN ${value} END`;
  // A DOUBLE of "inf" or "nan" is no measurement.
  return type === 'number' ? `CASE WHEN isfinite(${value}) THEN ${value} END` : value;
}

function booleanOf(text: string): string {
  const list = (words: string) => words.split(' ').map(literal).join(', ');
  return (
    `CASE WHEN lower(${text}) IN (${list('true t 1 yes y sim s')}) THEN TRUE ` +
    `WHEN lower(${text}) IN (${list('false f 0 no n não nao')}) THEN FALSE END`
  );
}

function momentOf(text: string, { dates = 'iso' }: FileFormat): string {
  if (dates === 'iso') {
    return `CASE WHEN ${text} LIKE '____-__-__%' THEN TRY_CAST(${text} AS TIMESTAMP) END`;
  }
  const day = dates === 'dd/mm/yyyy' ? '%d/%m/%Y' : '%m/%d/%Y';
  return `try_strptime(${text}, ['${day}', '${day} %H:%M', '${day} %H:%M:%S'])`;
}

/** A text with an offset ("…Z", "…-03:00") is an instant; one without is the zone's wall clock. */
function zonedMoment(text: string, format: FileFormat, zone: string): string {
  if ((format.dates ?? 'iso') !== 'iso') return momentOf(text, format);
  return (
    `CASE WHEN regexp_matches(substr(${text}, 17), '[Zz+-]') ` +
    `THEN timezone(${literal(zone)}, TRY_CAST(${text} AS TIMESTAMPTZ))
      ELSE ${momentOf(text, format)} END`
  );
}
