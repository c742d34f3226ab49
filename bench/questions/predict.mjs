// One-row predictions over HTTP: CPU of the server a request, and latency at a fixed arrival rate.
import { Agent, request } from 'node:http';
import { cpuSeconds, median, quantile, residentMb, row } from '../harness.mjs';
import { copyOf, served, tino } from '../workspace.mjs';

export const asks =
  'What does one prediction over HTTP cost the server, and how long does it take at 1,000 requests a second?';
const house = {
  area: 120,
  garage: 2,
  fireplaces: 1,
  baths: 2,
  white_marble: 1,
  black_marble: 0,
  indian_marble: 0,
  floors: 1,
  city: 2,
  solar: 1,
  electric: 1,
  fiber: 1,
  glass_doors: 1,
  swimming_pool: 0,
  garden: 1,
};

export async function answer({ small }) {
  const { folder, remove } = copyOf('houses');
  try {
    await tino(folder, ['simulate', '--rows', small ? '3000' : '20000']);
    await tino(folder, ['build']);
    await tino(folder, ['train', 'house-price']);
    const key = JSON.parse(
      (await tino(folder, ['key', 'create', 'bench', '--role', 'viewer'])).output,
    ).secret;
    const server = await served(folder);
    try {
      const url = new URL('/v1/models/house-price/predict', server.address);
      const ask = asker(url, key);
      await paced(ask, 500, small ? 100 : 2000); // warm
      const idle = residentMb(server.pid);
      const runs = [];
      for (let i = 0; i < (small ? 1 : 3); i++) {
        const before = cpuSeconds(server.pid);
        const latencies = await paced(ask, 1000, small ? 200 : 10_000);
        runs.push({
          cpuMs: (1000 * (cpuSeconds(server.pid) - before)) / latencies.length,
          p50: quantile(latencies, 0.5),
          p99: quantile(latencies, 0.99),
        });
      }
      return [
        row('server CPU a request', 'ms', median(runs.map(({ cpuMs }) => cpuMs)), 'lower', {
          peer: 'FastAPI with LightGBM, measured elsewhere',
          peerValue: 0.4,
          must: 0.4,
        }),
        row('p50 at 1,000 requests a second', 'ms', median(runs.map(({ p50 }) => p50)), 'lower'),
        row('p99 at 1,000 requests a second', 'ms', median(runs.map(({ p99 }) => p99)), 'lower'),
        row('resident memory of the server under this load', 'MB', idle, 'lower'),
      ];
    } finally {
      await server.close();
    }
  } finally {
    remove();
  }
}

function asker(url, key) {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  let n = 0;
  return () =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify({ rows: [{ ...house, area: 20 + (n++ % 200) }] });
      const started = performance.now();
      const sent = request(
        url,
        {
          agent,
          method: 'POST',
          headers: {
            authorization: `Bearer ${key}`,
            'content-type': 'application/json',
            'content-length': body.length,
          },
        },
        (answered) => {
          let text = '';
          answered.on('data', (chunk) => (text += chunk));
          answered.on('end', () =>
            answered.statusCode === 200
              ? resolve(performance.now() - started)
              : reject(new Error(`${answered.statusCode} ${text}`)),
          );
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
}

/** Open loop: requests leave on time whether or not the earlier ones came back. */
async function paced(ask, perSecond, count) {
  const pending = [];
  const started = performance.now();
  while (pending.length < count) {
    const due = Math.min(count, Math.floor(((performance.now() - started) * perSecond) / 1000) + 1);
    while (pending.length < due) pending.push(ask());
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return Promise.all(pending);
}
