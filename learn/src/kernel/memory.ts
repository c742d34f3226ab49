import { wasm, type WasmMemory } from './wasm.js';

/** Bytes of a page of WebAssembly. */
const PAGE = 65536;
/** The first page belongs to the control block, the module's own data and nothing else. */
const FIRST = PAGE;
const PAGES_MAX = 65536;

/** Views of one memory; they are new objects after it has grown. */
export interface Views {
  u8: Uint8Array;
  i32: Int32Array;
  f64: Float64Array;
}

/** A memory that kernels and their twins work in, filled from the front. */
export interface KernelMemory {
  readonly views: Views;
  /** What threads share; absent where the memory is a plain buffer. */
  readonly wasm: WasmMemory | undefined;
  readonly shared: boolean;
  /** Address of `bytes` new bytes, aligned to 64; they hold anything. Grows the memory as needed. */
  take(bytes: number): number;
  /** Everything taken since `mark()` answered `address` is free again. */
  mark(): number;
  release(address: number): void;
}

const viewsOf = (buffer: ArrayBufferLike): Views => ({
  u8: new Uint8Array(buffer),
  i32: new Int32Array(buffer),
  f64: new Float64Array(buffer),
});

/** A memory of WebAssembly, shared where the runtime allows it; a plain buffer where there is none. */
export function kernelMemory(kind: 'shared' | 'alone' | 'plain'): KernelMemory {
  const made = kind === 'plain' ? undefined : wasmMemory(kind);
  let buffer: ArrayBufferLike = made ? made.memory.buffer : new ArrayBuffer(FIRST);
  let views = viewsOf(buffer);
  let next = FIRST;
  const growTo = (bytes: number) => {
    const pages = Math.ceil(bytes / PAGE);
    if (pages > PAGES_MAX)
      throw new RangeError(
        `training needs ${Math.round(bytes / 2 ** 20)} MB of kernel memory, more than the 4096 MB there are; train on fewer rows or columns`,
      );
    if (made) {
      made.memory.grow(pages - buffer.byteLength / PAGE);
      buffer = made.memory.buffer;
    } else {
      // Half as much again: a plain buffer is copied to grow.
      const larger = new ArrayBuffer(Math.max(pages * PAGE, Math.ceil(1.5 * buffer.byteLength)));
      new Uint8Array(larger).set(views.u8);
      buffer = larger;
    }
    views = viewsOf(buffer);
  };
  return {
    get views() {
      return views;
    },
    wasm: made?.memory,
    shared: made?.shared ?? false,
    take(bytes) {
      const address = next;
      next = Math.ceil((next + bytes) / 64) * 64;
      if (next > buffer.byteLength) growTo(next);
      return address;
    },
    mark: () => next,
    release: (address) => {
      next = address;
    },
  };
}

/** Undefined where neither is to be had: a memory reserves gigabytes of addresses, which may be few. */
function wasmMemory(kind: 'shared' | 'alone'): { memory: WasmMemory; shared: boolean } | undefined {
  const api = wasm();
  if (!api) return undefined;
  const kinds = kind === 'shared' ? [true, false] : [false];
  for (const shared of kinds)
    try {
      const size = { initial: 1, maximum: PAGES_MAX, ...(shared && { shared }) };
      return { memory: new api.Memory(size), shared };
    } catch {
      // Not shared where a page is not cross-origin isolated: one thread. Plain at the worst. Same bytes.
    }
  return undefined;
}
