// 500,000 houses: from a CSV file to a served version.
import { join } from 'node:path';
import { askPeer, hasPeer } from '../ask-peer.mjs';
import { row } from '../harness.mjs';
import { copyOf, tino } from '../workspace.mjs';

export const asks =
  'How long and how much memory from 500,000 rows in a file to a gated version, and how good is it?';

export async function answer({ small }) {
  const rows = small ? 3000 : 500_000;
  const { folder, remove } = copyOf('houses');
  try {
    await tino(folder, ['simulate', '--rows', String(rows)]);
    const built = await tino(folder, ['build']);
    const trained = await tino(folder, ['train', 'house-price']);
    const versions = JSON.parse((await tino(folder, ['models', 'house-price'])).output);
    const { metrics, recipe } = versions[0];
    const peer = small ? null : peerOf(join(folder, 'data', 'houses.csv'));
    const beside = (value) => (peer === null ? {} : { peer: 'LightGBM, pandas', peerValue: value });
    return [
      row(
        `extract ${rows} rows with their contract`,
        's',
        built.seconds,
        'lower',
        beside(peer?.read),
      ),
      row(
        `train ${rows} rows: search of 2 recipes with their grids on 30,000 of them, 3 folds, fit of the winner on all, gate (${recipe.kind} won); beside: one recipe without search, 4 folds and a fit on all rows`,
        's',
        trained.seconds,
        'lower',
        beside(peer?.train),
      ),
      row(
        'peak memory of the training process',
        'MB',
        trained.peakMb,
        'lower',
        beside(peer?.peakMb),
      ),
      row(
        'held-out RMSE of the search, 30,000 rows; beside: of all rows',
        'R$',
        metrics.rmse,
        'lower',
        beside(peer?.rmse),
      ),
      row('held-out R² of the search, 30,000 rows', 'share', metrics.r2, 'higher'),
    ];
  } finally {
    remove();
  }
}

/** LightGBM with its defaults on the same file; null where it is not installed. */
function peerOf(file) {
  if (!hasPeer('lightgbm, pandas')) return null;
  return askPeer('house_price', [file]);
}
