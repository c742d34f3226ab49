import { atLeast } from '../access/principal.js';
import type { Reason, Role } from '../contract/common.js';
import type { LoadedModel, SegmentDeclaration } from '../workspace/types.js';
import { filledPhrase } from './explain.js';

/** Who may see single rows may see small groups: a viewer may not. */
export const mayDescribeFew = (role: Role): boolean => atLeast(role, 'analyst');

/** Groups with fewer members are not told of to this role; 0 hides none. */
export const hiddenBelow = (role: Role, { membersMin }: SegmentDeclaration): number =>
  mayDescribeFew(role) ? 0 : membersMin;

type Declared = Pick<LoadedModel, 'declaration'>;

/** Personal columns of a model that this role is not allowed by name. */
export function withheldFrom(role: Role, { declaration }: Declared): Set<string> {
  const { allowPersonal = [], showPersonal = {} } = declaration;
  const allowed = Object.entries(showPersonal).flatMap(([least, names]) =>
    atLeast(role, least as Role) ? names : [],
  );
  return new Set(allowPersonal.filter((name) => !allowed.includes(name)));
}

/** Columns without the personal ones that the role is not allowed by name. */
export function shownTo(role: Role, model: Declared, names: readonly string[]): string[] {
  const withheld = withheldFrom(role, model);
  return names.filter((name) => !withheld.has(name));
}

/** Reasons that still add up, without what a withheld column held. */
export function reasonsShownTo(role: Role, model: Declared, reasons: readonly Reason[]): Reason[] {
  const withheld = withheldFrom(role, model);
  return reasons.map((reason) =>
    withheld.has(reason.column)
      ? {
          ...reason,
          value: null,
          phrase: filledPhrase(model.declaration.page, reason.column, null),
        }
      : reason,
  );
}
