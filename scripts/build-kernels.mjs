// learn/assembly/*.ts → learn/src/kernel/generated/*.ts: each module twice, for shared memory (threads)
// and for a memory of one thread, in base64. The result is committed: who installs Tino compiles nothing.
import { readdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { main } from 'assemblyscript/asc';
import { top } from './common.mjs';

const from = join(top, 'learn', 'assembly');
export const generatedFolder = join(top, 'learn', 'src', 'kernel', 'generated');
// 65536 pages are the 4 GB that an address of 32 bits reaches; the first page is the control block.
const options =
  '-O3 --noAssert --runtime stub --importMemory --maximumMemory 65536 --memoryBase 4096 ' +
  '--enable simd --enable threads --enable bulk-memory';

/** The text of every generated file by its name. */
export async function buildKernels() {
  const files = readdirSync(from).filter((file) => file.endsWith('.ts'));
  const built = [];
  for (const file of files.toSorted())
    built.push({
      name: file,
      text:
        `// Compiled from learn/assembly/${file} by scripts/build-kernels.mjs; not edited by hand.\n` +
        `export const shared =\n  '${await compile(file, '--sharedMemory')}';\n` +
        `export const alone =\n  '${await compile(file)}';\n`,
    });
  return built;
}

/** One module in base64. */
async function compile(file, ...more) {
  const out = `${basename(file, '.ts')}.wasm`;
  let bytes;
  const { error, stderr } = await main(
    [file, '--baseDir', from, ...options.split(' '), ...more, '--outFile', out],
    {
      readFile: (name, base) => readFile(join(base, name), 'utf8').catch(() => null),
      writeFile: (name, content) => {
        if (name === out) bytes = content;
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`learn/assembly/${file} does not compile:\n${stderr.toString()}`);
  return Buffer.from(bytes).toString('base64');
}

if (process.argv[1] === import.meta.filename)
  for (const { name, text } of await buildKernels())
    writeFileSync(join(generatedFolder, name), text);
