import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of the package, as the API and every run report it. */
export const version: string = (
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')) as {
    version: string;
  }
).version;
