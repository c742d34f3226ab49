import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { z } from 'zod';
import { askAs } from './asking.js';
import { IN, type Mall } from './house.js';
import { prepareCases, questionOf, type Case } from './matrix-cases.js';

/**
 * The server sends answers without checking them. Here each is read by its schema and must come out the same:
 * nothing missing, nothing extra, and no NaN, which JSON would have made null.
 */
export function answers(open: () => Mall): void {
  for (const language of ['pt', 'en'])
    test(`every answer is what its schema says, in ${language}`, async () => {
      const mall = open();
      const wrong: string[] = [];
      let checked = 0;
      for (const line of [...(await prepareCases(mall)), ...more]) {
        const schema = schemaOf(mall, line);
        if (schema === undefined) continue;
        const reply = await askAs(mall, 'admin', 'all', {
          ...questionOf(line),
          headers: { 'accept-language': language },
        });
        if (reply.status !== line.ok || reply.json === undefined) {
          wrong.push(`${line.url}: ${reply.status}`);
          continue;
        }
        const read = schema.safeParse(reply.json);
        if (!read.success) wrong.push(`${line.url}: ${read.error.message}`);
        else if (extra(read.data, reply.json))
          wrong.push(`${line.url}: ${extra(read.data, reply.json)}`);
        checked++;
      }
      assert.deepEqual(wrong, []);
      assert.ok(checked > 30, `${checked} answers`);
    });
}

/** Other ways to ask the same routes. */
const more: Case[] = [
  ['scores', 'customer-returns/scores?sort=money&limit=3'],
  ['scores', 'customer-returns/scores?limit=1'],
  ['scores', 'house-price/scores?limit=20&filter.city=1'],
  ['forecast', 'ingredient-price/forecast?limit=3'],
  ['forecast', `ingredient-price/forecast?key.restaurant_id=${IN}`],
  ['forecast', 'ingredient-price/forecast?horizon=1&limit=1'],
  ['forecast', 'ingredient-price/forecast?as_of=2026-06-01&limit=2'],
  ['forecast', 'ingredient-price/forecast?key.restaurant_id=17&key.item_id=7'],
].map(([route, rest]) => ({
  route: `GET /v1/models/:model/${route}`,
  url: `/v1/models/${rest}`,
  least: 'viewer',
  ok: 200,
}));

function schemaOf(mall: Mall, { route, ok }: Case): z.ZodType | undefined {
  const declared = mall.routes.get(route)?.schema?.response as
    | Record<number, z.ZodType>
    | undefined;
  const schema = declared?.[ok];
  return schema === undefined || /metrics|artifact|events$/.test(route) || ok === 204
    ? undefined
    : schema;
}

/** First place where what was sent has something that the schema does not know. */
function extra(read: unknown, sent: unknown, path = ''): string | undefined {
  if (typeof sent !== 'object' || sent === null) return read === sent ? undefined : path;
  for (const [name, value] of Object.entries(sent)) {
    const inner = (read as Record<string, unknown> | undefined)?.[name];
    const found = extra(inner, value, `${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
