import { fsyncSync } from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';

interface Stream {
  nfd: number;
}

/** The part of PGlite's module that this file reaches into; its own types leave it out. */
interface Mounted {
  NODEFS: { stream_ops: { fsync?: (stream: Stream) => number } };
}

type Init = NodeFS['init'];

/** WASI's number of an input or output error. */
const EIO = 29;

/**
 * PGlite's file system of a folder, with the fsync that it lacks: without it a commit is
 * acknowledged while its bytes are only in the kernel's memory, and a power cut loses it.
 */
export class DurableFiles extends NodeFS {
  constructor(
    folder: string,
    private readonly sync: (descriptor: number) => void = fsyncSync,
  ) {
    super(folder);
  }

  override async init(...[pg, options]: Parameters<Init>): ReturnType<Init> {
    const { emscriptenOpts } = await super.init(pg, options);
    const giveSync = (module: unknown) => {
      (module as Mounted).NODEFS.stream_ops.fsync = ({ nfd }) => {
        try {
          this.sync(nfd);
          return 0;
        } catch {
          // PostgreSQL ends itself at this, as it must: what it wrote may be gone.
          return EIO;
        }
      };
    };
    return {
      emscriptenOpts: {
        ...emscriptenOpts,
        preRun: [emscriptenOpts.preRun ?? [], giveSync].flat() as NonNullable<
          typeof emscriptenOpts.preRun
        >,
      },
    };
  }
}
