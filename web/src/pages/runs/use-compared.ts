import type { Run } from '@tino/system/contract';
import { useFilters } from '../../parts/use-filters.js';

type Candidate = Run['leaderboard'][number];

export interface Compared {
  a: Candidate | null;
  b: Candidate | null;
  /** Marks a candidate, or takes its mark away; the third takes the place of the second. */
  toggle(name: string): void;
}

/** Candidates from best to worst; those that failed come last. */
export const ranked = (run: Run): Candidate[] =>
  run.leaderboard.toSorted((one, other) => {
    const [x, y] = [one.metrics[run.metric], other.metrics[run.metric]];
    if (x === undefined || y === undefined)
      return Number(x === undefined) - Number(y === undefined);
    return run.better === 'lower' ? x - y : y - x;
  });

/** The two compared live in the address; by default the winner and the best of the others. */
export function useCompared(run: Run): Compared {
  const filters = useFilters();
  const rows = ranked(run).filter(({ folds }) => folds.length > 0);
  const winner = rows.find((row) => row.winner) ?? rows[0];
  const other = rows.find((row) => row !== winner);
  const asked = filters.values('compare');
  const names = asked.length > 0 ? asked : [winner?.name, other?.name];
  const find = (name: string | undefined) => rows.find((row) => row.name === name) ?? null;
  const marked = names.filter((name) => name !== undefined);
  return {
    a: find(names[0]),
    b: find(names[1]),
    toggle: (name) =>
      filters.set(
        'compare',
        marked.includes(name) ? marked.filter((one) => one !== name) : [marked[0] ?? name, name],
      ),
  };
}
