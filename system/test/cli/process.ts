import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../../bin/tino.js', import.meta.url));

export interface Serving {
  child: ChildProcess;
  address: string;
  /** Path and token of the sign-in link. */
  link: string;
  /** The exit code, once it has ended. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** `tino serve` in a process of its own, once it says where; `--only worker` says no address. */
export async function serve(
  folder: string,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Serving> {
  const child = spawn(process.execPath, [bin, 'serve', '--port', '0', '-C', folder, ...args], {
    env: {
      ...process.env,
      TINO_LANG: 'en',
      TINO_KEY_FILE: join(folder, 'privacy.key'),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const ready = new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += String(chunk);
      if (/token=\S+|worker at work/.test(said)) resolve(said);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`serve ended with ${code}: ${said}`)));
  });
  const text = await ready;
  return {
    child,
    address: /Tino at (\S+)/.exec(text)?.[1] ?? '',
    link: /(\/enter\?token=\S+)/.exec(text)?.[1] ?? '',
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = once(child, 'exit');
      child.kill(signal);
      const [code] = await ended;
      return code as number | null;
    },
  };
}
