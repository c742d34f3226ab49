import swagger from '@fastify/swagger';
import type { FastifyRequest, RouteOptions } from 'fastify';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import type { OpenAPIV3_1 } from 'openapi-types';
import { z } from 'zod';
import { errorSchema } from '../contract/common.js';
import type { App } from './room.js';

const METHODS = ['get', 'post', 'put', 'delete'] as const;
type Config = FastifyRequest['routeOptions']['config'];

/** Collects the routes that are registered from here on into one OpenAPI 3.1 document. */
export async function describeApi(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Tino',
        version,
        description: 'Machine learning for commerce, from sales tables to decisions',
      },
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
      security: [{ key: [] }],
    },
    transform: (route) => {
      const { schema, url } = jsonSchemaTransform(route as never);
      return { schema: describeRoute(schema, route.route) as never, url };
    },
    transformObject: (document) =>
      'openapiObject' in document
        ? (describeDocument(document.openapiObject as never) as never)
        : document.swaggerObject,
  });
}

/** `GET /v1/models/:model/forecast` → `getModelsForecast`; a parameter at the end is named `ByModel`. */
function operationId(method: string, url: string): string {
  const words = url.split('/').filter((word) => word !== '' && word !== 'v1');
  const last = words.length - 1;
  const named = words.flatMap((word, i) => {
    if (!word.startsWith(':')) return [capital(word)];
    return i === last ? [`By${capital(word.slice(1))}`] : [];
  });
  return `${method.toLowerCase()}${named.join('')}`;
}

/** What the schemas of a route do not say: its name, who may call, parameters of any name, headers. */
function describeRoute(schema: object, { method, url, config = {} }: RouteOptions): object {
  const { role, prefixed = [] } = config as Config;
  return {
    ...schema,
    operationId: operationId(String(method), url),
    ...(role === 'public' ? { security: [] } : { 'x-role': role }),
    ...(prefixed.length > 0 && { 'x-prefixed': prefixed }),
  };
}

/** The whole document: one schema of errors for every route, and the parameters that have no fixed name. */
function describeDocument(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  for (const [path, item] of Object.entries(document.paths ?? {}))
    for (const method of METHODS) {
      const operation = item?.[method] as Operation | undefined;
      if (operation === undefined) continue;
      operation.responses = { ...operation.responses, '4XX': failure, '5XX': failure };
      const prefixed = operation['x-prefixed'] ?? [];
      delete operation['x-prefixed'];
      const added = [
        ...prefixed.map((name) => PREFIXED[name]),
        ...(path.startsWith('/v1') ? [LANGUAGE] : []),
        ...(method === 'post' && operation.security === undefined ? [IDEMPOTENCY] : []),
      ];
      operation.parameters = [...(operation.parameters ?? []), ...added];
    }
  const { $schema: _dialect, ...schema } = z.toJSONSchema(errorSchema, { io: 'output' });
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Error: schema as OpenAPIV3_1.SchemaObject },
  };
  return document;
}

type Operation = OpenAPIV3_1.OperationObject & { 'x-prefixed'?: (keyof typeof PREFIXED)[] };

const failure: OpenAPIV3_1.ResponseObject = {
  description: 'What went wrong, with which value, and what to do next',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
};

const LANGUAGE: OpenAPIV3_1.ParameterObject = {
  name: 'lang',
  in: 'query',
  description: 'Language of sentences and messages; before Accept-Language and the workspace’s own',
  schema: { type: 'string', enum: ['pt', 'en'] },
};

const IDEMPOTENCY: OpenAPIV3_1.ParameterObject = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'The same key with the same body is done once and answered alike',
  schema: { type: 'string', maxLength: 200 },
};

const limit = (name: string, description: string): OpenAPIV3_1.ParameterObject => ({
  name,
  in: 'query',
  description,
  schema: { type: 'object', additionalProperties: { type: 'number' } },
});

const PREFIXED: Record<'key' | 'filter' | 'from' | 'to', OpenAPIV3_1.ParameterObject> = {
  key: {
    name: 'key',
    in: 'query',
    description:
      'Key of an entity, each column written key.NAME=value, such as key.store_id=20&key.product_id=7',
    schema: { type: 'object', additionalProperties: { type: 'string' } },
  },
  filter: {
    name: 'filter',
    in: 'query',
    description: 'Narrows a list, each column written filter.NAME=value; a name may come twice',
    schema: {
      type: 'object',
      additionalProperties: { type: 'array', items: { type: 'string' } },
    },
  },
  from: limit('from', 'Rows with this or more of a number, written from.NAME=number'),
  to: limit('to', 'Rows with this or less of a number, written to.NAME=number'),
};

const capital = (word: string): string =>
  word
    .split(/[-.]/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
