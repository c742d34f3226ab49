/** Whether the bin of a level is in a set of 256 bits: 0 or 1. */
export function inSet(set: usize, bin: i32): u32 {
  const at = bin & 255;
  return (load<u32>(set + ((<usize>(at >> 5)) << 2)) >> (at & 31)) & 1;
}
