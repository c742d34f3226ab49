import { existsSync } from 'node:fs';
import { createPrivacyKey } from '../../sources/index.js';
import { prepare } from '../../verbs/prepare.js';
import { simulate } from '../../verbs/simulate.js';
import { yesterday } from '../../verbs/dates.js';
import { loadWorkspace } from '../../workspace/load.js';
import type { Command } from '../commands.js';
import { privacyKeyFile } from '../privacy.js';
import { serve } from '../serving-process.js';
import { processOptions, serveOptions } from './serve.js';

export const startCommand: Command = {
  says: {
    pt: 'tudo de uma vez: simula se faltam dados, confere, constrói, treina o que mudou e serve',
    en: 'all at once: simulate if data are missing, check, build, train what changed, and serve',
  },
  arguments: [],
  options: serveOptions,
  run: async (input) => {
    const workspace = await loadWorkspace(input.folder);
    const { screen, terminal } = input;
    const keyFile = privacyKeyFile(terminal.env, workspace.name);
    if (!existsSync(keyFile)) await createPrivacyKey(keyFile);
    await simulate(
      Object.values(workspace.parts),
      { seed: 1, until: yesterday(new Date(), workspace.zone) },
      { progress: screen.progress },
    );
    await serve(input, {
      ...processOptions(input),
      before: async (house) => {
        const trained = await prepare(house, {
          progress: screen.progress,
          stop: { stopped: false },
          by: 'start',
        });
        screen.endProgress();
        if (trained.length > 0) screen.line(screen.table(trained));
      },
    });
    return 0;
  },
};
