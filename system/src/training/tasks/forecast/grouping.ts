import { seriesSet, type Covariates } from '@tino/learn';
import type { ForecastDeclaration } from '../../../workspace/types.js';
import type { SeriesData } from './data.js';
import { keyText } from './keys.js';
import { columnsOf, labelOf } from './levels.js';
import { valuesOf } from './series.js';

/** One group of a level, and the members that it sums. */
interface Group {
  /** Names it as a series: level and key. */
  name: string;
  members: readonly number[];
}

/** By level: the group of each member. The total comes first. */
export function groupNames(
  data: SeriesData,
  declaration: ForecastDeclaration,
  members: readonly number[],
): Record<string, string[]> {
  const names = (level: string, columns: readonly string[]) =>
    members.map((member) => {
      const labels = columns.map((column) => [column, labelOf(data, member, column)]);
      return JSON.stringify([level, keyText(columns, Object.fromEntries(labels))]);
    });
  const levels = Object.keys(declaration.levels).map((level) => [
    `level ${level}`,
    names(level, columnsOf('', declaration, level)),
  ]);
  const grouped = levels.filter(([, own]) => {
    const count = new Set(own).size;
    return count > 1 && count < members.length;
  });
  return { total: names('', []), ...Object.fromEntries(grouped) };
}

/**
 * Sums of members as series: the total and each group of each level, with the mean of what is known
 * ahead.
 */
export function groupData(data: SeriesData, declaration: ForecastDeclaration): SeriesData {
  const all = data.set.keys.map((_, member) => member);
  const groups = Object.values(groupNames(data, declaration, all)).flatMap((names) => {
    const byName = new Map<string, number[]>();
    names.forEach((name, member) => {
      const own = byName.get(name);
      if (own === undefined) byName.set(name, [member]);
      else own.push(member);
    });
    return [...byName].map(([name, members]): Group => ({ name, members }));
  });
  const { statics: _statics, covariates, ...plain } = data.set;
  const series = groups.map(({ name, members }) => ({ key: name, ...summed(data, members) }));
  return {
    ...data,
    set: {
      ...plain,
      ...seriesSet(series, data.set.period),
      ...(covariates && { covariates: meanCovariates(covariates, groups) }),
    },
    keys: groups.map(({ name }) => ({ name })),
    attributes: groups.map(() => ({})),
    hygieneOf: groups.map(() => undefined),
    cold: groups.map(({ members }) => members.every((member) => data.cold[member])),
  };
}

/** The mean of the members' covariates, made when it is first asked for. */
function meanCovariates(covariates: Covariates, groups: readonly Group[]): Covariates {
  const { names, at } = covariates;
  const made = groups.map(() => new Map<number, number>());
  return {
    ...covariates,
    at(group, step, covariate) {
      const id = step * names.length + covariate;
      const standing = made[group]!.get(id);
      if (standing !== undefined) return standing;
      const { members } = groups[group]!;
      const sum = members.reduce((total, member) => total + at(member, step, covariate), 0);
      made[group]!.set(id, sum / members.length);
      return sum / members.length;
    },
  };
}

/** Steps that no member knows are unknown; else what is known of the others is the sum. */
function summed({ set, end }: SeriesData, members: readonly number[]) {
  const start = Math.min(...members.map((member) => set.starts[member]!));
  const values = new Float64Array(end - start + 1).fill(NaN);
  for (const member of members) {
    const skipped = set.starts[member]! - start;
    valuesOf(set, member).forEach((value, t) => {
      if (Number.isNaN(value)) return;
      const standing = values[skipped + t]!;
      values[skipped + t] = Number.isNaN(standing) ? value : standing + value;
    });
  }
  return { start, values };
}
