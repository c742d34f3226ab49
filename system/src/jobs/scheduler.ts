import type { House } from '../ports/house.js';
import { setSchedules, tickSchedules, type Scheduled } from './schedule.js';

type Place = Pick<House, 'state' | 'workspace' | 'now' | 'log'>;

const TICK_MS = 20_000;

/** Writes the schedules that the models declare into the state. */
export function declareSchedules({ state, workspace, now }: Place): Promise<void> {
  const scheduled = Object.values(workspace.models).flatMap(({ name, declaration }) => {
    const { build, train, score } = declaration.schedule ?? {};
    const all: Scheduled[] = [];
    // A build brings every view up to date: the builds of several models become one job.
    if (build) all.push({ name: `build ${name}`, verb: 'build', args: {}, rhythm: build });
    if (train) {
      all.push({ name: `train ${name}`, verb: 'train', args: { model: name }, rhythm: train });
    }
    if (score) {
      all.push({ name: `score ${name}`, verb: 'score', args: { model: name }, rhythm: score });
    }
    return all;
  });
  return setSchedules(state, scheduled, { now: now(), zone: workspace.zone });
}

/** Looks at the schedule now and a few times a minute, until stopped. */
export function runScheduler(
  { state, workspace, now, log }: Place,
  { tickMs = TICK_MS } = {},
): { stop(): Promise<void> } {
  let ticking = Promise.resolve();
  const tick = async () => {
    try {
      const sent = await tickSchedules(state, { now: now(), zone: workspace.zone });
      if (sent.length > 0) log.info('scheduled work was sent', { sent });
    } catch (cause) {
      log.error('the schedule cannot be read', { cause: String(cause) });
    }
  };
  const next = () => (ticking = ticking.then(tick));
  void next();
  const timer = setInterval(() => void next(), tickMs);
  return {
    async stop() {
      clearInterval(timer);
      await ticking;
    },
  };
}
