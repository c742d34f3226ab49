import type { ColumnSchema } from '../../frame.js';
import { ZERO } from '../../kernel/scoring-plain.js';
import { ZERO_IS_MISSING, levelStarts, type Forest } from '../forest.js';
import { double, text, type SqlDialect } from './sql-dialect.js';

/** Writes trees as CASE expressions over columns that are DOUBLE or text, missing being NULL. */
export function treeWriter(
  forest: Forest,
  columns: readonly ColumnSchema[],
  nameOf: (column: number) => string,
  dialect: SqlDialect,
): (root: number) => string {
  const starts = levelStarts(columns);
  const number = (value: number) => double(value, dialect);
  const write = (child: number): string => {
    if (child < 0) return leaf(~child);
    const { condition, turned } = question(child);
    const left = write(forest.left[child]!);
    const right = write(forest.right[child]!);
    // What is missing makes the condition unknown, and so takes the second way.
    return turned
      ? `CASE WHEN ${condition} THEN ${right} ELSE ${left} END`
      : `CASE WHEN ${condition} THEN ${left} ELSE ${right} END`;
  };
  /** A condition that missing does not meet; `turned` when it leads to the right. */
  const question = (node: number): { condition: string; turned: boolean } => {
    const column = forest.column[node]!;
    const name = nameOf(column);
    if (forest.levelSet[node]! >= 0) return levelsOf(node, column, name);
    const rule = forest.missingLeft[node]!;
    const turned = (rule & 1) === 1;
    const known = rule >= ZERO_IS_MISSING ? ` AND ABS(${name}) > ${number(ZERO)}` : '';
    const sign = turned ? '>' : '<=';
    return { condition: `${name} ${sign} ${number(forest.threshold[node]!)}${known}`, turned };
  };
  const levelsOf = (node: number, column: number, name: string) => {
    const goesLeft = (bin: number) => hasBin(forest, forest.levelSet[node]!, bin);
    const turned = goesLeft(0);
    const schema = columns[column]!;
    const levels = schema.kind === 'category' ? schema.levels : [];
    const listed = levels.filter(
      (_, code) => goesLeft(forest.levelBins[starts[column]! + code]!) !== turned,
    );
    const condition = listed.length === 0 ? 'FALSE' : `${name} IN (${listed.map(text).join(', ')})`;
    return { condition, turned };
  };
  const leaf = (index: number): string => {
    const { lines, values } = forest;
    const value = number(values[index]!);
    if (!lines || lines.first[index] === lines.first[index + 1]) return value;
    const terms = [...lines.column.keys()].slice(lines.first[index], lines.first[index + 1]);
    const parts = terms.map((term) => {
      const x = nameOf(lines.column[term]!);
      const kept = `LEAST(GREATEST(${x}, ${number(lines.low[term]!)}), ${number(lines.high[term]!)})`;
      return `${number(lines.coefficient[term]!)} * (${kept} - ${number(lines.mean[term]!)})`;
    });
    const lacks = terms.map((term) => `${nameOf(lines.column[term]!)} IS NULL`).join(' OR ');
    return `CASE WHEN ${lacks} THEN ${value} ELSE ${value} + (${parts.join(' + ')}) END`;
  };
  return write;
}

const hasBin = ({ levelWords }: Forest, set: number, bin: number): boolean =>
  ((levelWords[set + (bin >> 5)]! >>> (bin & 31)) & 1) === 1;
