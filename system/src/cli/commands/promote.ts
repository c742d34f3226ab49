import { TinoError } from '../../contract/error.js';
import type { Command } from '../commands.js';
import { withDoor } from '../door.js';

const reasonOption = {
  reason: {
    type: 'string' as const,
    says: { pt: 'por quê; fica guardado', en: 'why; it is kept' },
  },
};

export const promoteCommand: Command = {
  says: { pt: 'põe uma versão como campeã', en: 'make a version the champion' },
  arguments: ['model', 'version'],
  options: reasonOption,
  async run(input) {
    const [model, text] = input.positionals as [string, string];
    const version = Number(text);
    if (!Number.isInteger(version))
      throw new TinoError('USAGE', {
        detail: `version ${text}: expected a number`,
        verb: 'promote',
      });
    const reason = needReason(input.values, 'promote');
    return withDoor(input, async (door) => {
      const done = await door.promote(model, version, reason);
      input.screen.result(done, () => `${model} v${done.version} @${done.alias}`);
      return 0;
    });
  },
};

export const rollbackCommand: Command = {
  says: { pt: 'volta à campeã anterior', en: 'go back to the champion before' },
  arguments: ['model'],
  options: reasonOption,
  async run(input) {
    const [model] = input.positionals as [string];
    const reason = needReason(input.values, 'rollback');
    return withDoor(input, async (door) => {
      const done = await door.rollback(model, reason);
      input.screen.result(done, () => `${model} v${done.version} @${done.alias}`);
      return 0;
    });
  },
};

function needReason({ reason }: Record<string, unknown>, verb: string): string {
  if (typeof reason === 'string' && reason !== '') return reason;
  throw new TinoError('USAGE', { detail: '--reason "…"', verb });
}
