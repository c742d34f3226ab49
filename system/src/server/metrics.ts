import type { FastifyInstance } from 'fastify';

const BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

interface Series {
  buckets: Uint32Array;
  count: number;
  seconds: number;
}

export interface Metrics {
  /** Prometheus text exposition format 0.0.4. */
  text(gauges: Record<string, number>): string;
}

/** Requests by route and status, with a histogram of their duration. */
export function measureRequests(app: FastifyInstance): Metrics {
  const requests = new Map<string, Series>();
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const label = `method="${request.method}",route="${route}",status="${reply.statusCode}"`;
    const series = requests.get(label) ?? {
      buckets: new Uint32Array(BUCKETS_SECONDS.length),
      count: 0,
      seconds: 0,
    };
    requests.set(label, series);
    const seconds = reply.elapsedTime / 1000;
    series.count++;
    series.seconds += seconds;
    BUCKETS_SECONDS.forEach((bound, i) => seconds <= bound && series.buckets[i]!++);
    done();
  });
  return { text: (gauges) => [...histogram(requests), ...gaugeLines(gauges), ''].join('\n') };
}

function* histogram(requests: Map<string, Series>): Generator<string> {
  const name = 'tino_request_seconds';
  yield `# HELP ${name} Duration of requests`;
  yield `# TYPE ${name} histogram`;
  for (const [label, { buckets, count, seconds }] of requests) {
    for (const [i, bound] of BUCKETS_SECONDS.entries())
      yield `${name}_bucket{${label},le="${bound}"} ${buckets[i]}`;
    yield `${name}_bucket{${label},le="+Inf"} ${count}`;
    yield `${name}_sum{${label}} ${seconds}`;
    yield `${name}_count{${label}} ${count}`;
  }
}

function* gaugeLines(gauges: Record<string, number>): Generator<string> {
  for (const [name, value] of Object.entries(gauges)) {
    yield `# TYPE ${name.split('{')[0]} gauge`;
    yield `${name} ${value}`;
  }
}
