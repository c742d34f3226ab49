import { TinoError } from '../../contract/error.js';
import { roles } from '../../access/principal.js';
import type { Role } from '../../contract/common.js';
import type { Command } from '../commands.js';
import { withDoor, type Door } from '../door.js';
import { privacyKeyFile } from '../privacy.js';

export const keyCommand: Command = {
  says: {
    pt: 'chaves da API: create NOME, list, revoke ID, link; privacy cria a chave de pseudônimos',
    en: 'API keys: create NAME, list, revoke ID, link; privacy makes the pseudonym key',
  },
  arguments: ['action', 'subject?'],
  options: {
    role: {
      type: 'string',
      says: { pt: 'viewer, analyst, approver ou admin', en: 'viewer, analyst, approver or admin' },
    },
    scope: {
      type: 'string',
      says: { pt: 'o que vê: store_id=12|13', en: 'what it sees: store_id=12|13' },
    },
  },
  async run(input) {
    const [action, subject] = input.positionals as [string, string?];
    if (action === 'privacy') {
      const { loadWorkspace } = await import('../../workspace/load.js');
      const { createPrivacyKey } = await import('../../sources/pseudonyms.js');
      const { name } = await loadWorkspace(input.folder);
      const file = privacyKeyFile(input.terminal.env, name);
      const made = await createPrivacyKey(file);
      input.screen.result({ file, made }, () => file);
      return 0;
    }
    const act = Object.hasOwn(actions, action) ? actions[action] : undefined;
    if (act === undefined)
      throw new TinoError('USAGE', {
        detail: `key ${action}: expected create, list, revoke, link or privacy`,
        verb: 'key',
      });
    return withDoor(input, async (door) => {
      const result = await act(door, subject, input.values);
      input.screen.result(result, () =>
        Array.isArray(result)
          ? input.screen.table(result.map(flat))
          : Object.values(flat(result)).join('\n'),
      );
      return 0;
    });
  },
};

const actions: Record<
  string,
  (door: Door, subject: string | undefined, values: Record<string, unknown>) => Promise<object>
> = {
  create: (door, name, { role, scope }) => {
    if (name === undefined)
      throw new TinoError('USAGE', { detail: 'key create NAME --role viewer', verb: 'key' });
    return door.createKey({ name, role: roleOf(role ?? 'viewer'), scope: scopeOf(scope) });
  },
  list: (door) => door.keys(),
  revoke: (door, id) => {
    if (id === undefined) throw new TinoError('USAGE', { detail: 'key revoke ID', verb: 'key' });
    return door.revokeKey(id);
  },
  link: (door, _subject, { role, scope }) =>
    door.signInLink({ role: roleOf(role ?? 'admin'), scope: scopeOf(scope) }),
};

function roleOf(value: unknown): Role {
  const role = roles.find((known) => known === value);
  if (role !== undefined) return role;
  throw new TinoError('USAGE', {
    detail: `--role ${String(value)}: expected ${roles.join(', ')}`,
    verb: 'key',
  });
}

/** `store_id=12|13,item_id=7` */
function scopeOf(value: unknown): Record<string, string[]> {
  if (typeof value !== 'string' || value === '') return {};
  return Object.fromEntries(
    value.split(',').map((pair) => {
      const [name, values] = pair.split('=', 2);
      if (!name || !values)
        throw new TinoError('USAGE', {
          detail: `--scope ${value}: expected name=value`,
          verb: 'key',
        });
      return [name, values.split('|')];
    }),
  );
}

function flat(value: object): Record<string, string | number | null> {
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      typeof field === 'object' && field !== null ? JSON.stringify(field) : (field as string),
    ]),
  );
}
