import { existsSync } from 'node:fs';
import { createPrivacyKey, holdsPseudonyms } from '../sources/index.js';
import { yesterday } from '../verbs/dates.js';
import { prepare } from '../verbs/prepare.js';
import { simulate } from '../verbs/simulate.js';
import { loadWorkspace } from '../workspace/load.js';
import type { CommandInput } from './commands.js';
import { serve, type ServeOptions } from './serving-process.js';

/** Simulates what has no data, makes the key that is missing, trains what changed, and serves. */
export async function start(input: CommandInput, options: ServeOptions): Promise<void> {
  const workspace = await loadWorkspace(input.folder);
  const { screen } = input;
  await simulate(
    Object.values(workspace.parts),
    { seed: 1, until: yesterday(new Date(), workspace.zone) },
    { progress: screen.progress },
  );
  await serve(input, {
    ...options,
    before: async (house) => {
      // Where a key was, another one would make strangers of everybody: it is to be brought back.
      if (!existsSync(house.privacyKeyFile) && !(await holdsPseudonyms(house)))
        await createPrivacyKey(house.privacyKeyFile);
      const trained = await prepare(house, {
        progress: screen.progress,
        stop: { stopped: false },
        by: 'start',
      });
      screen.endProgress();
      if (trained.length > 0) screen.line(screen.table(trained));
    },
  });
}
