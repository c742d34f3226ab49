import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { TinoError } from '../contract/error.js';
import type { Session } from '../engine/port.js';
import { identifier } from '../engine/quote.js';
import { sha256 } from '../workspace/hash.js';
import type { Source } from '../workspace/types.js';

/** A secret that turns personal values into pseudonyms: the same value, the same pseudonym. */
export interface PrivacyKey {
  /** Names the key without telling it. */
  id: string;
  pseudonym(value: string): string;
}

/**
 * Makes a key of 256 random bits, readable by its owner only.
 *
 * @returns false when there is one already, which is never replaced
 */
export async function createPrivacyKey(file: string): Promise<boolean> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  try {
    await writeFile(file, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    return false;
  }
}

export async function readPrivacyKey(file: string, source: Source): Promise<PrivacyKey> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const secret = text.trim();
  if (!/^[0-9a-f]{64}$/i.test(secret)) {
    throw new TinoError('PRIVACY_KEY_MISSING', { source: source.id, file }, { where: file });
  }
  return privacyKey(Buffer.from(secret, 'hex'));
}

/** HMAC-SHA256 (RFC 2104), its first 125 bits in base32: `p_` and 25 characters. */
export function privacyKey(secret: Uint8Array): PrivacyKey {
  return {
    id: sha256(Buffer.concat([Buffer.from('tino privacy key id'), secret])).slice(0, 16),
    pseudonym: (value) => `p_${base32(createHmac('sha256', secret).update(value).digest())}`,
  };
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5 && text.length < 25; bits -= 5) {
      text += alphabet[(held >>> (bits - 5)) & 31]!;
    }
    held &= (1 << bits) - 1;
  }
  return text;
}

export const personalColumns = (source: Source): string[] =>
  Object.keys(source.columns).filter((name) => source.columns[name]!.personal);

/** Replaces the personal values of a temporary table by their pseudonyms, once each value. */
export async function pseudonymise(
  session: Session,
  table: string,
  source: Source,
  key: PrivacyKey,
): Promise<void> {
  const columns = personalColumns(source);
  const all = columns
    .map(
      (name) =>
        `SELECT ${identifier(name)} AS value FROM ${table} WHERE ${identifier(name)} IS NOT NULL`,
    )
    .join(' UNION ');
  const batch = await session.columns(`SELECT value FROM (${all}) ORDER BY value`);
  const values = batch.columns[0]!.values as string[];
  await session.load('tino_pseudonyms', [
    { name: 'value', type: 'text', values },
    { name: 'pseudonym', type: 'text', values: values.map((value) => key.pseudonym(value)) },
  ]);
  for (const name of columns) {
    await session.run(
      `UPDATE ${table} SET ${identifier(name)} = p.pseudonym FROM tino_pseudonyms AS p
        WHERE ${table}.${identifier(name)} = p.value`,
    );
  }
  await session.run('DROP TABLE tino_pseudonyms');
}
