/** Adjusted Rand index (Hubert and Arabie, 1985): 1 the same partition, 0 what chance gives. */
export function adjustedRand(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const cells = new Map<number, number>();
  const rows = new Map<number, number>();
  const columns = new Map<number, number>();
  for (let i = 0; i < a.length; i++) {
    count(cells, a[i]! * 65536 + b[i]!);
    count(rows, a[i]!);
    count(columns, b[i]!);
  }
  const expected = (pairs(rows) * pairs(columns)) / ((a.length * (a.length - 1)) / 2);
  const most = (pairs(rows) + pairs(columns)) / 2;
  return most === expected ? 1 : (pairs(cells) - expected) / (most - expected);
}

function count(map: Map<number, number>, key: number): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

function pairs(map: Map<number, number>): number {
  let sum = 0;
  for (const n of map.values()) sum += (n * (n - 1)) / 2;
  return sum;
}
