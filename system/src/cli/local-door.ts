import { createKey, listKeys, revokeKey } from '../access/keys.js';
import { createSignInLink } from '../access/sessions.js';
import { openQueue } from '../jobs/queue.js';
import { runVerb } from '../jobs/verbs.js';
import type { House, VerbEffects } from '../ports/house.js';
import { listVersions } from '../registry/index.js';
import { describeModels } from '../serving/catalog.js';
import { openServing } from '../serving/context.js';
import { listRuns } from '../tracking/index.js';
import { eraseVerb } from '../verbs/erase.js';
import { openHouse } from '../verbs/house.js';
import { promoteVerb } from '../verbs/promote.js';
import { rollbackVerb } from '../verbs/rollback.js';
import { getModel } from '../workspace/find.js';
import type { CommandInput } from './commands.js';
import type { Door } from './door.js';
import { houseOptions } from './options.js';

const MANY = 1000;

export async function openLocalDoor(input: CommandInput): Promise<Door> {
  const { house, close } = await openHouse(houseOptions(input));
  const stop = { stopped: false };
  input.terminal.on('SIGINT', () => (stop.stopped = true));
  return doorOf(
    house,
    { progress: input.screen.progress, stop, by: input.terminal.env['USER'] ?? 'terminal' },
    close,
  );
}

function doorOf(house: House, effects: VerbEffects, close: () => Promise<void>): Door {
  const { state, workspace } = house;
  const { by } = effects;
  return {
    job: (verb, args) => runVerb(house, verb, args, effects),
    modelNames: async () => Object.keys(workspace.models),
    async models() {
      const serving = await openServing(house);
      try {
        return await describeModels(serving, {});
      } finally {
        await serving.close();
      }
    },
    versions: async (model) => listVersions(house, getModel(workspace, model).name),
    runs: async (model) =>
      (await listRuns(house, { limit: MANY, ...(model !== undefined && { model }) })).items,
    jobs: async () => (await openQueue(state).list({ limit: MANY })).items,
    promote: (model, version, reason) => promoteVerb(house, { model, version, reason, by }),
    rollback: (model, reason) => rollbackVerb(house, { model, reason, by }),
    erase: (entity, key) => eraseVerb(house, { entity, key }, effects),
    keys: () => listKeys(state),
    createKey: (key) => createKey(state, key),
    revokeKey: (id) => revokeKey(state, id),
    signInLink: async (link) => ({ path: `/enter?token=${await createSignInLink(state, link)}` }),
    close,
  };
}
