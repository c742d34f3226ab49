// Asks a server as fast as it answers, over kept connections: a process of its own, so that the
// latencies are the server's and not those of a client that shares its thread with the bench.
// The one argument is { host, port, headers, paths, connections, requests, warm } as JSON, the paths as
// { prefix, first, count, stride }; the answer is the latencies in milliseconds as JSON, without those of
// the first `warm` requests, in which this process itself is still being compiled.
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';

/** Runs this file as a process over the address of a server. */
export function load(address, plan) {
  const { hostname: host, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [fileURLToPath(import.meta.url), JSON.stringify({ host, port: Number(port), ...plan })],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (status) =>
      status === 0 ? resolve(JSON.parse(output)) : reject(new Error(`the load ended: ${output}`)),
    );
  });
}

/** One connection that asks again as soon as it was answered; only what HTTP/1.1 needs is read. */
function connection({ host, port, headers }, next, done, failed) {
  const socket = connect({ host, port, noDelay: true });
  let held = '';
  let asked = 0;
  const ask = () => {
    const path = next();
    if (path === undefined) return socket.end();
    asked = performance.now();
    socket.write(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\n${headers}\r\n`);
  };
  socket.setEncoding('latin1');
  socket.on('connect', ask);
  socket.on('error', failed);
  socket.on('data', (chunk) => {
    held += chunk;
    const head = held.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = /content-length: (\d+)/i.exec(held.slice(0, head));
    if (!held.startsWith('HTTP/1.1 200') || !length) return failed(new Error(held.slice(0, 500)));
    if (held.length < head + 4 + Number(length[1])) return;
    held = '';
    done(performance.now() - asked);
    ask();
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const {
    paths,
    connections,
    requests,
    warm = 0,
    headers,
    ...address
  } = JSON.parse(process.argv[2]);
  const lines = Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  const latencies = [];
  let n = 0;
  let answered = 0;
  // A stride that is prime to the count visits them in no order.
  const next = () =>
    n < warm + requests
      ? `${paths.prefix}${paths.first + ((++n * paths.stride) % paths.count)}`
      : undefined;
  await new Promise((resolve, reject) => {
    const done = (latency) => {
      if (++answered > warm) latencies.push(latency);
      if (latencies.length === requests) resolve();
    };
    for (let i = 0; i < connections; i++)
      connection({ ...address, headers: lines }, next, done, reject);
  });
  process.stdout.write(JSON.stringify(latencies));
}
