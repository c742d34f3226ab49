/**
 * Series that add up: every node of a tree, or of crossed groups, is the sum of some bottom series.
 * The summing matrix is never written out: a node knows its members, and an aggregate also the
 * coarsest nodes that partition it, which is what makes reconciliation sparse.
 */
export interface Hierarchy {
  levels: readonly string[];
  /** Aggregates first, level by level as given; then the bottom series in their order. */
  nodes: readonly HierarchyNode[];
  /** How many of `nodes` are aggregates. */
  aggregates: number;
  bottom: number;
  /** aggregates + 1: where the children of each aggregate begin in `children`. */
  childOffsets: Int32Array;
  /** Indices of nodes that together hold every bottom series of the aggregate once. */
  children: Int32Array;
}

export interface HierarchyNode {
  level: string;
  key: string;
  /** Bottom series, ascending. */
  members: Int32Array;
}

/** One level: the group of each bottom series, and a first member of each group. */
interface Grouping {
  level: string;
  /** Index of the first node of this level. */
  first: number;
  groupOf: Int32Array;
  members: number[][];
  keys: string[];
}

/**
 * The nodes of a hierarchy, or of crossed groups such as store × category × product.
 * @param levels key of each bottom series at each level, the bottom last:
 *   `{ total: ['', ''], store: ['1', '2'], product: ['1/a', '2/b'] }`. Levels need not be nested.
 * @throws RangeError when levels differ in length or keys of the last one repeat
 */
export function hierarchyOf(levels: Record<string, readonly string[]>): Hierarchy {
  const names = Object.keys(levels);
  const last = names[names.length - 1];
  if (last === undefined)
    throw new RangeError('a hierarchy needs at least the level of its series');
  const bottom = levels[last]!.length;
  let first = 0;
  const groupings = names.map((level) => {
    const grouping = groupingOf(level, levels[level]!, first, bottom);
    first += grouping.keys.length;
    return grouping;
  });
  const series = groupings[groupings.length - 1]!;
  if (series.keys.length !== bottom)
    throw new RangeError(
      `keys of the last level ${last} repeat: ${series.keys.length} of ${bottom} differ; it must name each series`,
    );
  const nodes = groupings.flatMap(({ level, keys, members }) =>
    keys.map((key, g) => ({ level, key, members: Int32Array.from(members[g]!) })),
  );
  const lists = groupings.slice(0, -1).flatMap((grouping) => childrenOf(grouping, groupings));
  const childOffsets = new Int32Array(lists.length + 1);
  lists.forEach((list, a) => (childOffsets[a + 1] = childOffsets[a]! + list.length));
  const children = Int32Array.from(lists.flat());
  return { levels: names, nodes, aggregates: lists.length, bottom, childOffsets, children };
}

function groupingOf(
  level: string,
  keys: readonly string[],
  first: number,
  bottom: number,
): Grouping {
  if (keys.length !== bottom)
    throw new RangeError(
      `level ${level} has ${keys.length} keys, expected one a bottom series: ${bottom}`,
    );
  const indexOf = new Map<string, number>();
  const members: number[][] = [];
  const groupOf = Int32Array.from(keys, (key, i) => {
    let group = indexOf.get(key);
    if (group === undefined) {
      indexOf.set(key, (group = members.length));
      members.push([]);
    }
    members[group]!.push(i);
    return group;
  });
  return { level, first, groupOf, members, keys: [...indexOf.keys()] };
}

/** Children from the coarsest level that is finer than this one and never straddles its groups. */
function childrenOf(own: Grouping, all: readonly Grouping[]): number[][] {
  const rank = (grouping: Grouping) =>
    grouping === all[all.length - 1]
      ? Infinity
      : grouping.keys.length * all.length + all.indexOf(grouping);
  const finer = all
    .filter((other) => rank(other) > rank(own) && nested(other, own))
    .sort((a, b) => rank(a) - rank(b))[0]!;
  const children = own.members.map((): number[] => []);
  finer.members.forEach((members, g) => children[own.groupOf[members[0]!]!]!.push(finer.first + g));
  return children;
}

const nested = (inner: Grouping, outer: Grouping): boolean =>
  inner.members.every((members) =>
    members.every((member) => outer.groupOf[member] === outer.groupOf[members[0]!]),
  );

/**
 * One cycle as a hierarchy of itself: blocks of `length` steps for each divisor of the period
 * (Athanasopoulos et al., 2017). For `hierarchyOf`.
 * @param lengths block lengths in steps, such as `[12, 3, 1]` for year, quarter and month; each
 *   divides the first; by default all divisors of `period`
 */
export function temporalLevels(
  period: number,
  lengths: readonly number[] = divisors(period),
): Record<string, string[]> {
  const sorted = [...new Set([...lengths, 1])].sort((a, b) => b - a);
  return Object.fromEntries(
    sorted.map((length) => {
      if (!Number.isInteger(length) || length < 1 || period % length !== 0)
        throw new RangeError(`a block of ${length} steps does not divide a period of ${period}`);
      const keys = Array.from({ length: period }, (_, t) => String(Math.floor(t / length)));
      return [`every ${length}`, keys];
    }),
  );
}

const divisors = (period: number): number[] =>
  Array.from({ length: period }, (_, i) => i + 1).filter((length) => period % length === 0);

/**
 * Values of every node as sums of the bottom's: bottom-up, coherent by construction.
 * @param values bottom × columns (steps of a horizon, samples, …)
 * @param out nodes × columns; `NaN` where a member's value is
 */
export function bottomUp(
  { nodes, bottom, aggregates, childOffsets, children }: Hierarchy,
  values: Float64Array,
  columns: number,
  out: Float64Array,
): void {
  if (values.length !== bottom * columns || out.length !== nodes.length * columns)
    throw new RangeError(
      `expected ${bottom} × ${columns} values and ${nodes.length} × ${columns} sums, found ${values.length} and ${out.length}`,
    );
  out.fill(0, 0, aggregates * columns);
  out.set(values, aggregates * columns);
  const done = new Uint8Array(nodes.length).fill(1, aggregates);
  const sumUp = (a: number): void => {
    for (let c = childOffsets[a]!; c < childOffsets[a + 1]!; c++) {
      const child = children[c]!;
      if (done[child] === 0) sumUp(child);
      for (let h = 0; h < columns; h++) out[a * columns + h]! += out[child * columns + h]!;
    }
    done[a] = 1;
  };
  for (let a = 0; a < aggregates; a++) if (done[a] === 0) sumUp(a);
}
