import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { test } from 'node:test';
import { atLeast, isScoped, seesKey, seesModel } from '../../src/access/principal.js';
import { roleSchema } from '../../src/contract/index.js';

const names = fc.constantFrom('shop_id', 'item_id', 'constructor', '__proto__', 'toString');
const scopes = fc.dictionary(names, fc.array(fc.string(), { maxLength: 3 }), { maxKeys: 3 });
const keys = fc.dictionary(names, fc.string(), { maxKeys: 3 });

test('a key is seen when every column of the scope allows its value, and only then', () => {
  fc.assert(
    fc.property(scopes, keys, (scope, key) => {
      const allowed = Object.entries(scope).every(
        ([column, values]) => Object.hasOwn(key, column) && values.includes(key[column]!),
      );
      assert.equal(seesKey(scope, key), allowed);
    }),
  );
});

test('who sees an entity sees its model; an empty scope sees all', () => {
  fc.assert(
    fc.property(scopes, keys, (scope, key) => {
      if (seesKey(scope, key)) assert.ok(seesModel(scope, Object.keys(key)));
      assert.ok(seesKey({}, key));
      assert.equal(isScoped(scope), Object.keys(scope).length > 0);
    }),
  );
});

test('roles are in order: each may what those before it may', () => {
  const roles = roleSchema.options;
  for (const [i, role] of roles.entries())
    for (const [j, needed] of roles.entries()) assert.equal(atLeast(role, needed), i >= j);
});
