import type { Role } from '../contract/common.js';

/** Values of key columns that a caller may see; an empty scope sees all. */
export type Scope = Readonly<Record<string, readonly string[]>>;

/** Who asks: an API key, a signed-in person, or the owner of the terminal. */
export interface Principal {
  id: string;
  name: string;
  role: Role;
  scope: Scope;
}

/** From the least to the most that a caller may do. */
export const roles: readonly Role[] = ['viewer', 'analyst', 'approver', 'admin'];

export const atLeast = (role: Role, needed: Role): boolean =>
  roles.indexOf(role) >= roles.indexOf(needed);

export const isScoped = (scope: Scope): boolean => Object.keys(scope).length > 0;

/** A model is visible to a scope when its key has every column that the scope narrows. */
export const seesModel = (scope: Scope, key: readonly string[]): boolean =>
  Object.keys(scope).every((column) => key.includes(column));

/** Whether each scoped column of an entity's key has an allowed value. */
export const seesKey = (scope: Scope, key: Readonly<Record<string, string>>): boolean =>
  Object.entries(scope).every(
    ([column, allowed]) => key[column] !== undefined && allowed.includes(key[column]),
  );
