// The engine as a package of its own: one file of code a door, types beside. node scripts/pack-learn.mjs [FOLDER]
// Three hundred small modules read well and load slowly; whoever installs the package gets them bundled.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesUnder, say, top } from './common.mjs';

const { buildSync } = createRequire(join(top, 'web', 'package.json'))('esbuild');

/** Writes the package into `folder` and answers its size in bytes; `learn` is compiled already. */
export function packLearn(folder) {
  const dist = join(top, 'learn', 'dist');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { metafile } = buildSync({
    entryPoints: {
      index: join(dist, 'src', 'index.js'),
      node: join(dist, 'host', 'node.js'),
      'node-worker': join(dist, 'host', 'node-worker.js'),
      browser: join(dist, 'host', 'browser.js'),
      'browser-worker': join(dist, 'host', 'browser-worker.js'),
    },
    outdir: folder,
    bundle: true,
    splitting: true,
    minifySyntax: true,
    minifyWhitespace: true,
    format: 'esm',
    platform: 'neutral',
    external: ['node:*'],
    target: 'node20',
    metafile: true,
    logLevel: 'error',
  });
  for (const file of filesUnder(dist, (path) => path.endsWith('.d.ts')))
    if (!relative(dist, file).startsWith('test'))
      cpSync(file, join(folder, 'types', relative(dist, file)));
  const {
    private: _,
    exports: __,
    ...named
  } = JSON.parse(readFileSync(join(top, 'learn', 'package.json'), 'utf8'));
  const manifest = {
    ...named,
    exports: {
      '.': { types: './types/src/index.d.ts', default: './index.js' },
      './node': { types: './types/host/node.d.ts', default: './node.js' },
      './browser': { types: './types/host/browser.d.ts', default: './browser.js' },
    },
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  cpSync(join(top, 'LICENSE'), join(folder, 'LICENSE'));
  return Object.values(metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? join(dirname(top), 'tino-learn');
  const bytes = packLearn(folder);
  say(`${folder}: ${Math.round(bytes / 1000)} kB of code; npm publish ${folder}`);
}
