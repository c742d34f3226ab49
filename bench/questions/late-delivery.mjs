// Late orders of the real marketplace sample, beside LightGBM and one column alone on the same folds.
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { foldsByTime } from '../../learn/dist/src/index.js';
import { buildAbt, readAbt } from '../../system/dist/src/features/index.js';
import { top } from '../../scripts/common.mjs';
import { askPeer, hasPeer } from '../ask-peer.mjs';
import { row } from '../harness.mjs';
import { effects, houseOf } from '../house.mjs';
import { copyOf, tino } from '../workspace.mjs';

export const asks =
  'On 5,113 real orders, 7 % of them late: how well do we order them by risk, on time-split folds that only learn from closed labels?';

/** Needs the public data; a test of the training asserts its quality. */
export const slow = true;

export async function answer({ small }) {
  const data = process.env.TINO_DATA ?? join(top, '..', 'shared', 'data');
  if (!existsSync(join(data, 'olist')))
    return small ? [row('public data present', 'yes', 0, 'higher')] : [];
  const { folder, remove } = copyOf('olist');
  try {
    mkdirSync(join(folder, 'data'));
    for (const part of ['sample', 'funnel'])
      for (const file of readdirSync(join(data, 'olist', part)))
        copyFileSync(join(data, 'olist', part, file), join(folder, 'data', file));
    const translation = 'product_category_name_translation.csv.gz';
    copyFileSync(join(data, 'olist', 'reference', translation), join(folder, 'data', translation));
    const built = await tino(folder, ['build']);
    const trained = await tino(folder, ['train', 'late-delivery']);
    const [{ metrics, recipe }] = JSON.parse(
      (await tino(folder, ['models', 'late-delivery'])).output,
    );
    const peer = small ? null : await peerOf(folder);
    const beside = (name, value) => (peer === null ? {} : { peer: name, peerValue: value });
    return [
      row('read 11 tables and build the feature views', 's', built.seconds, 'lower'),
      row(`train: search, purged folds, gate (${recipe.kind} won)`, 's', trained.seconds, 'lower'),
      row('peak memory of the training process', 'MB', trained.peakMb, 'lower'),
      row(
        'held-out ROC AUC, mean of the folds',
        'AUC',
        metrics.rocAuc,
        'higher',
        beside('LightGBM tuned inside each fold', peer?.tuned),
      ),
      row(
        'the same beside one column',
        'AUC',
        metrics.rocAuc,
        'higher',
        beside('promised days alone', peer?.promisedDays),
      ),
    ];
  } finally {
    remove();
  }
}

/** Writes the very rows and folds that we trained on, and asks LightGBM; null where it is not installed. */
async function peerOf(folder) {
  if (!hasPeer('lightgbm, pandas, sklearn')) return null;
  const { house, close } = await houseOf(folder);
  try {
    const model = house.workspace.models['late-delivery'];
    const abt = await buildAbt(house, model, { purpose: 'train' }, effects);
    const { x, y, cutoff, closes } = await readAbt(house, abt);
    const folds = foldsByTime(cutoff, closes, { folds: model.declaration.folds });
    const file = join(folder, 'abt.json');
    const columns = Object.fromEntries(
      x.columns.map((column) => [
        column.name,
        column.kind === 'number'
          ? Array.from(column.values, (value) => (Number.isNaN(value) ? null : value))
          : Array.from(column.codes, (code) => column.levels[code] ?? null),
      ]),
    );
    writeFileSync(
      file,
      JSON.stringify({
        columns,
        y: [...y],
        folds: folds.map(({ train, test }) => ({ train: [...train], test: [...test] })),
      }),
    );
    return askPeer('late_delivery', [file]);
  } finally {
    await close();
  }
}
