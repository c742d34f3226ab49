import { ARGUMENTS, type Twin } from './engine.js';
import type { KernelMemory } from './memory.js';

/** The boosting kernels in plain TypeScript: the oracle, and what runs where WebAssembly does not. */
export const boostingTwin: Twin = (memory) => {
  const operations = [binNumbers];
  return (operation, chunk) => operations[operation]!(memory, chunk);
};

const CHUNK = 8192;

/** See learn/assembly/boosting/binning.ts. */
function binNumbers({ views: { u8, i32, f64 } }: KernelMemory, chunk: number): void {
  const [values, rows, edges, out, stride] = i32.subarray(ARGUMENTS) as ArrayLike<number> as [
    number,
    number,
    number,
    number,
    number,
  ];
  const end = Math.min((chunk + 1) * CHUNK, rows);
  const edge = f64.subarray(edges / 8, edges / 8 + 256);
  for (let row = chunk * CHUNK; row < end; row++) {
    const value = f64[values / 8 + row]!;
    let bin = 0;
    if (value === value) {
      bin = 1;
      while (edge[bin - 1]! < value) bin++;
    }
    u8[out + row * stride] = bin;
  }
}
