import { isAscii, isUtf8 } from 'node:buffer';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { TinoError } from '../contract/error.js';
import type { FileFormat, Source } from '../workspace/types.js';

type Encoding = NonNullable<FileFormat['encoding']>;

/** Bytes of a text file, unpacked when it ends in .gz. */
export const openText = (file: string): AsyncIterable<Buffer> =>
  file.endsWith('.gz') ? createReadStream(file).pipe(createGunzip()) : createReadStream(file);

/**
 * Reads a whole text file once: its bytes must be what the declaration says. A file that is
 * declared latin-1 and holds valid UTF-8 beyond ASCII is refused too, as "São Paulo" would become
 * "SÃ£o Paulo".
 */
export async function verifyEncoding(source: Source, file: string): Promise<void> {
  const expected = source.format?.encoding ?? 'utf-8';
  let line = 0;
  let utf8Beyond = false;
  for await (const block of wholeLines(openText(file))) {
    const valid = isUtf8(block);
    if (expected === 'utf-8' && !valid) {
      const at = firstInvalid(block);
      refuse(source, file, expected, looksLike(block), block[at]!, line + lineOf(block, at));
    }
    if (!valid) return;
    const beyond = isAscii(block) ? -1 : block.findIndex((byte) => byte >= 0x80);
    utf8Beyond ||= beyond >= 0;
    if (expected !== 'utf-8' && utf8Beyond && isLong(block, beyond)) {
      refuse(source, file, expected, 'utf-8', block[beyond]!, line + lineOf(block, beyond));
    }
    line += lineOf(block, block.length) - 1;
  }
}

/** Rewrites a single-byte file as UTF-8. */
export async function transcode(file: string, encoding: Encoding, target: string): Promise<void> {
  // WHATWG's decoder reads ISO-8859-1 as windows-1252, of which it is the part in common use.
  const decoder = new TextDecoder(encoding === 'utf-8' ? 'utf-8' : 'windows-1252');
  async function* decoded() {
    for await (const block of openText(file)) yield decoder.decode(block, { stream: true });
    yield decoder.decode();
  }
  await pipeline(decoded, createWriteStream(target));
}

/** The first record's text, decoded. */
export async function firstLine(source: Source, file: string): Promise<string> {
  const decoder = new TextDecoder(
    (source.format?.encoding ?? 'utf-8') === 'utf-8' ? 'utf-8' : 'windows-1252',
  );
  let text = '';
  for await (const block of openText(file)) {
    text += decoder.decode(block, { stream: true });
    if (text.includes('\n')) break;
  }
  return text
    .split('\n')[0]!
    .replace(/\r$/, '')
    .replace(/^\uFEFF/, '');
}

/** Blocks that end where a line ends, so that no character is cut in two. */
async function* wholeLines(blocks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const block of blocks) {
    const joined = rest.length === 0 ? block : Buffer.concat([rest, block]);
    const end = joined.lastIndexOf(0x0a) + 1;
    if (end > 0) yield joined.subarray(0, end);
    rest = joined.subarray(end);
  }
  if (rest.length > 0) yield rest;
}

function firstInvalid(block: Buffer): number {
  for (let i = 0; i < block.length;) {
    const length = sequenceLength(block[i]!);
    if (length === 0 || !isUtf8(block.subarray(i, i + length))) return i;
    i += length;
  }
  return 0;
}

function sequenceLength(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte < 0xc2 || byte > 0xf4) return 0;
  if (byte < 0xe0) return 2;
  return byte < 0xf0 ? 3 : 4;
}

const isLong = (block: Buffer, at: number): boolean =>
  at >= 0 && sequenceLength(block[at]!) > 1 && firstInvalid(block.subarray(at, at + 4)) !== at;

const looksLike = (block: Buffer): Encoding =>
  block.some((byte) => byte >= 0x80 && byte < 0xa0) ? 'windows-1252' : 'latin-1';

function lineOf(block: Buffer, at: number): number {
  let line = 1;
  for (let i = 0; i < at; i++) if (block[i] === 0x0a) line++;
  return line;
}

function refuse(
  source: Source,
  file: string,
  expected: Encoding,
  found: Encoding,
  byte: number,
  line: number,
): never {
  throw new TinoError(
    'SOURCE_ENCODING',
    {
      source: source.id,
      file,
      expected,
      found,
      line,
      byte: `0x${byte.toString(16).toUpperCase()}`,
    },
    { where: `${file}:${line}` },
  );
}
