import { cohorts } from './cohorts.js';
import { first } from './first.js';
import { insights } from './insights.js';
import { looks } from './looks.js';
import { prices } from './prices.js';
import { privacy } from './privacy.js';

export interface Migration {
  name: string;
  sql: string;
}

/** In order; what was released is never changed, only followed. */
export const migrations: readonly Migration[] = [
  { name: '0001-first', sql: first },
  { name: '0002-privacy', sql: privacy },
  { name: '0003-insights', sql: insights },
  { name: '0004-prices', sql: prices },
  { name: '0005-cohorts', sql: cohorts },
  { name: '0006-looks', sql: looks },
];
