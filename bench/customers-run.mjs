// A workspace from its files to segments, values and insights in one process, as a running server does it.
// The arguments are the folder and the models; the last line is the seconds of each step as JSON.
import { join } from 'node:path';
import { build } from '../system/dist/src/verbs/build.js';
import { openHouse } from '../system/dist/src/verbs/house.js';
import { score } from '../system/dist/src/verbs/score.js';
import { train } from '../system/dist/src/verbs/train.js';

const [folder, ...models] = process.argv.slice(2);
const steps = [];
const timed = async (name, work) => {
  const started = performance.now();
  await work();
  steps.push({ name, seconds: (performance.now() - started) / 1000 });
};
const silent = () => {};
const effects = { progress: silent, stop: { stopped: false }, by: 'bench' };
const { house, close } = await openHouse({
  folder,
  now: () => new Date(),
  log: { info: silent, warn: silent, error: silent },
  privacyKeyFile: () => join(folder, 'pseudonyms.key'),
});
await timed('file to features and insights', () => build(house, {}, effects));
for (const model of models) {
  await timed(`train ${model}`, () => train(house, { model }, effects));
  await timed(`score ${model}`, () => score(house, { model }, effects));
}
await close();
process.stdout.write(`\n${JSON.stringify(steps)}\n`);
