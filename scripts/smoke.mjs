// Asks every route of a running server, and runs each example's client: node scripts/smoke.mjs ADDRESS KEY
// The key is an administrator's.
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { say, top } from './common.mjs';
import { questions } from './smoke-questions.mjs';

const { createJiti } = createRequire(join(top, 'system', 'package.json'))('jiti');
const [address, key] = process.argv.slice(2);
if (!address || !key) {
  say('usage: node scripts/smoke.mjs http://localhost:8466 tino_…');
  process.exit(2);
}
const failures = [];

async function ask(method, path, body) {
  const response = await fetch(new URL(path, address), {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
  return { status: response.status, text, json: isJson ? JSON.parse(text) : undefined };
}

async function must(method, path, body) {
  const reply = await ask(method, path, body);
  if (reply.status < 400) return reply.json;
  throw new Error(`${method} ${path} gave ${reply.status}: ${reply.text.slice(0, 300)}`);
}

/** One model of each task, and the things of it that routes are asked about. */
async function findThings() {
  const { items } = await must('GET', '/v1/models');
  const of = (...tasks) => items.find((model) => tasks.includes(model.task) && model.champion);
  const things = {
    any: items[0],
    scored: of('classify', 'regress'),
    family: of('forecast'),
    priced: of('price'),
    grouped: of('segment'),
  };
  for (const [name, model] of Object.entries(things))
    if (model === undefined) throw new Error(`no model in service for ${name}`);
  const at = (model, rest) => must('GET', `/v1/models/${model.name}/${rest}`);
  const [series] = (await at(things.family, 'forecast?limit=1')).members;
  const planned = await plannedOf(items);
  const [suggestion] = (await at(things.priced, 'suggestions?limit=1')).items;
  const [segment, other] = (await at(things.grouped, 'segments')).segments;
  const [member] = (await at(things.grouped, `segments/${segment.id}/members?limit=1`)).items;
  const [run] = (await must('GET', '/v1/runs?limit=1')).items;
  const audience = await must('POST', `/v1/models/${things.grouped.name}/audiences`, {
    name: `of the smoke test ${Date.now()}`,
    rule: { segments: [segment.id] },
  });
  const { job } = await must('POST', '/v1/jobs', { verb: 'check' });
  return { ...things, series, planned, suggestion, segment, other, member, audience, run, job };
}

/** A forecast that knows columns ahead, and one change of them. */
async function plannedOf(models) {
  for (const { name } of models.filter(({ task, champion }) => task === 'forecast' && champion)) {
    const { forecast } = await must('GET', `/v1/models/${name}/forecast`);
    const [known] = forecast.plan;
    if (known) return { name, changes: [{ column: known.column, value: 1 }] };
  }
  throw new Error('no forecast in service knows columns ahead');
}

async function askRoutes() {
  const document = await must('GET', '/openapi.json');
  const methods = new Map();
  for (const item of Object.values(document.paths))
    for (const [method, { operationId }] of Object.entries(item))
      methods.set(operationId, method.toUpperCase());
  const all = questions(await findThings());
  for (const name of methods.keys())
    if (all[name] === undefined) failures.push(`${name}: the smoke script has no question for it`);
  let asked = 0;
  for (const [name, [path, body, right = [200]]] of Object.entries(all)) {
    const method = methods.get(name);
    if (method === undefined) {
      failures.push(`${name}: the server has no such operation`);
      continue;
    }
    const { status, text, json } = await ask(method, path, body);
    asked++;
    if (!right.includes(status))
      failures.push(`${method} ${path} gave ${status}: ${text.slice(0, 200)}`);
    const made = json?.job?.id;
    if (made !== undefined) await ask('DELETE', `/v1/jobs/${made}`);
    if (name === 'postKeys' && json?.key) await ask('DELETE', `/v1/keys/${json.key.id}`);
  }
  for (const path of ['/docs', '/openapi.json']) {
    const { status } = await ask('GET', path);
    asked++;
    if (status !== 200) failures.push(`GET ${path} gave ${status}`);
  }
  return asked;
}

async function runClients() {
  const examples = join(top, 'examples');
  const jiti = createJiti(import.meta.url);
  const { connect } = await jiti.import(join(examples, 'client.ts'));
  let ran = 0;
  for (const name of readdirSync(examples)) {
    const file = join(examples, name, 'client.ts');
    if (!existsSync(file)) continue;
    for (const language of ['pt', 'en'])
      try {
        const { default: client } = await jiti.import(file);
        const answer = await client(connect({ address, key, language }));
        if (answer === undefined) throw new Error('it answered nothing');
        ran++;
      } catch (error) {
        failures.push(`examples/${name}/client.ts (${language}): ${error.message}`);
      }
  }
  return ran;
}

const work = async (what, run) => {
  try {
    say(`${what}: ${await run()}`);
  } catch (error) {
    failures.push(`${what}: ${error.message}`);
  }
};
await work('routes asked', askRoutes);
await work('clients run', runClients);
for (const failure of failures) say(`✗ ${failure}`);
if (failures.length === 0) say('every route and client answered as it should');
process.exit(failures.length === 0 ? 0 : 1);
