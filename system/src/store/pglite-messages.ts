/** What the state asks of the thread that holds PGlite, and what it answers. */
export type Request =
  | { id: number; kind: 'query'; sql: string; params: (string | null)[] }
  | { id: number; kind: 'script'; sql: string }
  | { id: number; kind: 'listen' | 'unlisten'; channel: string }
  | { id: number; kind: 'close' };

export interface Failure {
  message: string;
  sqlState?: string;
  constraint?: string;
}

export type Answer =
  | { kind: 'answer'; id: number; rows: unknown[] }
  | { kind: 'failure'; id: number; failure: Failure }
  | { kind: 'notification'; channel: string; payload: string };
