// What one price suggestion costs a process that has the restaurant example open.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLibrary } from '../../system/dist/src/library.js';
import { median } from '../harness.mjs';
import { copyOf, tino } from '../workspace.mjs';

/** Median milliseconds of CPU of a suggestion that is made and kept now, and of one that stands. */
export async function suggestionTimes() {
  const { folder, remove } = copyOf('restaurant');
  try {
    for (const verb of [
      ['simulate'],
      ['build'],
      ['train', 'ingredient-price'],
      ['train', 'dish-price'],
    ])
      await tino(folder, verb);
    const [head, ...lines] = readFileSync(join(folder, 'data', 'dishes.csv'), 'utf8')
      .trim()
      .split('\n');
    const names = head.split(',');
    const keys = lines.map((line) => {
      const fields = line.split(',');
      const of = (name) => fields[names.indexOf(name)];
      return { restaurant_id: of('restaurant_id'), item_id: of('dish_id') };
    });
    const library = await openLibrary(folder, { language: 'en' });
    const pass = async () => {
      const times = [];
      for (const key of keys) {
        const before = process.cpuUsage();
        await library.models['dish-price'].suggest(key);
        const { user, system } = process.cpuUsage(before);
        times.push((user + system) / 1000);
      }
      return median(times);
    };
    const made = await pass();
    await pass();
    const standing = await pass();
    await library.close();
    return { made, standing };
  } finally {
    remove();
  }
}
