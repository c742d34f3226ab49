export type StateErrorCode =
  | 'QUERY'
  | 'CLOSED'
  | 'BROKEN'
  | 'IN_TRANSACTION'
  | 'MIGRATION_CHANGED'
  | 'MIGRATION_UNKNOWN'
  | 'INITIALISE'
  | 'ARTIFACT_DAMAGED';

/** A failure of the state itself; `sqlState` is PostgreSQL's code, such as 23505, where it gave one. */
export class StateError extends Error {
  override readonly name = 'StateError';
  constructor(
    readonly code: StateErrorCode,
    message: string,
    readonly sqlState?: string,
    readonly constraint?: string,
  ) {
    super(message);
  }
}
