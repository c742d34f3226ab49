import { migrate } from './migrate.js';
import { PgliteState } from './pglite.js';
import type { State, StateOptions } from './state.js';

/** Opens the state and brings it to the newest migration. */
export async function openState(options: StateOptions): Promise<State> {
  const state =
    'url' in options ? await openServer(options.url) : await PgliteState.open(options.folder);
  try {
    await state.transaction((tx) => migrate(tx));
    return state;
  } catch (cause) {
    await state.close();
    throw cause;
  }
}

/** Loaded here, as an embedded state has no use for the client. */
async function openServer(url: string) {
  const { PostgresState } = await import('./postgres.js');
  return PostgresState.open(url);
}
