import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript';

/** The generated file of the typed client, whole. */
export async function clientTypes(document: unknown): Promise<string> {
  const types = await openapiTypescript(structuredClone(document) as OpenAPI3, {
    alphabetize: true,
  });
  return `// Made by scripts/generate-client.mjs from the API's description; not edited by hand.\n${astToString(types)}`;
}
