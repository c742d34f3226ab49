/**
 * Rows by the text of their key: open addressing over whole numbers (Knuth, 6.4), which for a million
 * keys is 12 MB and nothing that the garbage collector has to walk.
 */
export class KeyIndex {
  private readonly slots: Int32Array;
  private readonly hashes: Int32Array;

  /**
   * @param keyOf text of a row's key
   * @param newer whether the first of two rows of one key stands for both
   */
  constructor(
    rows: number,
    private readonly keyOf: (row: number) => string,
    newer: (row: number, other: number) => boolean,
  ) {
    let size = 16;
    while (size < 2 * rows) size *= 2;
    this.slots = new Int32Array(size).fill(-1);
    this.hashes = new Int32Array(rows);
    for (let row = 0; row < rows; row++) {
      const key = keyOf(row);
      this.hashes[row] = hashOf(key);
      const slot = this.slotOf(key, this.hashes[row]!);
      const standing = this.slots[slot]!;
      if (standing < 0 || newer(row, standing)) this.slots[slot] = row;
    }
  }

  find(key: string): number | undefined {
    const row = this.slots[this.slotOf(key, hashOf(key))]!;
    return row < 0 ? undefined : row;
  }

  private slotOf(key: string, hash: number): number {
    const last = this.slots.length - 1;
    for (let slot = hash & last; ; slot = (slot + 1) & last) {
      const row = this.slots[slot]!;
      if (row < 0 || (this.hashes[row] === hash && this.keyOf(row) === key)) return slot;
    }
  }
}

/** FNV-1a with the last mix of MurmurHash3: keys that count up must not lie side by side. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
