import type { Axis } from './points.js';

// JSON has no infinity, which is the deviation of a column that does not vary.
export type SavedAxis =
  | (Omit<Extract<Axis, { kind: 'number' }>, 'deviation' | 'unit'> & {
      deviation: number | null;
      /** Absent in files of the first versions. */
      unit?: number;
    })
  | (Omit<Extract<Axis, { kind: 'category' }>, 'scale'> & { scale: number | null });

const finite = (value: number) => (value === Infinity ? null : value);

export const saveAxis = (axis: Axis): SavedAxis =>
  axis.kind === 'number'
    ? { ...axis, deviation: finite(axis.deviation) }
    : { ...axis, scale: finite(axis.scale) };

export const openAxis = (axis: SavedAxis): Axis =>
  axis.kind === 'number'
    ? { ...axis, unit: axis.unit ?? 1, deviation: axis.deviation ?? Infinity }
    : { ...axis, scale: axis.scale ?? Infinity };
