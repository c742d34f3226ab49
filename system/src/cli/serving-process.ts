import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createSignInLink } from '../access/sessions.js';
import { takeBackAbandoned } from '../jobs/abandoned.js';
import { openQueue } from '../jobs/queue.js';
import { declareSchedules, runScheduler } from '../jobs/scheduler.js';
import { runVerb } from '../jobs/verbs.js';
import { runWorker } from '../jobs/worker.js';
import type { House } from '../ports/house.js';
import { buildServer } from '../server/app.js';
import { openServing } from '../serving/context.js';
import { warmPrices } from '../serving/warm.js';
import { openHouse } from '../verbs/house.js';
import { version } from '../version.js';
import type { CommandInput } from './commands.js';
import { pagesFolder } from './door.js';
import { houseOptions } from './options.js';

export interface ServeOptions {
  port: number;
  host: string;
  only?: 'api' | 'worker';
  /** What has to be done before the first answer. */
  before?: (house: House) => Promise<void>;
}

/** One process with everything, or one part of it; returns after SIGINT or SIGTERM, when all is closed. */
export async function serve(
  input: CommandInput,
  { port, host, only, before }: ServeOptions,
): Promise<void> {
  const { screen, terminal, language } = input;
  const ended = new Promise<void>((resolve) => {
    terminal.on('SIGINT', resolve);
    terminal.on('SIGTERM', resolve);
  });
  const { house, lock, close } = await openHouse(houseOptions(input));
  const closing: (() => Promise<unknown>)[] = [close];
  try {
    await before?.(house);
    const queue = openQueue(house.state);
    if (only !== 'worker') {
      const serving = await openServing(house);
      closing.unshift(() => serving.close());
      const token = randomBytes(32).toString('base64url');
      const pages = pagesFolder();
      const app = await buildServer({
        house,
        serving,
        queue,
        version,
        ownerToken: token,
        ...(existsSync(pages) && { pagesFolder: pages }),
      });
      const address = (await app.listen({ port, host })).replace('127.0.0.1', 'localhost');
      const warming = warmPrices(house);
      closing.unshift(
        () => app.close(),
        () => warming,
      );
      await lock?.announce({ address, token });
      const link = `${address}/enter?token=${await createSignInLink(house.state)}`;
      screen.line(
        {
          pt: `Tino em ${address}\nEntre por aqui, uma vez só: ${link}`,
          en: `Tino at ${address}\nSign in here, once: ${link}`,
        }[language],
      );
    }
    if (only !== 'api') {
      if (lock !== undefined) await takeBackAbandoned(house.state);
      await declareSchedules(house);
      const worker = runWorker({
        queue,
        run: (verb, args, effects) => runVerb(house, verb, args, effects),
      });
      const scheduler = runScheduler(house);
      closing.unshift(
        () => worker.stop(),
        () => scheduler.stop(),
      );
      if (only === 'worker')
        screen.line({ pt: 'Tino: trabalhador em serviço', en: 'Tino: worker at work' }[language]);
    }
    await ended;
  } finally {
    for (const end of closing) await end();
  }
}
