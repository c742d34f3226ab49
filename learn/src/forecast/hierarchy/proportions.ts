import { bottomUp, type Hierarchy } from './hierarchy.js';

/**
 * How a forecast is split among what it sums. `history`: by the mean of shares over the past, or
 * by the share of means (Gross and Sohl, 1990); `forecast`: in proportion to the children's own
 * forecasts, level by level (Athanasopoulos, Ahmed and Hyndman, 2009).
 */
export type Proportions =
  | {
      by: 'meanOfShares' | 'shareOfMeans';
      /** bottom × steps, row-major; `NaN` unknown. */
      history: Float64Array;
    }
  | { by: 'forecast' };

/**
 * Forecasts of one level, split below it and summed above it: top-down from the first level,
 * middle-out from another. `forecast` follows each aggregate's children, the coarsest level that
 * partitions it.
 * @param level whose base forecasts are kept
 * @param base nodes × columns; with shares of history only those of `level` are read
 * @param out nodes × columns
 * @throws RangeError when there is no such level or the history does not belong to the bottom
 */
export function middleOut(
  hierarchy: Hierarchy,
  { level, proportions }: { level: string; proportions: Proportions },
  base: Float64Array,
  columns: number,
  out: Float64Array,
): void {
  const { nodes, bottom, aggregates } = hierarchy;
  const own = [...nodes.keys()].filter((node) => nodes[node]!.level === level);
  if (own.length === 0)
    throw new RangeError(`there is no level ${level}; there are ${hierarchy.levels.join(', ')}`);
  if (base.length !== nodes.length * columns || out.length !== base.length)
    throw new RangeError(
      `expected ${nodes.length} nodes × ${columns} base forecasts and as many places, found ${base.length} and ${out.length}`,
    );
  const values = new Float64Array(bottom * columns);
  for (const node of own)
    if (proportions.by === 'forecast')
      for (let h = 0; h < columns; h++)
        splitByForecast(
          hierarchy,
          base,
          { node, value: base[node * columns + h]!, columns, h },
          values,
        );
    else {
      const { members } = nodes[node]!;
      const shares = sharesOf(proportions, members, bottom);
      members.forEach((member, i) => {
        for (let h = 0; h < columns; h++)
          values[member * columns + h] = shares[i]! * base[node * columns + h]!;
      });
    }
  bottomUp(hierarchy, values, columns, out.subarray(0, (aggregates + bottom) * columns));
}

/** Top-down: `middleOut` from the first level. */
export const topDown = (
  hierarchy: Hierarchy,
  proportions: Proportions,
  base: Float64Array,
  columns: number,
  out: Float64Array,
): void => middleOut(hierarchy, { level: hierarchy.levels[0]!, proportions }, base, columns, out);

function splitByForecast(
  hierarchy: Hierarchy,
  base: Float64Array,
  at: { node: number; value: number; columns: number; h: number },
  values: Float64Array,
): void {
  const { aggregates, childOffsets, children } = hierarchy;
  const { node, value, columns, h } = at;
  if (node >= aggregates) {
    values[(node - aggregates) * columns + h] = value;
    return;
  }
  const own = children.subarray(childOffsets[node], childOffsets[node + 1]);
  const total = own.reduce((sum, child) => sum + base[child * columns + h]!, 0);
  for (const child of own) {
    // Children that forecast nothing share alike.
    const share = total === 0 ? 1 / own.length : base[child * columns + h]! / total;
    splitByForecast(hierarchy, base, { node: child, value: value * share, columns, h }, values);
  }
}

function sharesOf(
  { by, history }: Extract<Proportions, { history: Float64Array }>,
  members: Int32Array,
  bottom: number,
): Float64Array {
  const length = history.length / bottom;
  if (!Number.isInteger(length) || length < 1)
    throw new RangeError(
      `${history.length} values of history, expected as many for each of ${bottom} series`,
    );
  const shares = new Float64Array(members.length);
  for (let t = 0; t < length; t++) {
    const row = Float64Array.from(members, (member) => history[member * length + t]!);
    const known = row.map((value) => (Number.isNaN(value) ? 0 : value));
    const total = by === 'shareOfMeans' ? 1 : known.reduce((sum, value) => sum + value, 0);
    if (total !== 0) known.forEach((value, i) => (shares[i]! += value / total));
  }
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => (sum === 0 ? 1 / members.length : share / sum));
}
