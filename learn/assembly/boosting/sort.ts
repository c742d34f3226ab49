import { argument } from '../lib/team';

/** Bits of a double as a whole number of the same order. */
function keyOf(bits: u64): u64 {
  return bits >> 63 != 0 ? ~bits : bits | 0x8000000000000000;
}

function bitsOf(key: u64): u64 {
  return key >> 63 != 0 ? key ^ 0x8000000000000000 : ~key;
}

/**
 * Sorts one column of doubles (none of them NaN), by bytes from the lowest to the highest. Arguments:
 * table of columns (8 bytes: address, how many), scratch, bytes of it a column: as much as the longest
 * column, and 8192 for counts.
 */
export function sortColumn(chunk: i32): void {
  const entry = <usize>argument(0) + ((<usize>chunk) << 3);
  const values = <usize>load<i32>(entry);
  const count = load<i32>(entry, 4);
  const counts = <usize>argument(1) + <usize>chunk * <usize>argument(2);
  const end = values + ((<usize>count) << 3);
  memory.fill(counts, 0, 8192);
  for (let at = values; at < end; at += 8) {
    let key = keyOf(load<u64>(at));
    store<u64>(at, key);
    for (let byte: usize = 0; byte < 8; byte++, key >>= 8) {
      const slot = counts + (byte << 10) + ((<usize>(key & 255)) << 2);
      store<i32>(slot, load<i32>(slot) + 1);
    }
  }
  let from = values;
  let to = counts + 8192;
  for (let byte: usize = 0; byte < 8; byte++) {
    const slots = counts + (byte << 10);
    const shift = (<u64>byte) << 3;
    const first = (<usize>((load<u64>(from) >> shift) & 255)) << 2;
    // A byte that is the same in all moves nothing: common, as where values came from single precision.
    if (count == 0 || load<i32>(slots + first) == count) continue;
    let before = 0;
    for (let i: usize = 0; i < 1024; i += 4) {
      const held = load<i32>(slots + i);
      store<i32>(slots + i, before);
      before += held;
    }
    const stop = from + ((<usize>count) << 3);
    for (let at = from; at < stop; at += 8) {
      const key = load<u64>(at);
      const slot = slots + ((<usize>((key >> shift) & 255)) << 2);
      const place = load<i32>(slot);
      store<i32>(slot, place + 1);
      store<u64>(to + ((<usize>place) << 3), key);
    }
    const swap = from;
    from = to;
    to = swap;
  }
  for (let i: usize = 0; i < (<usize>count) << 3; i += 8)
    store<u64>(values + i, bitsOf(load<u64>(from + i)));
}
