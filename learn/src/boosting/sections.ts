import type { Artifact, Section } from '../artifact.js';
import { sectionOf } from '../loader.js';
import type { Forest } from './forest.js';
import type { LeafLines } from './lines.js';

/** Arrays of a forest by the name of their section; lines have a section each, absent without them. */
export function forestSections({ lines, ...arrays }: Forest): Record<string, Section> {
  if (!lines) return arrays;
  const { first, column, coefficient, mean, low, high } = lines;
  return {
    ...arrays,
    lineFirst: first,
    lineColumn: column,
    lineCoefficient: coefficient,
    lineMean: mean,
    lineLow: low,
    lineHigh: high,
  };
}

export function readForest(artifact: Artifact): Forest {
  const f64 = (name: string) => sectionOf(artifact, name, Float64Array);
  const i32 = (name: string) => sectionOf(artifact, name, Int32Array);
  const u8 = (name: string) => sectionOf(artifact, name, Uint8Array);
  const lines: LeafLines | undefined = artifact.sections['lineFirst'] && {
    first: i32('lineFirst'),
    column: i32('lineColumn'),
    coefficient: f64('lineCoefficient'),
    mean: f64('lineMean'),
    low: f64('lineLow'),
    high: f64('lineHigh'),
  };
  return {
    roots: i32('roots'),
    column: i32('column'),
    threshold: f64('threshold'),
    levelSet: i32('levelSet'),
    missingLeft: u8('missingLeft'),
    left: i32('left'),
    right: i32('right'),
    gain: f64('gain'),
    cover: f64('cover'),
    values: f64('values'),
    leafCover: f64('leafCover'),
    levelWords: sectionOf(artifact, 'levelWords', Uint32Array),
    levelBins: u8('levelBins'),
    ...(lines && { lines }),
  };
}
