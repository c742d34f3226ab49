export type EngineErrorCode =
  | 'SQL_SYNTAX'
  | 'SQL_BIND'
  | 'SQL_VALUE'
  | 'SQL_NOT_A_QUERY'
  | 'NO_FILES'
  | 'FILE'
  | 'MEMORY'
  | 'INTERRUPTED'
  | 'BAD_COLUMNS'
  | 'SESSION_BUSY'
  | 'CLOSED'
  | 'ENGINE';

/** A statement that failed; `line` and `column` count from one, where the engine knows them. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  constructor(
    readonly code: EngineErrorCode,
    message: string,
    readonly line?: number,
    readonly column?: number,
  ) {
    super(message);
  }
}

const codes: Record<string, EngineErrorCode> = {
  Parser: 'SQL_SYNTAX',
  Syntax: 'SQL_SYNTAX',
  Binder: 'SQL_BIND',
  Catalog: 'SQL_BIND',
  Parameter: 'SQL_BIND',
  Conversion: 'SQL_VALUE',
  'Out of Range': 'SQL_VALUE',
  'Invalid Input': 'SQL_VALUE',
  'Invalid type': 'SQL_VALUE',
  Constraint: 'SQL_VALUE',
  'Mismatch Type': 'SQL_VALUE',
  'Divide by Zero': 'SQL_VALUE',
  IO: 'FILE',
  HTTP: 'FILE',
  'Out of Memory': 'MEMORY',
  INTERRUPT: 'INTERRUPTED',
  Interrupt: 'INTERRUPTED',
};

interface Reported {
  exception_type?: string;
  exception_message?: string;
  position?: string;
}

/** The engine's own error as an EngineError, with its place in `sql`. */
export function toEngineError(cause: unknown, sql: string): EngineError {
  if (cause instanceof EngineError) return cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  const reported = parseReport(text);
  if (!reported) return new EngineError('ENGINE', text);
  const code = codes[reported.exception_type ?? ''] ?? 'ENGINE';
  const message = (reported.exception_message ?? text).trim().replace(/[.\n]+$/, '');
  if (reported.position === undefined) return new EngineError(code, message);
  const { line, column } = place(sql, Number(reported.position));
  return new EngineError(code, `${message} (line ${line}, column ${column})`, line, column);
}

function parseReport(text: string): Reported | undefined {
  const start = text.indexOf('{');
  if (start < 0) return undefined;
  try {
    return JSON.parse(text.slice(start)) as Reported;
  } catch {
    return undefined;
  }
}

/** Line and column, from one, of a byte offset in UTF-8, which is how DuckDB counts. */
function place(sql: string, byteOffset: number): { line: number; column: number } {
  const before = Buffer.from(sql, 'utf8').subarray(0, byteOffset).toString('utf8');
  const lines = before.split('\n');
  return { line: lines.length, column: [...lines.at(-1)!].length + 1 };
}
