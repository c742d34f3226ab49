// A workspace from its files to segments, values and insights in one process, as a running server does it.
// The arguments are the folder and the models; the last line is the seconds of each step as JSON.
import { build } from '../system/dist/src/verbs/build.js';
import { score } from '../system/dist/src/verbs/score.js';
import { train } from '../system/dist/src/verbs/train.js';
import { effects, houseOf } from './house.mjs';

const [folder, ...models] = process.argv.slice(2);
const steps = [];
const timed = async (name, work) => {
  const started = performance.now();
  await work();
  steps.push({ name, seconds: (performance.now() - started) / 1000 });
};
const { house, close } = await houseOf(folder);
await timed('file to features and insights', () => build(house, {}, effects));
for (const model of models) {
  await timed(`train ${model}`, () => train(house, { model }, effects));
  await timed(`score ${model}`, () => score(house, { model }, effects));
}
await close();
process.stdout.write(`\n${JSON.stringify(steps)}\n`);
