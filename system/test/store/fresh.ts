import { createHash } from 'node:crypto';
import { access, cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrations } from '../../src/store/migrations/index.js';
import { openState } from '../../src/store/open.js';
import type { State } from '../../src/store/state.js';

export interface Fresh {
  state: State;
  folder: string;
  /** Closes the state and removes its folder. */
  remove(): Promise<void>;
}

/** An empty embedded state of its own, copied from one made once a machine: a copy takes no 3 s. */
export async function freshState(): Promise<Fresh> {
  const folder = await freshFolder();
  const state = await openState({ folder });
  return {
    state,
    folder,
    async remove() {
      await state.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The folder of a closed, empty state, to be opened by whom a test likes. */
export async function freshFolder(): Promise<string> {
  const template = await templateFolder();
  const folder = await mkdtemp(join(tmpdir(), 'tino-state-'));
  await cp(template, folder, { recursive: true });
  return folder;
}

async function templateFolder(): Promise<string> {
  const template = join(tmpdir(), `tino-state-template-${fingerprint()}`);
  const made = await access(template).then(
    () => true,
    () => false,
  );
  if (made) return template;
  const beside = await mkdtemp(`${template}.`);
  await (await openState({ folder: beside })).close();
  // Another test process may have been faster; one template is as good as the other.
  await rename(beside, template).catch(() => rm(beside, { recursive: true }));
  await mkdir(template, { recursive: true });
  return template;
}

function fingerprint(): string {
  const hash = createHash('sha256').update(migrations.map(({ sql }) => sql).join('\n'));
  hash.update(createRequire(import.meta.url).resolve('@electric-sql/pglite'));
  return hash.digest('hex').slice(0, 12);
}
