import { changeOf, seriesSet } from '@tino/learn';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SeriesData } from '../../src/training/tasks/forecast/data.js';
import { nodeTest, wholeTest } from '../../src/training/tasks/forecast/node-test.js';
import { readOrigins } from '../../src/training/tasks/forecast/origins.js';
import { emptyBacktest } from '../../src/training/tasks/forecast/rolling.js';
import type { ForecastDeclaration, LoadedModel } from '../../src/workspace/types.js';
import { readSeries } from '../../src/training/tasks/forecast/data.js';
import { openSeries } from './decision-worlds.js';

/** Buyers go from one of two members to the other and back: their sum grows by 1 a step. */
const swaying = [1, -1].map((sign) =>
  Array.from({ length: 12 }, (_, t) => 50 + t / 2 + sign * (t % 2) * 10),
);
const data = {
  set: seriesSet(
    swaying.map((values, k) => ({ key: `${k}`, start: 0, values })),
    4,
  ),
  end: 11,
} as SeriesData;
const all = { key: {}, text: 'all', members: [0, 1] };
const alone = { key: {}, text: 'alone', members: [1] };

function windows() {
  const test = emptyBacktest(['0', '1'], [5, 7], 2);
  for (const row of [0, 1])
    for (const [o, origin] of test.origins.entries())
      for (const h of [0, 1]) {
        const at = (row * 2 + o) * 2 + h;
        test.actual[at] = swaying[row]![origin + 1 + h]!;
        test.predicted[at] = 60;
      }
  test.scales.set([3, 4, 5, 6]);
  test.steps.set([7, 8, 9, 10]);
  return test;
}

const seen = { data, how: 'sum' as const, place: (member: number) => member };

test('errors of a group are measured in its own changes, those of a member as they were known', () => {
  const { scales, steps, scalesNow, stepsNow } = nodeTest(windows(), [all, alone], seen);
  // The sum grows by 4 a season and by 1 a step, however its members sway.
  assert.deepEqual([...scales], [4, 4, 5, 6]);
  assert.deepEqual([...steps!], [1, 1, 9, 10]);
  const own = Float64Array.from(swaying[1]!);
  assert.deepEqual([...scalesNow!], [4, changeOf(own, 4)]);
  assert.deepEqual([...stepsNow!], [1, changeOf(own, 1)]);
});

test('the whole of a window keeps the units of its node, and spans its steps', () => {
  const test = nodeTest(windows(), [all], seen);
  const whole = wholeTest(test, 2, 'sum');
  assert.equal(whole.horizon, 1);
  assert.equal(whole.span, 2);
  assert.deepEqual(whole.scalesNow, test.scalesNow);
  assert.deepEqual([...whole.predicted], [240, 240]);
  assert.deepEqual([...whole.actual], [106 + 107, 108 + 109]);
});

test('fits are a horizon apart where history allows, half of one where it does not', async () => {
  const house = await openSeries();
  const model = house.workspace.models['revenue']!;
  const { deadBand: _, ...declaration } = model.declaration as ForecastDeclaration;
  const apart = async (horizon: number, cutoff: string) => {
    const asked = { ...model, declaration: { ...declaration, horizon } } as LoadedModel;
    const now = await readSeries(house, asked, cutoff);
    const origins = await readOrigins(house, asked, now, { onRead() {} });
    const fits = origins.filter((origin) => origin.fits).map(({ step }) => step);
    return fits.slice(1).map((step, i) => step - fits[i]!);
  };
  assert.deepEqual(await apart(4, '2026-01-01'), [4, 4]);
  assert.deepEqual(await apart(4, '2023-10-01'), [2, 2]);
  await house.close();
});
