/** The little of WebAssembly that kernels need: the language's own library does not declare it. */
export interface WasmModule {
  readonly [Symbol.toStringTag]: string;
}

export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

interface WasmInstance {
  readonly exports: Record<string, (...args: number[]) => void>;
}

interface WasmNamespace {
  Module: new (bytes: Uint8Array) => WasmModule;
  Memory: new (size: { initial: number; maximum: number; shared?: boolean }) => WasmMemory;
  Instance: new (module: WasmModule, imports: { env: { memory: WasmMemory } }) => WasmInstance;
}

declare const WebAssembly: WasmNamespace | undefined;

/** Absent in some runtimes and under some content security policies: the plain twins work there. */
export const wasm = (): WasmNamespace | undefined =>
  typeof WebAssembly === 'undefined' ? undefined : WebAssembly;
