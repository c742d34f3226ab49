import { encodeArtifact, type Artifact } from '../artifact.js';
import type { Explanation, Model } from '../estimator.js';
import type { Frame } from '../frame.js';
import { sectionOf } from '../loader.js';
import { fromScale, toScale, type Scale } from './blend.js';
import { addExplained, placesIn, unionOf } from './columns.js';

const KIND = 'ensemble';

export interface EnsembleParts {
  members: readonly Model[];
  /** By member, above 0; they sum to 1. */
  shares: Float64Array;
  scale: Scale;
  /** Every member explains itself on `scale`, so that contributions add up. */
  explains: boolean;
}

/** True when each member that reads columns explains the rows of `x` on `scale`. */
export const explainsOn = (members: readonly Model[], scale: Scale, x: Frame): boolean =>
  x.rows > 0 &&
  members.every((member) => {
    const found = member.explain?.(x, 0);
    return found && (found.link === scale || found.contributions.length === 0);
  });

/** The blend of its members. */
export function ensembleModel(parts: EnsembleParts): Model {
  const { members, shares, scale } = parts;
  const { outputs } = members[0]!;
  const columns = unionOf(members);
  const placesOf = placesIn(columns, members);
  return {
    kind: KIND,
    columns,
    outputs,
    predict(x, out) {
      const one = new Float64Array(x.rows * outputs);
      out.fill(0, 0, one.length);
      members.forEach((member, m) => {
        member.predict(x, one);
        for (let i = 0; i < one.length; i++) out[i]! += shares[m]! * toScale(scale, one[i]!);
      });
      for (let i = 0; i < one.length; i++) out[i] = fromScale(scale, out[i]!);
    },
    ...(parts.explains && {
      explain: (x: Frame, row: number) => explain(parts, placesOf, columns.length, { x, row }),
    }),
    ...(members.every((member) => member.importance) && {
      importance: () => importance(parts, placesOf, columns.length),
    }),
    bytes: () =>
      encodeArtifact({
        kind: KIND,
        meta: { scale, explains: parts.explains },
        sections: {
          shares,
          ...Object.fromEntries(members.map((member, m) => [`member ${m}`, member.bytes()])),
        },
      }),
  };
}

function explain(
  { members, shares, scale }: EnsembleParts,
  placesOf: readonly number[][],
  columns: number,
  { x, row }: { x: Frame; row: number },
): Explanation {
  const contributions = new Float64Array(columns);
  let base = 0;
  members.forEach((member, m) => {
    const from = { share: shares[m]!, scale, places: placesOf[m]! };
    base += addExplained(member.explain!(x, row), from, contributions);
  });
  const raw = contributions.reduce((sum, value) => sum + value, base);
  return { base, contributions, raw, link: scale as Explanation['link'] };
}

function importance(
  { members, shares }: EnsembleParts,
  placesOf: readonly number[][],
  columns: number,
): Float64Array {
  const sums = new Float64Array(columns);
  members.forEach((member, m) =>
    member.importance!().forEach((value, c) => (sums[placesOf[m]![c]!]! += shares[m]! * value)),
  );
  const total = sums.reduce((sum, value) => sum + value, 0);
  return total > 0 ? sums.map((value) => value / total) : sums;
}

export function loadEnsemble(artifact: Artifact, loadInner: (bytes: Uint8Array) => Model): Model {
  const shares = sectionOf(artifact, 'shares', Float64Array);
  return ensembleModel({
    shares,
    scale: artifact.meta['scale'] as Scale,
    explains: artifact.meta['explains'] === true,
    members: Array.from(shares, (_, m) =>
      loadInner(sectionOf(artifact, `member ${m}`, Uint8Array)),
    ),
  });
}
