import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import { TinoError } from '../contract/error.js';

/** Reads the default export of declarations written in TypeScript. */
export interface ModuleReader {
  read(file: string): Promise<unknown>;
}

/**
 * Declarations name `@tino/system` and `@tino/learn` wherever their folder lies, so both resolve to
 * this very package. Compiled text is cached by content in `cacheFolder`: loading five workspaces
 * again takes a third of the first time.
 */
export function openModules(folder: string, cacheFolder: string): ModuleReader {
  const jiti = createJiti(import.meta.url, {
    fsCache: cacheFolder,
    moduleCache: false,
    interopDefault: true,
    alias: {
      // The helpers alone: the whole system would take longer to load than all declarations.
      '@tino/system': fileURLToPath(new URL('./declare.js', import.meta.url)),
      '@tino/learn': fileURLToPath(import.meta.resolve('@tino/learn')),
    },
  });
  return {
    async read(file) {
      try {
        return await jiti.import(file, { default: true });
      } catch (cause) {
        throw broken(file, folder, cause);
      }
    },
  };
}

function broken(file: string, folder: string, cause: unknown): TinoError {
  const error = cause as Error & { frame?: string };
  const text = String(error.message ?? cause);
  const stack = String(error.stack ?? '');
  const place =
    /\((\d+):(\d+)\)/.exec(text) ??
    new RegExp(`${escaped(file)}:(\\d+):(\\d+)`).exec(`${text}\n${stack}`);
  const where = `${relative(folder, file) || join('.', file)}${place ? `:${place[1]}` : ''}`;
  const detail = text.split('\n')[0]!.replaceAll(`${file}: `, '').replace(/\.$/, '');
  return new TinoError('CONFIG_BROKEN', { file: where, detail }, { where, cause });
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
