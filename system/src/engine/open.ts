import { tmpdir } from 'node:os';
import type { DuckDBInstance } from '@duckdb/node-api';
import { EngineError, toEngineError } from './errors.js';
import { macros } from './macros.js';
import { disk as realDisk, type Disk } from './place.js';
import type { Engine, EngineOptions, Session } from './port.js';
import { DuckSession } from './session.js';

/**
 * One DuckDB instance in memory. The native module is loaded here and not before, so that a
 * process that never asks does not pay its 20 MB. With one thread, the default, sums of doubles
 * are the same each time: open several to work in parallel, and close them to give memory back.
 */
export async function openEngine(
  { threads = 1, memoryLimitMb, tempFolder = tmpdir(), settings = {} }: EngineOptions = {},
  disk: Disk = realDisk,
): Promise<Engine> {
  const driver = await import('@duckdb/node-api');
  const configuration: Record<string, string> = {
    threads: String(threads),
    temp_directory: tempFolder,
    errors_as_json: 'true',
    // Nothing is fetched from the network, whatever a statement names.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    ...(memoryLimitMb === undefined ? {} : { memory_limit: `${memoryLimitMb}MB` }),
    ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)])),
  };
  try {
    const instance = await driver.DuckDBInstance.create(':memory:', configuration);
    await createMacros(instance);
    return new DuckEngine(driver, instance, disk);
  } catch (cause) {
    throw toEngineError(cause, '');
  }
}

async function createMacros(instance: DuckDBInstance): Promise<void> {
  const connection = await instance.connect();
  for (const macro of macros) await connection.run(macro);
  connection.closeSync();
}

class DuckEngine implements Engine {
  private readonly sessions = new Set<Session>();
  private closed = false;

  constructor(
    private readonly driver: typeof import('@duckdb/node-api'),
    private readonly instance: DuckDBInstance,
    private readonly disk: Disk,
  ) {}

  async session(): Promise<Session> {
    if (this.closed) throw new EngineError('CLOSED', 'the engine is closed; open another');
    const connection = await this.instance.connect();
    // A TIMESTAMP WITH TIME ZONE must not be read in the zone of the machine.
    await connection.run("SET TimeZone = 'UTC'");
    const session: Session = new DuckSession(this.driver, connection, this.disk, () =>
      this.sessions.delete(session),
    );
    this.sessions.add(session);
    return session;
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    for (const session of this.sessions) session.close();
    this.instance.closeSync();
  }
}
