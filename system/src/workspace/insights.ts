import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { TinoError } from '../contract/error.js';
import type { LoadedInsight, Part, SqlInsight, WorkspaceDeclaration } from './types.js';

/** What a part declares to look into, with its SQL. */
export async function readInsights(
  { name: part, folder }: Pick<Part, 'name' | 'folder'>,
  declaration: WorkspaceDeclaration,
  root: string,
  problems: TinoError[],
): Promise<Record<string, LoadedInsight>> {
  const insights: Record<string, LoadedInsight> = {};
  for (const [name, declared] of Object.entries(declaration.insights ?? {})) {
    if (declared.look === 'moves') {
      const by = relative(root, join(folder, 'tino.config.ts'));
      insights[name] = { name, part, file: by, sql: '', declaration: declared };
      continue;
    }
    const path = join(folder, declared.sql);
    const file = relative(root, path);
    if (!existsSync(path)) {
      const by = relative(root, join(folder, 'tino.config.ts'));
      problems.push(new TinoError('FILE_MISSING', { file, by }, { where: by }));
      continue;
    }
    const sql = await readFile(path, 'utf8');
    insights[name] = { name, part, file, sql, declaration: declared };
  }
  return insights;
}

/** Whether it reads tables by SQL of its own. */
export const readsSql = (insight: LoadedInsight): insight is LoadedInsight<SqlInsight> =>
  insight.declaration.look !== 'moves';

/** Besides moment and unit. */
const NEEDED = {
  total: ['value'],
  rate: ['happened'],
  pairs: ['basket', 'item', 'value'],
  cohorts: ['value'],
};

/** Columns that the SQL of a look must give. */
export const columnsNeeded = ({ declaration }: LoadedInsight<SqlInsight>): string[] => [
  'at',
  declaration.unit,
  ...NEEDED[declaration.look],
];
