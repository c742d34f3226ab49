import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

// From learn/dist/test/forecast to the folder beside the repository.
const beside = fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
/** Where the real data lies, if it is there. */
export const dataFolder = process.env['TINO_DATA'] ?? beside;

/** Why a test on real data is skipped, or `false` when the file is there. */
export const missing = (file: string): string | false =>
  existsSync(join(dataFolder, file))
    ? false
    : `real data ${file} is absent; set TINO_DATA to its folder`;

/** Rows of a gzipped CSV without quoted commas, the header left out. */
export function readRows(file: string): string[][] {
  const text = gunzipSync(readFileSync(join(dataFolder, file))).toString('utf8');
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
}
