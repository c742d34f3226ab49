import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { createClient } from '../../src/client/index.js';
import { get } from './asking.js';
import { clientTypes } from './client-types.js';
import { IN, type Mall } from './house.js';

const generated = new URL('../../../src/client/generated/openapi.ts', import.meta.url);

interface Operation {
  operationId?: string;
  summary?: string;
  parameters?: { name: string; in: string }[];
  responses: Record<string, { content?: Record<string, { schema?: object }> }>;
}

/** The API's description is whole, and the typed client made from it is that of today. */
export function description(open: () => Mall): void {
  const documentOf = async () => (await get(open(), '/openapi.json')).json;

  test('every operation has a name of its own, a summary, its parameters and its answers', async () => {
    const document = await documentOf();
    assert.equal(document.openapi, '3.1.0');
    const names = new Set<string>();
    for (const [path, item] of Object.entries<Record<string, Operation>>(document.paths))
      for (const [method, operation] of Object.entries(item)) {
        const where = `${method} ${path}`;
        assert.ok(operation.operationId && !names.has(operation.operationId), where);
        names.add(operation.operationId);
        assert.ok(operation.summary, where);
        for (const [, name] of path.matchAll(/\{(\w+)\}/g))
          assert.ok(
            operation.parameters?.some((each) => each.in === 'path' && each.name === name),
            `${where} declares ${name}`,
          );
        const good = Object.entries(operation.responses).filter(([code]) => code.startsWith('2'));
        assert.ok(good.length > 0, where);
        for (const [code, { content }] of good)
          assert.ok(code === '204' || Object.values(content ?? {})[0]?.schema, where);
        for (const code of ['4XX', '5XX'])
          assert.ok(operation.responses[code]?.content?.['application/json']?.schema, where);
      }
  });

  test('the description has every route of the API, and no reference that leads nowhere', async () => {
    const document = await documentOf();
    const described = Object.entries<object>(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const routes = [...open().routes.keys()]
      .filter((route) => route.includes('/v1/') && !route.startsWith('HEAD'))
      .map((route) => route.replaceAll(/:(\w+)/g, '{$1}'));
    assert.deepEqual(
      routes.filter((route) => !described.includes(route)),
      [],
    );
    for (const [, ref] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = ref!.split('/').reduce((node, name) => node?.[name], document);
      assert.ok(found, `#/${ref}`);
    }
  });

  test('parameters of any name are described', async () => {
    const { paths } = await documentOf();
    const names = (path: string): string[] =>
      paths[path].get.parameters.map(({ name }: { name: string }) => name);
    assert.ok(names('/v1/models/{model}/forecast').includes('key'));
    assert.ok(names('/v1/models/{model}/forecast').includes('filter'));
    assert.ok(names('/v1/models/{model}/scores').includes('filter'));
    assert.ok(names('/v1/models/{model}/suggestion').includes('key'));
  });

  test('the generated client is up to date: node scripts/generate-client.mjs', async () => {
    assert.equal(await readFile(generated, 'utf8'), await clientTypes(await documentOf()));
  });

  test('the typed client asks a listening server and gets typed answers', async () => {
    const mall = open();
    const address = await mall.app.listen({ port: 0, host: '127.0.0.1' });
    const client = createClient({ address, key: mall.keys['admin in'], language: 'en' });
    const { data } = await client.GET('/v1/models/{model}/forecast', {
      params: {
        path: { model: 'ingredient-price' },
        query: { key: { restaurant_id: IN, item_id: '7' }, horizon: 3 },
      },
    });
    assert.equal(data?.forecast.points.length, 3);
    assert.deepEqual(data?.forecast.key, { restaurant_id: IN, item_id: '7' });
    const { error } = await client.GET('/v1/models/{model}', {
      params: { path: { model: 'house-price' } },
    });
    assert.equal(error?.code, 'UNKNOWN_MODEL');
    assert.match(error?.message ?? '', /does not exist/);
  });
}
