import { encodeArtifact, type Artifact } from '../artifact.js';
import type { Explanation, Model } from '../estimator.js';
import { frame, numberColumn, type Frame } from '../frame.js';
import { sectionOf } from '../loader.js';
import { toScale, type Scale } from './blend.js';
import { addExplained, placesIn, unionOf } from './columns.js';

const KIND = 'stacked';

export interface StackedParts {
  members: readonly Model[];
  /** A linear model of what members say, one column a member and output. */
  judge: Model;
  /** Where what members say is a number for the judge, and where one output explains itself. */
  scale: Scale;
  explains: boolean;
}

/** What members said (rows × outputs each) as columns, member by member. */
export function judgedFrame(said: readonly Float64Array[], outputs: number, scale: Scale): Frame {
  return frame(
    said.flatMap((values, m) =>
      Array.from({ length: outputs }, (_, k) => {
        const column = new Float64Array(values.length / outputs);
        for (let row = 0; row < column.length; row++)
          column[row] = toScale(scale, values[row * outputs + k]!);
        return numberColumn(`${m} ${k}`, column);
      }),
    ),
  );
}

/** What a judge makes of its members. */
export function stackedModel(parts: StackedParts): Model {
  const { members, judge, scale } = parts;
  const { outputs } = judge;
  const columns = unionOf(members);
  const places = placesIn(columns, members);
  return {
    kind: KIND,
    columns,
    outputs,
    predict(x, out) {
      const said = members.map((member) => {
        const one = new Float64Array(x.rows * outputs);
        member.predict(x, one);
        return one;
      });
      judge.predict(judgedFrame(said, outputs, scale), out);
    },
    ...(parts.explains && {
      explain(x: Frame, row: number): Explanation {
        const { intercept, slopes } = lineOf(parts);
        const contributions = new Float64Array(columns.length);
        let base = intercept;
        members.forEach((member, m) => {
          const found = member.explain!(x, row);
          base += addExplained(
            found,
            { share: slopes[m]!, scale, places: places[m]! },
            contributions,
          );
        });
        const raw = contributions.reduce((sum, value) => sum + value, base);
        return { base, contributions, raw, link: scale as Explanation['link'] };
      },
    }),
    ...(members.every((member) => member.importance) && {
      importance: () => importance(parts, places, columns.length),
    }),
    bytes: () =>
      encodeArtifact({
        kind: KIND,
        meta: { scale, explains: parts.explains, members: members.length },
        sections: {
          judge: judge.bytes(),
          ...Object.fromEntries(members.map((member, m) => [`member ${m}`, member.bytes()])),
        },
      }),
  };
}

/** The judge of one output is a line: its value at 0, and a step of one unit for each slope. */
function lineOf({ judge, members }: StackedParts): { intercept: number; slopes: Float64Array } {
  const at = (one: number) =>
    judge.explain!(frame(members.map((_, m) => numberColumn(`${m} 0`, Float64Array.of(one)))), 0);
  const zero = at(0);
  const unit = at(1);
  return {
    intercept: zero.raw,
    slopes: unit.contributions.map((value, m) => value - zero.contributions[m]!),
  };
}

/** A member counts by what its outputs are worth to the judge. */
function importance(
  { members, judge }: StackedParts,
  places: readonly number[][],
  columns: number,
): Float64Array {
  const worth = judge.importance!();
  const sums = new Float64Array(columns);
  members.forEach((member, m) => {
    let share = 0;
    for (let k = 0; k < judge.outputs; k++) share += worth[m * judge.outputs + k]!;
    member.importance!().forEach((value, c) => (sums[places[m]![c]!]! += share * value));
  });
  const total = sums.reduce((sum, value) => sum + value, 0);
  return total > 0 ? sums.map((value) => value / total) : sums;
}

export function loadStacked(artifact: Artifact, loadInner: (bytes: Uint8Array) => Model): Model {
  const inner = (name: string) => loadInner(sectionOf(artifact, name, Uint8Array));
  return stackedModel({
    judge: inner('judge'),
    scale: artifact.meta['scale'] as Scale,
    explains: artifact.meta['explains'] === true,
    members: Array.from({ length: Number(artifact.meta['members']) }, (_, m) =>
      inner(`member ${m}`),
    ),
  });
}
