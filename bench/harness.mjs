// What every question shares: the machine's name, a child process watched while it runs, a median.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

export function machine() {
  const [first] = cpus();
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, ${process.platform} ${process.arch}`;
}

/** One metric: `must` and `aim` are a number, a range, or absent; a yes is 1. */
export const row = (
  what,
  unit,
  value,
  better,
  { peer = null, peerValue = null, must = null, aim = null } = {},
) => ({
  what,
  unit,
  value: round(value),
  better,
  peer,
  peerValue: peerValue === null ? null : round(peerValue),
  must,
  aim,
});

const round = (value) => (Number.isInteger(value) ? value : Number(value.toPrecision(4)));

export const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

export const quantile = (values, q) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))];

/** Runs to the end; answers seconds, peak memory of the process tree's root in MB, and output. */
export function watch(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    let peakMb = 0;
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    const sampling = setInterval(() => {
      const mb = peakMemoryMb(child.pid);
      if (mb > peakMb) peakMb = mb;
    }, 50);
    child.on('error', reject);
    child.on('close', (status) => {
      clearInterval(sampling);
      resolve({ status, output, seconds: (performance.now() - started) / 1000, peakMb });
    });
  });
}

/** High-water mark of resident memory, from Linux's own count. */
export const peakMemoryMb = (pid) => statusField(pid, 'VmHWM');
export const residentMb = (pid) => statusField(pid, 'VmRSS');

function statusField(pid, name) {
  try {
    return (
      Number(
        new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ??
          0,
      ) / 1024
    );
  } catch {
    return 0;
  }
}

/** CPU seconds that a process has used, user and system. */
export function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
