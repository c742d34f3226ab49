import type { StatementReading } from './port.js';
import { refusedColumns, refusedFunctions, tableFunctions } from './allowed.js';

/** A node of DuckDB's serialised tree; only the fields that name something are read. */
export interface TreeNode {
  [field: string]: unknown;
  type?: string;
}

interface Found {
  tables: Set<string>;
  functions: Set<string>;
  refusals: Set<string>;
}

/** Common tables visible at a place of the tree, in lower case. */
type Scope = ReadonlySet<string>;

/** Tables, functions and refusals of one query. */
export function readQuery(node: TreeNode): StatementReading {
  const found: Found = { tables: new Set(), functions: new Set(), refusals: new Set() };
  visit(node, new Set(), found);
  return {
    tables: [...found.tables].sort(),
    functions: [...found.functions].sort(),
    refusals: [...found.refusals].sort(),
  };
}

function visit(value: unknown, scope: Scope, found: Found): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, scope, found);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const node = value as TreeNode;
  const inner = commonTables(node, scope, found);
  inspect(node, inner, found);
  for (const [field, child] of Object.entries(node)) {
    if (field !== 'cte_map') visit(child, inner, found);
  }
}

/** A common table sees those before it, and itself only when recursive: else its name is a table. */
function commonTables(node: TreeNode, scope: Scope, found: Found): Scope {
  const map = (node['cte_map'] as { map?: { key: string; value: TreeNode }[] } | undefined)?.map;
  if (!map?.length) return scope;
  const inner = new Set(scope);
  for (const { key, value } of map) {
    const name = key.toLowerCase();
    const recursive = isRecursive(value);
    visit(value, recursive ? new Set([...inner, name]) : inner, found);
    inner.add(name);
  }
  return inner;
}

function isRecursive(value: TreeNode): boolean {
  const query = value['query'] as { node?: TreeNode } | undefined;
  return query?.node?.type === 'RECURSIVE_CTE_NODE';
}

function inspect(node: TreeNode, scope: Scope, found: Found): void {
  if (node['sample']) found.refusals.add('takes a random sample; filter by a column instead');
  if (node.type === 'BASE_TABLE') inspectTable(node, scope, found);
  else if (node.type === 'TABLE_FUNCTION') inspectTableFunction(node, found);
  else if (node.type === 'COLUMN_REF') inspectColumn(node, found);
  else if (node.type === 'SHOW_REF') found.refusals.add('describes the database; write a SELECT');
  if (typeof node['function_name'] === 'string') inspectFunction(node, found);
}

function inspectTable(node: TreeNode, scope: Scope, found: Found): void {
  const parts = [node['catalog_name'], node['schema_name'], node['table_name']];
  const name = parts.filter((part) => typeof part === 'string' && part !== '').join('.');
  const bare = String(node['table_name']);
  if (name === bare && scope.has(bare.toLowerCase())) return;
  found.tables.add(name);
  if (name !== bare) found.refusals.add(`names the schema of table ${name}; use the bare name`);
  else if (/[^\p{L}\p{N}_$ -]/u.test(bare)) {
    found.refusals.add(`reads ${bare}, which looks like a file; declare it as a source`);
  }
  if (node['at_clause']) found.refusals.add(`reads ${name} AT another time; use its as-of view`);
}

function inspectTableFunction(node: TreeNode, found: Found): void {
  const call = node['function'] as TreeNode | undefined;
  const name = String(call?.['function_name'] ?? '').toLowerCase();
  if (!tableFunctions.has(name)) {
    found.refusals.add(`calls the table function ${name}; use ${[...tableFunctions].join(', ')}`);
  }
}

function inspectColumn(node: TreeNode, found: Found): void {
  const names = node['column_names'] as string[] | undefined;
  const name = names?.length === 1 ? names[0]!.toLowerCase() : '';
  const why = refusedColumns.get(name);
  if (why) found.refusals.add(`uses ${name}, ${why}`);
}

function inspectFunction(node: TreeNode, found: Found): void {
  const name = String(node['function_name']).toLowerCase();
  if (node['is_operator'] !== true) found.functions.add(name);
  const why = refusedFunctions.get(name);
  if (why) found.refusals.add(`calls ${name}, ${why}`);
  const children = node['children'] as unknown[] | undefined;
  if (name === 'age' && children?.length === 1) {
    found.refusals.add('calls age of one date, which reads the clock; give it two dates');
  }
}
