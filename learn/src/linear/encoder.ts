import {
  conform,
  doubles,
  schemaOf,
  type Column,
  type ColumnSchema,
  type Frame,
} from '../frame.js';
import { weightedQuantile } from '../metric/quantile.js';

/** How one column becomes numbers ("terms"); plain data, saved with the model. */
export type ColumnCode =
  | {
      kind: 'number';
      log: boolean;
      /** In place of a missing value. */
      fill: number;
      center: number;
      scale: number;
      /** A second term tells that the value was missing. */
      indicator: boolean;
    }
  | {
      kind: 'category';
      /** Term of each level, -1 for the rare ones. */
      termOf: number[];
      terms: number;
      /** A last term for missing, rare and unknown levels; absent when training had none. */
      other: boolean;
    };

export interface EncoderOptions {
  /** log1p for columns from 0 whose skewness exceeds this; Infinity for never. */
  logAboveSkewness: number;
  /** More levels share the term of unknown ones. */
  levelsMax: number;
}

/** Preprocessing inside the model: standardise, impute, one-hot, as terms of a linear predictor. */
export interface Encoder {
  columns: readonly ColumnSchema[];
  codes: readonly ColumnCode[];
  /** First term of each column, and one past the last. */
  offsets: Int32Array;
  terms: number;
}

export function learnEncoder(x: Frame, weights: Float64Array | undefined, options: EncoderOptions) {
  return encoderOf(
    schemaOf(x),
    x.columns.map((column) =>
      column.kind === 'number'
        ? numberCode(doubles(column.values), weights, options)
        : categoryCode(column.codes, column.levels.length, options),
    ),
  );
}

export function encoderOf(columns: readonly ColumnSchema[], codes: readonly ColumnCode[]): Encoder {
  const offsets = new Int32Array(codes.length + 1);
  codes.forEach((code, c) => {
    const extra = code.kind === 'number' ? code.indicator : code.other;
    const own = code.kind === 'number' ? 1 : code.terms;
    offsets[c + 1] = offsets[c]! + own + (extra ? 1 : 0);
  });
  return { columns, codes, offsets, terms: offsets[codes.length]! };
}

function numberCode(
  values: Float64Array,
  weights: Float64Array | undefined,
  { logAboveSkewness }: EncoderOptions,
): ColumnCode {
  const known = values.filter(Number.isFinite);
  const knownWeights = weights?.filter((_, row) => Number.isFinite(values[row]!));
  const lowest = known.reduce((a, b) => Math.min(a, b), Infinity);
  const log =
    lowest >= 0 &&
    logAboveSkewness < Infinity &&
    moments(known, knownWeights).skewness > logAboveSkewness;
  const indicator = known.length < values.length;
  const fill = indicator && known.length > 0 ? weightedQuantile(known, 0.5, knownWeights) : 0;
  const shown = indicator
    ? values.map((value) => (Number.isFinite(value) ? value : fill))
    : values.slice();
  if (log) for (let row = 0; row < shown.length; row++) shown[row] = Math.log1p(shown[row]!);
  const { mean, deviation } = moments(shown, weights);
  return {
    kind: 'number',
    log,
    // Where training missed none, a missing value says nothing: it stands at the mean.
    fill: indicator ? fill : log ? Math.expm1(mean) : mean,
    center: mean,
    scale: deviation > 1e-12 * Math.abs(mean) ? deviation : 1,
    indicator,
  };
}

/** Weighted, in two passes: the mean first, so that large values with little spread keep it. */
function moments(values: Float64Array, weights?: Float64Array) {
  let total = 0;
  let first = 0;
  for (let i = 0; i < values.length; i++) {
    const weight = weights ? weights[i]! : 1;
    total += weight;
    first += weight * values[i]!;
  }
  const mean = first / total;
  let second = 0;
  let third = 0;
  for (let i = 0; i < values.length; i++) {
    const weight = weights ? weights[i]! : 1;
    const gap = values[i]! - mean;
    second += weight * gap * gap;
    third += weight * gap * gap * gap;
  }
  const variance = second / total;
  return { mean, deviation: Math.sqrt(variance), skewness: third / total / variance ** 1.5 };
}

function categoryCode(
  codes: Int32Array,
  levels: number,
  { levelsMax }: EncoderOptions,
): ColumnCode {
  const counts = new Int32Array(levels);
  let unknown = 0;
  for (const code of codes) {
    if (code >= 0) counts[code]!++;
    else unknown++;
  }
  const seen = [...counts.keys()].filter((code) => counts[code]! > 0);
  const kept = seen.sort((a, b) => counts[b]! - counts[a]! || a - b).slice(0, levelsMax);
  const termOf = Array.from({ length: levels }, () => -1);
  kept.forEach((code, term) => (termOf[code] = term));
  const other = unknown > 0 || seen.length > kept.length;
  return { kind: 'category', termOf, terms: kept.length, other };
}

/**
 * Writes the terms of one row that are not zero; returns how many. A level without a term of its
 * own takes the `other` term, or `means` of all of the column's terms, so that it says nothing.
 */
export function encodeRow(
  encoder: Encoder,
  columns: readonly Column[],
  row: number,
  means: Float64Array | null,
  terms: Int32Array,
  values: Float64Array,
): number {
  let count = 0;
  for (let c = 0; c < columns.length; c++) {
    const code = encoder.codes[c]!;
    const column = columns[c]!;
    const first = encoder.offsets[c]!;
    if (code.kind === 'number' && column.kind === 'number') {
      const value = column.values[row]!;
      const known = Number.isFinite(value);
      const filled = known ? value : code.fill;
      terms[count] = first;
      // Below 0 a logarithm that was learned from 0 on is continued as a line.
      const shown = code.log ? (filled >= 0 ? Math.log1p(filled) : filled) : filled;
      values[count++] = (shown - code.center) / code.scale;
      if (code.indicator && !known) {
        terms[count] = first + 1;
        values[count++] = 1;
      }
    } else if (code.kind === 'category' && column.kind === 'category') {
      const level = column.codes[row]!;
      const own = level < 0 ? -1 : code.termOf[level]!;
      if (own >= 0 || code.other) {
        terms[count] = first + (own >= 0 ? own : code.terms);
        values[count++] = 1;
      } else if (means)
        for (let term = first; term < encoder.offsets[c + 1]!; term++) {
          terms[count] = term;
          values[count++] = means[term]!;
        }
    }
  }
  return count;
}

/** Reads a frame row by row: `next` fills `terms` and `values` and returns how many. */
export function rowReader(encoder: Encoder, x: Frame, means: Float64Array | null) {
  const { columns } = conform(x, encoder.columns);
  const terms = new Int32Array(encoder.terms);
  const values = new Float64Array(encoder.terms);
  const read = (row: number) => encodeRow(encoder, columns, row, means, terms, values);
  return { terms, values, read };
}
