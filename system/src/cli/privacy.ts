import { homedir } from 'node:os';
import { join } from 'node:path';

/** The pseudonym key lives outside the workspace: TINO_KEY_FILE, or the user's configuration folder. */
export function privacyKeyFile(
  env: Readonly<Record<string, string | undefined>>,
  workspace: string,
): string {
  return (
    env['TINO_KEY_FILE'] ??
    join(env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'tino', `${workspace}.key`)
  );
}
