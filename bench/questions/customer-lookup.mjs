// One customer by API among a million of the last scoring: 50 connections that each ask again at
// once, from a process of their own. Beside it, in the same run, a bare server of Node that sends the
// bytes of one answer to whoever asks: what the machine and HTTP alone take.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { enlarge } from '../enlarge.mjs';
import { cpuSeconds, quantile, residentMb, row } from '../harness.mjs';
import { load } from '../load.mjs';
import { copyOf, served, tino } from '../workspace.mjs';

// It trains a workspace of its own to look into, which a test has no time for.
export const slow = true;
export const asks =
  'How long does the look-up of one customer take by API when a million are loaded, at 50 connections?';

const MODELS = ['customer-segments', 'customer-value'];
const FIRST = 1_000_000;
const BARE = 'bare server of Node';

export async function answer({ small }) {
  const { folder, remove } = copyOf('customers');
  const members = small ? 5_000 : 1_000_000;
  const [warm, requests] = small ? [100, 500] : [5_000, 20_000];
  try {
    await tino(folder, ['simulate', '--rows', '3000']);
    await tino(folder, ['key', 'privacy']);
    await tino(folder, ['build']);
    for (const model of MODELS) {
      await tino(folder, ['train', model]);
      await tino(folder, ['score', model]);
    }
    await enlarge(folder, MODELS, { members, first: FIRST });
    const key = JSON.parse(
      (await tino(folder, ['key', 'create', 'bench', '--role', 'viewer'])).output,
    ).secret;
    const server = await served(folder, ['--only', 'api']);
    const headers = { authorization: `Bearer ${key}` };
    const prefix = `/v1/models/${MODELS[0]}/entities/`;
    const paths = { prefix, first: FIRST, count: members, stride: 611_953 };
    const asked = { headers, paths, connections: 50, warm, requests };
    try {
      const { address, pid } = server;
      const [first] = await load(address, { ...asked, connections: 1, warm: 0, requests: 1 });
      await load(address, asked);
      const ours = await measured(address, pid, asked);
      const one = await (await fetch(`${address}${prefix}${FIRST}`, { headers })).text();
      const bare = await measuredBare(one, asked);
      const beside = (peerValue) => ({ peer: BARE, peerValue });
      return [
        row(
          `p99 of a look-up among ${members} customers, 50 connections`,
          'ms',
          quantile(ours.latencies, 0.99),
          'lower',
          { must: 10, aim: 5, ...beside(quantile(bare.latencies, 0.99)) },
        ),
        row(
          'p50 of the same',
          'ms',
          quantile(ours.latencies, 0.5),
          'lower',
          beside(quantile(bare.latencies, 0.5)),
        ),
        row('server CPU a look-up', 'ms', ours.cpuMs, 'lower', beside(bare.cpuMs)),
        row('first look-up after the start, which reads the scorings', 's', first / 1000, 'lower'),
        row('resident memory of the server', 'MB', residentMb(pid), 'lower'),
      ];
    } finally {
      await server.close();
    }
  } finally {
    remove();
  }
}

async function measured(address, pid, plan) {
  const before = cpuSeconds(pid);
  const latencies = await load(address, plan);
  return {
    latencies,
    cpuMs: (1000 * (cpuSeconds(pid) - before)) / (plan.warm + plan.requests),
  };
}

async function measuredBare(body, plan) {
  const program = fileURLToPath(new URL('../peers/bare-server.mjs', import.meta.url));
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    child.stdin.end(body);
    const [line] = await once(child.stdout, 'data');
    const address = String(line).trim();
    await load(address, plan);
    return await measured(address, child.pid, plan);
  } finally {
    child.kill();
  }
}
