import {
  categoryColumn,
  frame,
  numberColumn,
  seeded,
  type Column,
  type TrainingData,
} from '@tino/learn';

/** How many sparse columns there are, one a level. */
export const LEVELS = 30;

/** Two numbers, a category, and the levels of another category as columns of their own, some with holes. */
export function sparseTable(rows: number, binary = false): TrainingData {
  const rng = seeded(`sparse ${rows}`);
  const column = (next: () => number) => Float64Array.from({ length: rows }, next);
  const [a, b] = [column(() => rng.normal()), column(() => rng.normal())];
  const level = column(() => rng.below(LEVELS));
  const city = Array.from({ length: rows }, () => 'nsew'[rng.below(4)]);
  const sparse = Array.from({ length: LEVELS }, (_, k): Column => {
    const unusual = () => [1, 1, 2, k % 3 === 0 ? NaN : 1][rng.below(4)];
    return numberColumn(
      `level ${k}`,
      level.map((own) => (own === k ? unusual() : 0)),
    );
  });
  const x = frame([
    numberColumn('a', a),
    ...sparse,
    numberColumn('b', b),
    categoryColumn('city', city),
  ]);
  const y = column(() => 0.3 * rng.normal()).map(
    (noise, row) => noise + a[row] + 3 * (level[row] % 4) - (city[row] === 'n' ? b[row] : 0),
  );
  return { x, y: binary ? y.map((value) => (value > 0 ? 1 : 0)) : y };
}
