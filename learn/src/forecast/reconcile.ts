/** Which bottom series each node of a hierarchy sums. */
export interface Summing {
  /** One a node: level by level as given, then the bottom. */
  nodes: { level: string; key: string; members: Int32Array }[];
  bottom: number;
}

/**
 * The nodes of a hierarchy or of crossed groups.
 * @param levels key of each bottom series at each level, top first, such as
 *   `{ client: ['a', 'a'], store: ['1', '2'] }`; the last level may be the series themselves
 */
export function summing(levels: Record<string, readonly string[]>): Summing {
  const names = Object.keys(levels);
  const bottom = names.length === 0 ? 0 : levels[names[0]!]!.length;
  const nodes = names.flatMap((level) => {
    const keys = levels[level]!;
    if (keys.length !== bottom)
      throw new RangeError(
        `level ${level} has ${keys.length} keys, expected one a bottom series: ${bottom}`,
      );
    const members = new Map<string, number[]>();
    keys.forEach((key, i) => {
      const group = members.get(key);
      if (group === undefined) members.set(key, [i]);
      else group.push(i);
    });
    return [...members].map(([key, list]) => ({ level, key, members: Int32Array.from(list) }));
  });
  return { nodes, bottom };
}

/**
 * Forecasts of every node as sums of the bottom's: coherent by construction.
 * @param forecasts bottom × horizon
 * @param out nodes × horizon; `NaN` where a member's forecast is
 */
export function bottomUp(
  { nodes, bottom }: Summing,
  forecasts: Float64Array,
  horizon: number,
  out: Float64Array,
): void {
  if (forecasts.length !== bottom * horizon || out.length !== nodes.length * horizon)
    throw new RangeError(
      `expected ${bottom} × ${horizon} forecasts and ${nodes.length} × ${horizon} sums, found ${forecasts.length} and ${out.length}`,
    );
  out.fill(0);
  nodes.forEach(({ members }, n) => {
    for (const member of members)
      for (let h = 0; h < horizon; h++) out[n * horizon + h]! += forecasts[member * horizon + h]!;
  });
}
