import assert from 'node:assert/strict';
import test from 'node:test';
import { netMoves, seeded } from '@tino/learn';

test('ten go and one comes back: the sign test by hand, and money of those who went', () => {
  const previous = [...Array.from({ length: 10 }, () => 0), 1, 0, 1, -1];
  const next = [...Array.from({ length: 10 }, () => 1), 0, 0, 1, 1];
  const before = previous.map((_, row) => row);
  const after = previous.map((_, row) => (row < 10 ? row - 5 - (row % 2) : row));
  const { moves, looks, stayed } = netMoves({ previous, next, before, after });
  assert.equal(looks, 1);
  assert.equal(stayed, 2 / 13);
  const [move] = moves;
  assert.deepEqual([move!.from, move!.to, move!.count, move!.back], [0, 1, 10, 1]);
  // 2 · (C(11,10) + C(11,11)) ÷ 2¹¹
  assert.ok(Math.abs(move!.q - 24 / 2048) < 1e-12);
  assert.deepEqual([move!.before, move!.after], [45, -10]);
  const deviation = Math.sqrt((10 * 10 * 0.25) / 9);
  assert.ok(Math.abs(move!.lower - (-55 - 1.959963984540054 * deviation)) < 1e-9);
  assert.ok(Math.abs(move!.upper - (-55 + 1.959963984540054 * deviation)) < 1e-9);
});

test('coming and going without a drift is told as news once in twenty at most', () => {
  const rng = seeded('moves');
  let told = 0;
  for (let world = 0; world < 200; world++) {
    const draw = () => Array.from({ length: 300 }, () => rng.below(3));
    const money = new Float64Array(300);
    const { moves } = netMoves({ previous: draw(), next: draw(), before: money, after: money });
    if (moves.some(({ q }) => q <= 0.05)) told++;
  }
  assert.ok(told <= 20, `${told} of 200 worlds`);
});

test('order of entities does not matter, lengths do', () => {
  const previous = [0, 0, 0, 1, 2];
  const next = [1, 1, 0, 2, 2];
  const money = [1, 2, 3, 4, 5];
  const whole = { previous, next, before: money, after: money };
  const turned = {
    previous: previous.toReversed(),
    next: next.toReversed(),
    before: money.toReversed(),
    after: money.toReversed(),
  };
  assert.deepEqual(netMoves(turned), netMoves(whole));
  assert.throws(() => netMoves({ ...whole, after: [1] }), /after has 1 rows, previous has 5/);
});
