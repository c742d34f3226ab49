import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = process.env.TINO_WEB_OUT ?? join(here, 'dist/public');
const assets = join(out, 'assets');
const font = createRequire(import.meta.url).resolve(
  '@fontsource-variable/archivo/files/archivo-latin-wght-normal.woff2',
);

mkdirSync(assets, { recursive: true });
const old = readdirSync(assets);
const fontName = `archivo-${hashOf(readFileSync(font))}.woff2`;
copyFileSync(font, join(assets, fontName));

const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: ['src/main.tsx', 'src/style/index.css'],
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  outdir: assets,
  bundle: true,
  splitting: true,
  minify: true,
  sourcemap: false,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  metafile: true,
  external: ['/assets/*'],
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'none',
  plugins: [{ name: 'font', setup: nameTheFont }],
});

const made = Object.entries(metafile.outputs);
const find = (entry) => basename(made.find(([, { entryPoint }]) => entryPoint === entry)[0]);
const chunks = made
  .find(([, { entryPoint }]) => entryPoint === 'src/main.tsx')[1]
  .imports.filter(({ kind }) => kind === 'import-statement')
  .map(({ path }) => basename(path));
const page = readFileSync(join(here, 'src/page.html'), 'utf8')
  .replaceAll('{style}', find('src/style/index.css'))
  .replaceAll('{script}', find('src/main.tsx'))
  .replaceAll('{font}', fontName)
  .replace(
    '<!--chunks-->',
    chunks.map((chunk) => `<link rel="modulepreload" href="/assets/${chunk}" />`).join(''),
  );
writeFileSync(join(out, 'index.html'), page);

const kept = new Set([fontName, ...made.map(([path]) => basename(path))]);
for (const file of old) if (!kept.has(file)) rmSync(join(assets, file));

function hashOf(bytes) {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 8);
}

/** The style names the font by a mark, because its address carries a hash. */
function nameTheFont(bundler) {
  bundler.onLoad({ filter: /font\.css$/ }, ({ path }) => ({
    contents: readFileSync(path, 'utf8').replace('{font}', `/assets/${fontName}`),
    loader: 'css',
  }));
}
