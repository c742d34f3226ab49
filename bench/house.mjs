// A workspace opened in the bench's own process, as a library would.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openHouse } from '../system/dist/src/verbs/house.js';

const silent = () => {};

/** Of a folder that `tino` of this bench has worked in: the same key of pseudonyms. */
export const houseOf = (folder) =>
  openHouse({
    folder,
    now: () => new Date(),
    log: { info: silent, warn: silent, error: silent },
    privacyKeyFile: () => join(folder, 'pseudonyms.key'),
  });

export const effects = { progress: silent, stop: { stopped: false }, by: 'bench' };

/** The public shop in place of the simulated one; the people behind it are not published. */
export function takePublicShop(folder, source) {
  const place = join(folder, 'data');
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place);
  copyFileSync(source, join(place, 'online_retail.csv.gz'));
  const columns = 'customer_id,name,email,cpf,phone,birth_date,city';
  writeFileSync(join(place, 'customers.csv'), `${columns}\n1,Nobody,,,,,\n`);
}
