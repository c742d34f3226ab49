import { parse, protocol, type messages, type PGlite } from '@electric-sql/pglite';

type Message = messages.BackendMessage;

interface Prepared {
  name: string;
  /** What its rows are, as PostgreSQL described them. */
  columns: Message[];
}

const { serialize } = protocol;
const KEPT = 200;

/** Commands that leave tables what they were described as; a rollback may undo one that did not. */
const HARMLESS = new Set('SELECT INSERT UPDATE DELETE BEGIN COMMIT NOTIFY'.split(' '));

/**
 * The statements of an embedded PostgreSQL, each parsed and described once and by name: of a small
 * question it is most of the time, and a house asks the same few hundred again and again.
 */
export class Statements {
  private readonly known = new Map<string, Prepared>();
  private last = 0;

  constructor(private readonly database: PGlite) {}

  /** @param params as text, which PostgreSQL reads by the type that each has in the statement */
  query(sql: string, params: (string | null)[]): Promise<unknown[]> {
    return this.database.runExclusive(async () => {
      const prepared = this.known.get(sql) ?? (await this.prepare(sql));
      // The one used last stands last.
      this.known.delete(sql);
      this.known.set(sql, prepared);
      const { name, columns } = prepared;
      try {
        const answer = await this.send(
          serialize.bind({ statement: name, values: params }),
          serialize.execute(),
        );
        const [result] = parse.parseResults([...columns, ...answer], this.database.parsers);
        if (!HARMLESS.has(commandOf(answer))) await this.forgetAll();
        return result!.rows;
      } catch (cause) {
        await this.forget(sql);
        throw cause;
      }
    });
  }

  /** A statement described before a table changed would be refused: what follows is parsed again. */
  script(sql: string): Promise<void> {
    return this.database.runExclusive(async () => {
      await this.forgetAll();
      await this.send(serialize.query(sql));
    });
  }

  private async prepare(sql: string): Promise<Prepared> {
    const name = `s${++this.last}`;
    const described = await this.send(
      serialize.parse({ name, text: sql }),
      serialize.describe({ type: 'S', name }),
    );
    const [oldest] = this.known.keys();
    if (this.known.size >= KEPT) await this.forget(oldest!);
    return { name, columns: described.filter(({ name: told }) => told === 'rowDescription') };
  }

  private async forget(sql: string): Promise<void> {
    const prepared = this.known.get(sql);
    this.known.delete(sql);
    if (prepared) await this.send(serialize.close({ type: 'S', name: prepared.name }));
  }

  private async forgetAll(): Promise<void> {
    const names = Array.from(this.known.values(), ({ name }) => name);
    this.known.clear();
    await this.send(...names.map((name) => serialize.close({ type: 'S', name })));
  }

  /** In one go, until PostgreSQL is ready for the next. */
  private send(...parts: Uint8Array[]): Promise<Message[]> {
    const message = Buffer.concat([...parts, serialize.sync()]);
    return this.database.execProtocolStream(message, { syncToFs: false });
  }
}

/** First word of what PostgreSQL says was done. */
function commandOf(answer: readonly Message[]): string {
  const done = answer.find(({ name }) => name === 'commandComplete');
  return done === undefined ? '' : (done as messages.CommandCompleteMessage).text.split(' ')[0]!;
}
