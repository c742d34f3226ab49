// A shop's hierarchy made to add up: total, regions, stores and products, with the whole covariance.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hierarchyOf, seeded } from '../../learn/dist/src/index.js';
import { top } from '../../scripts/common.mjs';
import { askPeer, hasPeer } from '../ask-peer.mjs';
import { row, watch } from '../harness.mjs';

export const asks =
  'How long and how much memory to reconcile thousands of forecasts by MinT with shrinkage, one step?';

const STEPS = 60;
const PEER = 'hierarchicalforecast';

export async function answer({ small }) {
  const folder = mkdtempSync(join(tmpdir(), 'reconcile-'));
  try {
    const [many, more, few] = small ? [300, 600, 100] : [5000, 10_000, 1000];
    const rows = [];
    for (const [nodes, bound] of [
      [many, { must: 3.5, aim: 0.5 }],
      [more, { aim: 5 }],
    ]) {
      const file = write(folder, nodes);
      const own = await ours(file);
      const peer = nodes === many && !small ? peerOf(file, []) : null;
      const beside = (value) => (peer === null ? {} : { peer: PEER, peerValue: value });
      rows.push(
        row(`reconcile ${nodes} nodes`, 's', own.plain, 'lower', {
          ...beside(peer?.seconds),
          ...bound,
        }),
        row(
          `reconcile ${nodes} nodes, none below zero`,
          's',
          own.nonNegative,
          'lower',
          nodes === many ? { must: 15, aim: 1 } : { aim: 5 },
        ),
        row(`peak memory, ${nodes} nodes, whole process`, 'MB', own.peakMb, 'lower', {
          ...beside(peer?.peakMb),
          must: 1024,
          aim: 300,
        }),
      );
      if (peer !== null)
        rows.push(
          row(
            'largest difference to the peer ÷ largest forecast',
            'share',
            difference(own.values, peer.values),
            'lower',
            { must: 1e-6 },
          ),
        );
    }
    // At 5,000 nodes the peer needs minutes and gigabytes for one step: it is asked at 1,000.
    const file = write(folder, few);
    const own = await ours(file);
    const peer = small ? null : peerOf(file, ['nonNegative']);
    rows.push(
      row(
        `reconcile ${few} nodes, none below zero`,
        's',
        own.nonNegative,
        'lower',
        peer === null ? {} : { peer: PEER, peerValue: peer.seconds },
      ),
    );
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function ours(file) {
  const script = join(top, 'bench', 'reconcile-once.mjs');
  const { output, status, peakMb } = await watch(process.execPath, [script, file]);
  if (status !== 0) throw new Error(output);
  return { ...JSON.parse(output), peakMb };
}

function peerOf(file, options) {
  if (!hasPeer('hierarchicalforecast')) return null;
  return askPeer('reconcile', [file, ...options]);
}

function difference(a, b) {
  const most = a.reduce((size, value) => Math.max(size, Math.abs(value)), 0);
  return a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i])), 0) / most;
}

/** Base forecasts with errors in common, a third of the products near zero. */
function write(folder, nodes) {
  const stores = Math.round(nodes / 10);
  const bottom = nodes - 1 - 20 - stores;
  const store = Array.from({ length: bottom }, (_, i) => Math.floor((i * stores) / bottom));
  const levels = {
    total: store.map(() => ''),
    region: store.map((s) => String(s % 20)),
    store: store.map(String),
    product: store.map((_, i) => String(i)),
  };
  const members = hierarchyOf(levels).nodes.map((node) => [...node.members]);
  const rng = seeded(nodes);
  const factors = Array.from({ length: 5 * STEPS }, () => rng.normal());
  const errors = Array.from({ length: bottom }, () => {
    const loads = [0, 1, 2, 3, 4].map(() => 0.4 * rng.normal());
    const size = 1 + 3 * rng.next();
    return Array.from({ length: STEPS }, (_, t) =>
      loads.reduce(
        (sum, load, k) => sum + size * load * factors[k * STEPS + t],
        size * rng.normal(),
      ),
    );
  });
  const sales = Array.from({ length: bottom }, () => Math.max(0, 2 + 4 * rng.normal()));
  const sumOf = (list, of) => list.reduce((sum, member) => sum + of(member), 0);
  const residuals = members.flatMap((list) =>
    Array.from(
      { length: STEPS },
      (_, t) => 0.8 * sumOf(list, (i) => errors[i][t]) + Math.sqrt(list.length) * rng.normal(),
    ),
  );
  const base = members.map((list) =>
    Math.max(0, sumOf(list, (i) => sales[i]) + 2 * Math.sqrt(list.length) * rng.normal()),
  );
  const file = join(folder, `${nodes}.json`);
  const count = members.length;
  writeFileSync(
    file,
    JSON.stringify({ nodes: count, bottom, steps: STEPS, levels, members, residuals, base }),
  );
  return file;
}
