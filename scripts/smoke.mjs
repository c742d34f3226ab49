// Asks every route of a running server, and runs each example's client: node scripts/smoke.mjs ADDRESS KEY
// The key is an administrator's. What would change a decision is asked of things that do not exist.
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { say, top } from './common.mjs';

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
  const [suggestion] = (await at(things.priced, 'suggestions?limit=1')).items;
  const [segment] = (await at(things.grouped, 'segments')).segments;
  const [member] = (await at(things.grouped, `segments/${segment.id}/members?limit=1`)).items;
  const [run] = (await must('GET', '/v1/runs?limit=1')).items;
  const audience = await must('POST', `/v1/models/${things.grouped.name}/audiences`, {
    name: `of the smoke test ${Date.now()}`,
    rule: { segments: [segment.id] },
  });
  const { job } = await must('POST', '/v1/jobs', { verb: 'check' });
  return { ...things, series, suggestion, segment, member, audience, run, job };
}

const keyQuery = (entity) =>
  new URLSearchParams(Object.entries(entity).map(([name, value]) => [`key.${name}`, value]));
const typicalRow = ({ features }) =>
  Object.fromEntries(features.map(({ name, typical }) => [name, typical]));

/** Lists of people, and what the law asks of a system that decides about them. */
const aboutPeople = (t) => ({
  getModelsAudiences: [`/v1/models/${t.grouped.name}/audiences`],
  postModelsAudiences: [
    `/v1/models/${t.grouped.name}/audiences`,
    { name: `smoke ${Date.now()}`, rule: { top: 5 } },
    [201],
  ],
  getModelsAudiencesMembers: [
    `/v1/models/${t.grouped.name}/audiences/${t.audience.id}/members?format=parquet`,
  ],
  deleteModelsAudiencesByAudience: [
    `/v1/models/${t.grouped.name}/audiences/${t.audience.id}`,
    undefined,
    [204],
  ],
  getErasures: ['/v1/erasures'],
  postErasures: ['/v1/erasures', { entity: 'smoke', key: '1' }, [404]],
  getLookUps: ['/v1/look-ups'],
  getDecisions: ['/v1/decisions'],
  getReviews: ['/v1/reviews?state=open'],
  postReviews: [
    '/v1/reviews',
    { model: t.grouped.name, key: Object.values(t.member.key).join(','), reason: 'smoke' },
    [201],
  ],
  postReviewsResolve: ['/v1/reviews/smoke/resolve', { state: 'kept', note: 'smoke' }, [404]],
});

/** How each operation is asked: path, body, and the statuses that are right. */
const questions = (t) => ({
  getHealth: ['/v1/health'],
  getReady: ['/v1/ready', undefined, [200, 503]],
  getMetrics: ['/metrics'],
  postSession: ['/v1/session', { token: 'smoke' }, [401]],
  getSession: ['/v1/session'],
  deleteSession: ['/v1/session', undefined, [204]],
  getKeys: ['/v1/keys'],
  postKeys: ['/v1/keys', { name: 'smoke', role: 'viewer' }, [201]],
  postKeysLink: ['/v1/keys/link', { role: 'viewer' }, [201]],
  deleteKeysById: ['/v1/keys/smoke', undefined, [404]],
  getModels: ['/v1/models'],
  getModelsByModel: [`/v1/models/${t.any.name}`],
  getModelsVersions: [`/v1/models/${t.scored.name}/versions`],
  getModelsHistory: [`/v1/models/${t.scored.name}/history`],
  getModelsVersionsArtifact: [`/v1/models/${t.scored.name}/versions/${t.scored.champion}/artifact`],
  postModelsPromote: [
    `/v1/models/${t.any.name}/promote`,
    { version: 2_000_000_000, reason: 'smoke' },
    [404],
  ],
  postModelsRollback: ['/v1/models/smoke/rollback', { reason: 'smoke' }, [404]],
  postModelsPredict: [
    `/v1/models/${t.scored.name}/predict?explain=true`,
    { rows: [typicalRow(t.scored)] },
  ],
  getModelsScores: [`/v1/models/${t.scored.name}/scores`],
  getModelsForecast: [`/v1/models/${t.family.name}/forecast?${keyQuery(t.series.key)}`],
  getModelsSuggestion: [`/v1/models/${t.priced.name}/suggestion?${keyQuery(t.suggestion.key)}`],
  getModelsSuggestionHistory: [
    `/v1/models/${t.priced.name}/suggestion/history?${keyQuery(t.suggestion.key)}`,
  ],
  getModelsSuggestions: [`/v1/models/${t.priced.name}/suggestions`],
  getModelsEvaluation: [`/v1/models/${t.priced.name}/evaluation`],
  postModelsSuggestionsDecision: [
    `/v1/models/${t.priced.name}/suggestions/smoke/decision`,
    { decision: 'refuse' },
    [404],
  ],
  postModelsOutcomes: [
    `/v1/models/${t.priced.name}/outcomes`,
    { outcomes: [{ id: 'smoke', suggestion: 'smoke', price: 1, units: 1 }] },
    [404],
  ],
  getModelsSegments: [`/v1/models/${t.grouped.name}/segments`],
  getModelsSegmentsMembers: [
    `/v1/models/${t.grouped.name}/segments/${t.segment.id}/members?format=csv`,
  ],
  getModelsEntitiesByKey: [
    `/v1/models/${t.grouped.name}/entities/${encodeURIComponent(Object.values(t.member.key).join('|'))}`,
  ],
  postModelsTrain: [`/v1/models/${t.any.name}/train`, {}, [202]],
  postModelsScore: [`/v1/models/${t.any.name}/score`, {}, [202]],
  getJobs: ['/v1/jobs'],
  postJobs: ['/v1/jobs', { verb: 'check' }, [202]],
  getJobsById: [`/v1/jobs/${t.job.id}`],
  getJobsLog: [`/v1/jobs/${t.job.id}/log`],
  // Before its events are asked, which end with the job.
  deleteJobsById: [`/v1/jobs/${t.job.id}`, undefined, [200, 409]],
  getJobsEvents: [`/v1/jobs/${t.job.id}/events`],
  getRuns: ['/v1/runs'],
  getRunsById: [`/v1/runs/${t.run.id}`],
  ...aboutPeople(t),
  getSources: ['/v1/sources'],
  getToday: ['/v1/today'],
  getAlerts: ['/v1/alerts'],
  getInsights: ['/v1/insights'],
  getInsightsMembers: ['/v1/insights/none/members', undefined, [404]],
});

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
