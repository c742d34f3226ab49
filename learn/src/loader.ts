import type { Artifact } from './artifact.js';
import type { Model } from './estimator.js';

/** Opens one kind of artifact; `loadInner` opens the bytes of a model that this one wraps. */
export type Loader = (artifact: Artifact, loadInner: (bytes: Uint8Array) => Model) => Model;

/** A family's table: kind of artifact → how it opens. */
export type Loaders = Readonly<Record<string, Loader>>;

/** A section that must be there and of this type, or the file is not what its kind says. */
export function sectionOf<T>(
  artifact: Artifact,
  name: string,
  type: abstract new (...args: never[]) => T,
): T {
  const section: unknown = artifact.sections[name];
  if (!(section instanceof type))
    throw new Error(`model file of kind ${artifact.kind} has no section ${name} of ${type.name}`);
  return section;
}
