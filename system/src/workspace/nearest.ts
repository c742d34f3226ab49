/** Edit distance (Levenshtein, 1966). */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}

/** The candidate most like `name`, for "did you mean"; '' when there is none. */
export function nearest(name: string, candidates: readonly string[]): string {
  const plain = (text: string) => text.toLowerCase().replace(/[\s_-]/g, '');
  const distance = (other: string) => editDistance(plain(name), plain(other));
  return [...candidates].sort((a, b) => distance(a) - distance(b))[0] ?? '';
}
