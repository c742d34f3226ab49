/*
 * The file of every model, little-endian:
 *
 *   0        4         6        8           12          16
 *   ┌────────┬─────────┬────────┬───────────┬───────────┬──────────────┬─────┬───────────┬─────┬───────────┐
 *   │ "TINO" │ format  │ (zero) │ header    │ CRC-32 of │ JSON header  │ pad │ section 0 │ pad │ section 1 │
 *   │        │ uint16  │        │ bytes u32 │ all after │ kind, table  │     │ at 64·k   │     │ at 64·k   │
 *   └────────┴─────────┴────────┴───────────┴───────────┴──────────────┴─────┴───────────┴─────┴───────────┘
 *
 * Sections are views, not copies: a model opens without parsing its arrays.
 */
export type Section =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Uint16Array
  | Uint8Array
  | Int8Array;

export interface Artifact {
  kind: string;
  meta: Record<string, unknown>;
  sections: Record<string, Section>;
}

const MAGIC = 0x4f4e4954; // "TINO"
const FORMAT = 1;
const ALIGNMENT = 64;
const types = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u32: Uint32Array,
  u16: Uint16Array,
  u8: Uint8Array,
  i8: Int8Array,
};
type TypeName = keyof typeof types;
interface Entry {
  name: string;
  type: TypeName;
  offset: number;
  length: number;
}

export function encodeArtifact({ kind, meta, sections }: Artifact): Uint8Array {
  const entries: Entry[] = [];
  let body = 0;
  for (const [name, section] of Object.entries(sections)) {
    entries.push({ name, type: typeOf(section), offset: body, length: section.length });
    body = align(body + section.byteLength);
  }
  const header = encodeUtf8(JSON.stringify({ kind, meta, sections: entries }));
  const start = align(16 + header.length);
  const bytes = new Uint8Array(start + body);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint16(4, FORMAT, true);
  view.setUint32(8, header.length, true);
  bytes.set(header, 16);
  for (const { name, offset } of entries) {
    const section = sections[name]!;
    bytes.set(
      new Uint8Array(section.buffer, section.byteOffset, section.byteLength),
      start + offset,
    );
  }
  view.setUint32(12, crc32(bytes.subarray(16)), true);
  return bytes;
}

/** Throws on a stranger's file, another format, or a wrong checksum. */
export function decodeArtifact(bytes: Uint8Array): Artifact {
  // A view needs an aligned buffer; a slice of a larger file is copied once.
  const source = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  if (source.length < 16)
    throw new Error(`not a TINO file: ${source.length} bytes, expected at least 16`);
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new Error('not a TINO file: wrong magic');
  const format = view.getUint16(4, true);
  if (format !== FORMAT)
    throw new Error(`TINO file is format ${format}, this version reads ${FORMAT}`);
  const found = crc32(source.subarray(16));
  const expected = view.getUint32(12, true);
  if (found !== expected)
    throw new Error(`TINO file is damaged: checksum ${hex(found)}, expected ${hex(expected)}`);
  const headerLength = view.getUint32(8, true);
  const header = JSON.parse(decodeUtf8(source.subarray(16, 16 + headerLength))) as {
    kind: string;
    meta: Record<string, unknown>;
    sections: Entry[];
  };
  const start = source.byteOffset + align(16 + headerLength);
  const sections: Record<string, Section> = {};
  for (const { name, type, offset, length } of header.sections)
    sections[name] = new types[type](source.buffer as ArrayBuffer, start + offset, length);
  return { kind: header.kind, meta: header.meta, sections };
}

const align = (n: number) => Math.ceil(n / ALIGNMENT) * ALIGNMENT;
const hex = (n: number) => n.toString(16).padStart(8, '0');

function typeOf(section: Section): TypeName {
  for (const name of Object.keys(types) as TypeName[])
    if (section instanceof types[name]) return name;
  throw new TypeError('a section must be a typed array');
}

let crcTable: Uint32Array | undefined;

/** CRC-32 (IEEE 802.3), as in zip and PNG. */
export function crc32(bytes: Uint8Array): number {
  crcTable ??= Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c;
  });
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = crcTable[(crc ^ bytes[i]!) & 255]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** UTF-8 by hand: `learn` is compiled without the DOM and Node, so it has no TextEncoder. */
export function encodeUtf8(text: string): Uint8Array {
  const out: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (code < 0x80) out.push(code);
    else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000)
      out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else
      out.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
  }
  return Uint8Array.from(out);
}

export function decodeUtf8(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length;) {
    const byte = bytes[i]!;
    const more = byte < 0x80 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    let code = more === 0 ? byte : byte & (0x3f >> more);
    for (let k = 1; k <= more; k++) code = (code << 6) | (bytes[i + k]! & 63);
    text += String.fromCodePoint(code);
    i += more + 1;
  }
  return text;
}
