// 500,000 houses: from a CSV file to a served version.
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
    return [
      row(`extract ${rows} rows with their contract`, 's', built.seconds, 'lower'),
      row(
        `train ${rows} rows: search, cross validation, gate (${recipe.kind} won)`,
        's',
        trained.seconds,
        'lower',
      ),
      row('peak memory of the training process', 'MB', trained.peakMb, 'lower'),
      ...Object.entries(metrics)
        .filter(([, value]) => Number.isFinite(value))
        .map(([name, value]) =>
          row(
            `held-out ${name}`,
            name === 'r2' ? 'share' : 'R$',
            value,
            name === 'r2' ? 'higher' : 'lower',
          ),
        ),
    ];
  } finally {
    remove();
  }
}
