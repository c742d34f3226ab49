import { randomBytes } from 'node:crypto';

let lastTime = 0;
let lastCount = 0;

/**
 * `prefix_` and a UUID of version 7 (RFC 9562, method 1: a counter in the 12 bits after the time),
 * so that ids of one process are in the order in which they were made, whatever its clock does.
 */
export function newId(prefix: string, now: number = Date.now()): string {
  if (now > lastTime) {
    lastTime = now;
    // Half of the counter is left free to count on within the millisecond.
    lastCount = randomBytes(2).readUInt16BE() & 0x7ff;
  } else if (++lastCount > 0xfff) {
    lastTime += 1;
    lastCount = 0;
  }
  const bytes = randomBytes(16);
  bytes.writeUIntBE(lastTime, 0, 6);
  bytes.writeUInt16BE(0x7000 | lastCount, 6);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.toString('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ];
  return `${prefix}_${parts.join('-')}`;
}
