// Writes the types of the typed client from the API's own description: node scripts/generate-client.mjs
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install, must, say, top } from './common.mjs';

install();
const tsc = join(top, 'node_modules', 'typescript', 'bin', 'tsc');
must(process.execPath, [tsc, '-b', 'system/test']);
const of = (path) => import(join(top, 'system', 'dist', path));
const [{ openHouse }, { openServing }, { openQueue }, { buildServer }, { clientTypes }] =
  await Promise.all(
    [
      'src/verbs/house.js',
      'src/serving/context.js',
      'src/jobs/queue.js',
      'src/server/app.js',
      'test/server/client-types.js',
    ].map(of),
  );

// The description does not depend on the workspace, so an empty one will do.
const folder = mkdtempSync(join(tmpdir(), 'tino-client-'));
writeFileSync(join(folder, 'tino.config.ts'), "export default { name: 'empty' };\n");
const log = { info() {}, warn() {}, error() {} };
const { house, close } = await openHouse({
  folder,
  now: () => new Date(),
  log,
  privacyKeyFile: () => join(folder, 'key'),
});
const serving = await openServing(house);
const app = await buildServer({ house, serving, queue: openQueue(house.state), version: '' });
await app.ready();
const file = join(top, 'system', 'src', 'client', 'generated', 'openapi.ts');
writeFileSync(file, await clientTypes(app.swagger()));
await app.close();
await serving.close();
await close();
rmSync(folder, { recursive: true });
say(`wrote ${file}`);
