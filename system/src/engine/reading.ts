import type { StatementReading } from './port.js';
import { readQuery, type TreeNode } from './tree.js';

/** What `json_serialize_sql` answers. */
interface Serialized {
  error: boolean;
  error_type?: string;
  error_message?: string;
  statements?: { node: TreeNode }[];
}

/**
 * Reads the parsed tree of a statement. Feature SQL names as-of views only, so whatever could
 * reach other data or give another answer tomorrow is refused: table functions outside a list,
 * clocks, randomness, the environment, names of files or schemas, more than one statement.
 */
export function readStatement(serialized: string): StatementReading {
  const parsed = JSON.parse(serialized) as Serialized;
  if (parsed.error) return refused(refusalOf(parsed));
  const statements = parsed.statements ?? [];
  if (statements.length !== 1) {
    return refused(`holds ${statements.length} statements; write exactly one SELECT`);
  }
  return readQuery(statements[0]!.node);
}

const refused = (why: string): StatementReading => ({ tables: [], functions: [], refusals: [why] });

function refusalOf({ error_type: type, error_message: message }: Serialized): string {
  if (type === 'not implemented') {
    return 'is not a SELECT that can be read; write a SELECT, and FILTER (WHERE …) for PIVOT';
  }
  return `does not parse: ${message ?? 'unknown error'}`;
}
