// npm run bench [-- question …]: answers each question of bench/ and writes bench/results and bench/README.md.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildAll, install, needNode, say, top } from './common.mjs';

needNode();
install();
buildAll();
const { machine } = await import('../bench/harness.mjs');
const folder = join(top, 'bench');
const results = join(folder, 'results');
mkdirSync(results, { recursive: true });
const questions = readdirSync(join(folder, 'questions'))
  .filter((name) => name.endsWith('.mjs'))
  .map((name) => name.slice(0, -4));
const wanted = process.argv.slice(2);
for (const name of questions.filter((each) => wanted.length === 0 || wanted.includes(each))) {
  const question = await import(pathToFileURL(join(folder, 'questions', `${name}.mjs`)).href);
  say(`${name}: ${question.asks}`);
  const rows = await question.answer({ small: false });
  for (const { what, value, unit } of rows) say(`  ${what}: ${value} ${unit}`);
  writeFileSync(
    join(results, `${name}.json`),
    `${JSON.stringify({ machine: machine(), date: new Date().toISOString().slice(0, 10), rows }, null, 2)}\n`,
  );
}
writeFileSync(join(folder, 'README.md'), await page());

async function page() {
  const parts = [
    '# Measurements',
    '',
    '`npm run bench` measures and writes this page; each number is of the run named under its title. *must* and *aim* are what was promised before it was measured.',
  ];
  for (const name of questions) {
    const { asks } = await import(pathToFileURL(join(folder, 'questions', `${name}.mjs`)).href);
    const result = read(join(results, `${name}.json`));
    parts.push('', `## ${name}`, '', asks);
    if (result === undefined) {
      parts.push('', 'Not measured yet.');
      continue;
    }
    parts.push(
      '',
      `${result.date}, ${result.machine}`,
      '',
      '| what | value | unit | must | aim | beside | its value |',
      '|---|--:|---|--:|--:|---|--:|',
    );
    for (const { what, value, unit, must, aim, peer, peerValue } of result.rows)
      parts.push(
        `| ${what} | ${value} | ${unit} | ${limit(must)} | ${limit(aim)} | ${peer ?? ''} | ${peerValue ?? ''} |`,
      );
  }
  return `${parts.join('\n')}\n`;
}

function limit(value) {
  return value === null ? '' : Array.isArray(value) ? `${value[0]} to ${value[1]}` : String(value);
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
