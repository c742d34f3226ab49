// Online Retail as published, dirt included: from the file to segments, values and insights.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { top } from '../../scripts/common.mjs';
import { row, watch } from '../harness.mjs';
import { takePublicShop } from '../house.mjs';
import { copyOf, tinoBin } from '../workspace.mjs';

export const asks =
  'How long does a shop of half a million invoice lines take from its file to segments, values and insights, and how much memory?';

const data = process.env.TINO_DATA ?? join(top, '..', 'shared', 'data');
const MODELS = ['customer-segments', 'customer-value'];

export async function answer({ small }) {
  const source = join(data, 'online_retail', 'online_retail.csv.gz');
  if (!small && !existsSync(source)) return [];
  const { folder, remove } = copyOf('customers');
  const env = { ...process.env, TINO_KEY_FILE: join(folder, 'pseudonyms.key') };
  const run = async (...args) => {
    const watched = await watch(process.execPath, [tinoBin, ...args, '--folder', folder], { env });
    if (watched.status !== 0) throw new Error(`tino ${args.join(' ')}: ${watched.output}`);
    return watched;
  };
  try {
    await run('simulate', '--rows', '3000');
    await run('key', 'privacy');
    if (!small) takePublicShop(folder, source);
    const script = join(top, 'bench', 'customers-run.mjs');
    const whole = await watch(process.execPath, [script, folder, ...MODELS], { env });
    if (whole.status !== 0) throw new Error(`${script}: ${whole.output}`);
    const steps = JSON.parse(whole.output.trimEnd().split('\n').at(-1));
    return [
      row(
        'file to segments, values and insights, start of the process included',
        's',
        whole.seconds,
        'lower',
        { must: 20, aim: 8 },
      ),
      row('peak memory of the same', 'MB', whole.peakMb, 'lower', { must: 1024 }),
      ...steps.map(({ name, seconds }) => row(name, 's', seconds, 'lower')),
    ];
  } finally {
    remove();
  }
}
