// What it costs to train and to forecast a whole chain from its tables, and how far off it is.
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openHouse } from '../../system/dist/src/verbs/house.js';
import { championOf } from '../../system/dist/src/registry/promotions.js';
import { openVersion } from '../../system/dist/src/registry/versions.js';
import { testOf } from '../../system/dist/src/training/tasks/forecast/package.js';
import { top } from '../../scripts/common.mjs';
import { row, watch } from '../harness.mjs';

export const asks =
  "Walmart's real weeks, 45 stores × 81 departments, from the files to a promoted version that adds up: how long, how much memory, how far off?";
export const slow = true;

const data = join(process.env.TINO_DATA ?? resolve(top, '../shared/data'), 'walmart_weekly');
/** Weeks of the competition's holidays, dated by the Monday that they begin on. */
const HOLIDAYS = new Set(
  ['2010-02-08', '2010-09-06', '2010-11-22', '2010-12-27', '2011-02-07', '2011-09-05']
    .concat(['2011-11-21', '2011-12-26', '2012-02-06', '2012-09-03'])
    .map(weekOf),
);
const HOLIDAY_WEIGHT = 5;

export async function answer() {
  if (!existsSync(data)) throw new Error(`no weeks of Walmart at ${data}; set TINO_DATA`);
  const place = mkdtempSync(join(tmpdir(), 'tino-walmart-'));
  const folder = join(place, 'examples', 'walmart');
  const env = { ...process.env, TINO_KEY_FILE: join(place, 'pseudonyms.key') };
  try {
    cpSync(join(top, 'examples'), join(place, 'examples'), {
      recursive: true,
      filter: (path) => !/\/(data|\.tino)$/.test(path),
    });
    symlinkSync(join(top, 'node_modules'), join(place, 'node_modules'));
    cpSync(data, join(folder, 'data'), { recursive: true });
    const built = await tino(['build'], folder, env);
    const trained = await tino(['train', 'revenue'], folder, env);
    const { family, naive, wape } = await windowsOf(folder, place);
    return [
      row('421,570 rows read into histories', 's', built.seconds, 'lower'),
      row('train, choose, reconcile and promote 3,331 series', 's', trained.seconds, 'lower', {
        must: 600,
      }),
      row('peak memory of the training', 'MB', trained.peakMb, 'lower', { must: 1500 }),
      row('WAPE on held-out windows of eight weeks', '', wape, 'lower'),
      row('mean WMAE of the windows', 'USD', wmae(family), 'lower', {
        peer: 'repeating the last season, on the same windows',
        peerValue: wmae(naive),
      }),
    ];
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

async function tino(args, folder, env) {
  const bin = join(top, 'system', 'bin', 'tino.js');
  const done = await watch(process.execPath, [bin, ...args, '--folder', folder, '--lang', 'en'], {
    env,
  });
  if (done.status !== 0) throw new Error(done.output.slice(-3000));
  return done;
}

/** The held-out windows of the version that was promoted. */
async function windowsOf(folder, place) {
  const log = { info() {}, warn() {}, error() {} };
  const { house, close } = await openHouse({
    folder,
    now: () => new Date(),
    log,
    privacyKeyFile: () => join(place, 'pseudonyms.key'),
  });
  try {
    const { meta, sections } = await openVersion(house, await championOf(house, 'revenue'));
    const family = testOf(meta.detail.family, sections);
    const naive = new Float64Array(new Uint8Array(sections.naive).buffer);
    return { family, naive: { ...family, predicted: naive }, wape: meta.metrics.wape };
  } finally {
    await close();
  }
}

/** Weighted mean absolute error of the competition: holiday weeks count five times. */
function wmae({ keys, origins, horizon, actual, predicted }) {
  let error = 0;
  let weights = 0;
  for (let i = 0; i < keys.length * origins.length * horizon; i++) {
    const own = Math.abs(actual[i] - predicted[i]);
    if (Number.isNaN(own)) continue;
    const origin = Math.floor(i / horizon) % origins.length;
    const weight = HOLIDAYS.has(origins[origin] + 1 + (i % horizon)) ? HOLIDAY_WEIGHT : 1;
    error += weight * own;
    weights += weight;
  }
  return error / weights;
}

/** Number of the week that begins on a Monday, as the calendar of forecasts counts them. */
function weekOf(monday) {
  return Math.floor((Date.parse(`${monday}T00:00:00Z`) / 86_400_000 + 3) / 7);
}
