import { encodeUtf8 } from '../../artifact.js';

/**
 * Just enough of Protocol Buffers' wire format to write a file: a message is a list of fields, each a
 * tag (number << 3 | kind) and a value that is a varint or bytes with their length before them.
 */
export type Field = Uint8Array;

const VARINT = 0;
const BYTES = 2;

export const message = (...fields: readonly (Field | readonly Field[])[]): Uint8Array =>
  concat(fields.flat() as Field[]);

export const integer = (number: number, value: number): Field =>
  concat([varint((number << 3) | VARINT), varint(value)]);

export const bytes = (number: number, value: Uint8Array): Field =>
  concat([varint((number << 3) | BYTES), varint(value.length), value]);

export const string = (number: number, value: string): Field => bytes(number, encodeUtf8(value));

/** Repeated integers, packed. */
export const integers = (number: number, values: readonly number[]): Field =>
  bytes(number, concat(values.map(varint)));

/** Base 128, lowest first; a negative number has the ten bytes of its 64 bits. */
function varint(value: number): Uint8Array {
  const out: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest >= 0x80n) {
    out.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  out.push(Number(rest));
  return Uint8Array.from(out);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
