export interface Alarm {
  ring(): void;
  /** How often it rang, to be read before looking whether there is work. */
  count(): number;
  /** Sleeps until it rings more than `seen` times, or `ms` have passed. */
  sleep(seen: number, ms: number): Promise<void>;
}

/** A bell that sleepers hear, also when it rang between their looking and their falling asleep. */
export function createAlarm(): Alarm {
  const sleepers = new Set<() => void>();
  let rung = 0;
  return {
    ring() {
      rung += 1;
      for (const wake of sleepers) wake();
    },
    count: () => rung,
    sleep: (seen, ms) =>
      new Promise((resolve) => {
        if (rung > seen) return resolve();
        const wake = () => {
          clearTimeout(timer);
          sleepers.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        sleepers.add(wake);
      }),
  };
}
