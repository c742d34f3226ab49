// Lists among many scored customers: a page, a page narrowed by conditions, a whole segment as files,
// all segments side by side; and how long others wait for a look-up while the list leaves.
import { enlarge } from '../enlarge.mjs';
import { quantile, row } from '../harness.mjs';
import { copyOf, served, tino } from '../workspace.mjs';

// It trains a workspace of its own to look into, which a test has no time for.
export const slow = true;
export const asks =
  'How long do lists of customers take by API when a million are loaded, and whom do they keep waiting?';

const MODEL = 'customer-segments';
const FIRST = 1_000_000;
const TIMES = 5;

export async function answer({ small }) {
  const { folder, remove } = copyOf('customers');
  const members = small ? 5_000 : 1_000_000;
  try {
    await tino(folder, ['simulate', '--rows', '3000']);
    await tino(folder, ['key', 'privacy']);
    await tino(folder, ['build']);
    await tino(folder, ['train', MODEL]);
    await tino(folder, ['score', MODEL]);
    await enlarge(folder, [MODEL], { members, first: FIRST });
    const created = await tino(folder, ['key', 'create', 'bench', '--role', 'analyst']);
    const { secret } = JSON.parse(created.output);
    const server = await served(folder, ['--only', 'api']);
    try {
      return await rowsOf(`${server.address}/v1/models/${MODEL}`, secret, members);
    } finally {
      await server.close();
    }
  } finally {
    remove();
  }
}

async function rowsOf(model, secret, members) {
  const headers = { authorization: `Bearer ${secret}` };
  const ask = async (path) => {
    const response = await fetch(`${model}${path}`, { headers });
    const body = await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`${path}: ${Buffer.from(body)}`);
    return body;
  };
  const { segments } = JSON.parse(Buffer.from(await ask('/segments')));
  const [largest] = segments.toSorted((one, other) => other.size - one.size);
  const list = `/segments/${largest.id}/members`;
  const all = segments.map(({ id }) => `segment=${id}`).join('&');
  const seconds = async (path) => {
    await ask(path);
    const found = [];
    for (let time = 0; time < TIMES; time++) found.push(await timed(() => ask(path)));
    return quantile(found, 0.5);
  };
  const of = `of ${largest.size} among ${members}`;
  const file = `${list}?format=csv`;
  return [
    row(`a page of 50 members ${of}`, 'ms', 1000 * (await seconds(`${list}?limit=50`)), 'lower'),
    row(
      'the same, narrowed by a range',
      'ms',
      1000 * (await seconds(`${list}?limit=50&from.frequency=1`)),
      'lower',
    ),
    row(`all members ${of} as CSV`, 's', await seconds(file), 'lower'),
    row('the same as Parquet', 's', await seconds(`${list}?format=parquet`), 'lower'),
    row(
      `${segments.length} segments side by side`,
      's',
      await seconds(`/segments/compare?${all}`),
      'lower',
    ),
    row(
      'longest look-up of one customer while the CSV leaves',
      'ms',
      1000 * (await longestBeside(ask, file)),
      'lower',
    ),
  ];
}

const timed = async (work) => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
};

/** Look-ups one after the other until a file has been read. */
async function longestBeside(ask, file) {
  await ask(`/entities/${FIRST}`); // warm
  let leaving = true;
  const reading = ask(file).finally(() => (leaving = false));
  let longest = 0;
  for (let key = FIRST; leaving; key++)
    longest = Math.max(longest, await timed(() => ask(`/entities/${key}`)));
  await reading;
  return longest;
}
