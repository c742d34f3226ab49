import { TinoError } from '../contract/error.js';

const FIRST_DELAY_MS = 2_000;
const DELAY_MAX_MS = 300_000;

/** How long to wait after attempt `attempt`, from one: doubled each time, up to five minutes. */
export const delayAfterMs = (attempt: number): number =>
  Math.min(DELAY_MAX_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));

/**
 * Whether another attempt can help. What a person must mend fails the same way again; what the
 * house does not know may be a passing fault.
 */
export const isRetryable = (cause: unknown): boolean =>
  cause instanceof TinoError ? (cause.options.retryable ?? false) : isPassing(cause);

const passing = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EAGAIN', 'EBUSY', 'EMFILE']);
// Serialisation failure, deadlock, too many connections, server shutting down or starting.
const passingSqlStates = new Set(['40001', '40P01', '53300', '57P01', '57P03']);

function isPassing(cause: unknown): boolean {
  const { code, sqlState } = (cause ?? {}) as { code?: string; sqlState?: string };
  return passing.has(code ?? '') || passingSqlStates.has(sqlState ?? '');
}
