import type { Role } from '../../src/contract/index.js';
import { askAs, get, type Question } from './asking.js';
import { IN, OUT, type Mall } from './house.js';

export interface Case {
  /** As registered. */
  route: string;
  /** What is asked of it; the method is the route's. */
  url: string;
  body?: unknown;
  least: Role | 'public';
  /** Status for those who may. */
  ok: number;
  /** For a key that sees restaurant IN, and for one that sees OUT only; absent: as the others. */
  in?: number;
  out?: number;
  /** Of the whole workspace: absent for a scope before its role is looked at. */
  wide?: true;
}

const MODELS = '/v1/models';
const MODEL = `${MODELS}/:model`;
const dish = { restaurant_id: IN, item_id: '7' };
const place = `key.restaurant_id=${IN}&key.item_id=7`;
/** A dish whose price may move: 7 is held out. */
const movable = `key.restaurant_id=${IN}&key.item_id=9`;

/** Routes of the whole workspace: a caller with a scope is told that they do not exist. */
const wide = (route: string, least: Role, url: string, ok: number, body?: unknown): Case => ({
  route,
  url,
  least,
  ok,
  wide: true,
  ...(body !== undefined && { body }),
});
const open = (route: string, url: string, ok = 200): Case => ({
  route: `GET ${route}`,
  url,
  least: 'public',
  ok,
});

/** Things that exist before the questions begin: a job that has ended, a suggestion, a segment. */
export async function prepareCases(mall: Mall): Promise<Case[]> {
  const { job } = (
    await askAs(mall, 'admin', 'all', { method: 'POST', url: `${MODELS}/house-price/train` })
  ).json;
  await mall.queue.cancel(job.id);
  const { id: suggestion } = (await get(mall, `${MODELS}/dish-price/suggestion?${movable}`)).json;
  const runs = (await get(mall, '/v1/runs?model=house-price')).json.items;
  const { segments } = (await get(mall, `${MODELS}/customer-segments/segments`)).json;
  const members = `${MODELS}/customer-segments/segments/${segments[0].id}/members`;
  const [customer] = (await get(mall, members)).json.items;
  const audiences = `${MODELS}/customer-segments/audiences`;
  await askAs(mall, 'admin', 'all', {
    method: 'POST',
    url: audiences,
    body: { name: 'of the matrix', rule: { segments: [segments[0].id] } },
  });
  const [saved] = (await get(mall, audiences)).json.items;
  const jobs = `/v1/jobs/${job.id}`;
  return [
    ...publicCases,
    ...modelCases,
    ...predictionCases(suggestion, members, customer.key.customer_id),
    ...audienceCases(audiences, saved.id, customer.key.customer_id),
    wide('POST /v1/jobs', 'admin', '/v1/jobs', 202, { verb: 'check' }),
    { route: 'GET /v1/jobs', url: '/v1/jobs', least: 'analyst', ok: 200 },
    { route: 'GET /v1/jobs/:id', url: jobs, least: 'analyst', ok: 200, in: 404, out: 404 },
    { route: 'DELETE /v1/jobs/:id', url: jobs, least: 'analyst', ok: 409, in: 404, out: 404 },
    {
      route: 'GET /v1/jobs/:id/log',
      url: `${jobs}/log`,
      least: 'analyst',
      ok: 200,
      in: 404,
      out: 404,
    },
    {
      route: 'GET /v1/jobs/:id/events',
      url: `${jobs}/events`,
      least: 'analyst',
      ok: 200,
      in: 404,
      out: 404,
    },
    wide('GET /v1/runs', 'analyst', '/v1/runs', 200),
    wide('GET /v1/runs/:id', 'analyst', `/v1/runs/${runs[0].id}`, 200),
    wide('GET /v1/sources', 'analyst', '/v1/sources', 200),
    wide('GET /v1/alerts', 'viewer', '/v1/alerts', 200),
    wide('GET /v1/insights', 'viewer', '/v1/insights', 200),
    wide('GET /v1/insights/:insight/members', 'analyst', '/v1/insights/none/members', 404),
    { route: 'GET /v1/today', url: '/v1/today', least: 'viewer', ok: 200 },
    { route: 'GET /v1/session', url: '/v1/session', least: 'viewer', ok: 200 },
    { route: 'DELETE /v1/session', url: '/v1/session', least: 'viewer', ok: 204 },
    wide('GET /v1/keys', 'admin', '/v1/keys', 200),
    wide('POST /v1/keys', 'admin', '/v1/keys', 201, { name: 'matrix', role: 'viewer' }),
    wide('POST /v1/keys/link', 'admin', '/v1/keys/link', 201, { role: 'viewer' }),
    wide('GET /v1/erasures', 'admin', '/v1/erasures', 200),
    wide('GET /v1/look-ups', 'admin', '/v1/look-ups', 200),
    wide('GET /v1/decisions', 'analyst', '/v1/decisions', 200),
    wide('GET /v1/reviews', 'approver', '/v1/reviews', 200),
    wide('POST /v1/reviews/:review/resolve', 'approver', '/v1/reviews/none/resolve', 404, {
      state: 'kept',
      note: 'looked at',
    }),
    wide('POST /v1/erasures', 'admin', '/v1/erasures', 404, { entity: 'nobody', key: '1' }),
    wide('DELETE /v1/keys/:id', 'admin', '/v1/keys/key_of_nobody', 404),
  ];
}

const publicCases: Case[] = [
  open('/v1/health', '/v1/health'),
  open('/v1/ready', '/v1/ready'),
  open('/metrics', '/metrics'),
  open('/openapi.json', '/openapi.json'),
  open('/docs', '/docs'),
  open('/assets/*', '/assets/main.js'),
  ...['/', '/enter', '/models', '/runs', '/jobs', '/data', '/alerts', '/insights'].map((url) =>
    open(url, url),
  ),
  ...['/m/*', '/models/*', '/runs/*', '/jobs/*', '/data/*'].map((url) =>
    open(url, url.replace('*', 'any')),
  ),
  {
    route: 'POST /v1/session',
    url: '/v1/session',
    body: { token: 'not a link' },
    least: 'public',
    ok: 401,
  },
];

const modelCases: Case[] = [
  { route: `GET ${MODELS}`, url: MODELS, least: 'viewer', ok: 200 },
  { route: `GET ${MODEL}`, url: `${MODELS}/dish-price`, least: 'viewer', ok: 200 },
  {
    route: `GET ${MODEL}`,
    url: `${MODELS}/house-price`,
    least: 'viewer',
    ok: 200,
    in: 404,
    out: 404,
  },
  {
    route: `GET ${MODEL}/versions`,
    url: `${MODELS}/dish-price/versions`,
    least: 'viewer',
    ok: 200,
  },
  { route: `GET ${MODEL}/history`, url: `${MODELS}/dish-price/history`, least: 'viewer', ok: 200 },
  wide(
    `GET ${MODEL}/versions/:version/artifact`,
    'analyst',
    `${MODELS}/dish-price/versions/1/artifact`,
    200,
  ),
  wide(`POST ${MODEL}/promote`, 'admin', `${MODELS}/house-price/promote`, 200, {
    version: 1,
    reason: 'matrix',
  }),
  wide(`POST ${MODEL}/rollback`, 'admin', `${MODELS}/dish-price/rollback`, 409, {
    reason: 'matrix',
  }),
  {
    route: `POST ${MODEL}/train`,
    url: `${MODELS}/ingredient-price/train`,
    body: { key: { restaurant_id: IN } },
    least: 'analyst',
    ok: 202,
    out: 404,
  },
  {
    route: `POST ${MODEL}/train`,
    url: `${MODELS}/ingredient-price/train`,
    body: {},
    least: 'analyst',
    ok: 202,
    in: 404,
    out: 404,
  },
  wide(`POST ${MODEL}/score`, 'analyst', `${MODELS}/dish-price/score`, 202),
];

const predictionCases = (suggestion: string, members: string, customer: string): Case[] => [
  {
    route: `POST ${MODEL}/predict`,
    url: `${MODELS}/customer-returns/predict`,
    body: { keys: [{ customer_id: customer }] },
    least: 'viewer',
    ok: 200,
    in: 404,
    out: 404,
  },
  {
    route: `GET ${MODEL}/scores`,
    url: `${MODELS}/customer-returns/scores`,
    least: 'viewer',
    ok: 200,
    in: 404,
    out: 404,
  },
  {
    route: `GET ${MODEL}/forecast`,
    url: `${MODELS}/ingredient-price/forecast?${place}`,
    least: 'viewer',
    ok: 200,
    out: 404,
  },
  {
    route: `GET ${MODEL}/forecast`,
    url: `${MODELS}/ingredient-price/forecast?key.restaurant_id=${OUT}`,
    least: 'viewer',
    ok: 200,
    in: 404,
  },
  {
    route: `GET ${MODEL}/forecast`,
    url: `${MODELS}/ingredient-price/forecast`,
    least: 'viewer',
    ok: 200,
  },
  // Prices of ingredients have no plan: who may ask is told so, who may not learns nothing.
  {
    route: `POST ${MODEL}/forecast/what-if`,
    url: `${MODELS}/ingredient-price/forecast/what-if`,
    body: { key: dish, changes: [{ column: 'promotion', value: 1 }] },
    least: 'viewer',
    ok: 422,
    out: 404,
  },
  {
    route: `GET ${MODEL}/suggestion`,
    url: `${MODELS}/dish-price/suggestion?${place}`,
    least: 'viewer',
    ok: 200,
    out: 404,
  },
  {
    route: `GET ${MODEL}/suggestion/history`,
    url: `${MODELS}/dish-price/suggestion/history?${place}`,
    least: 'viewer',
    ok: 200,
    out: 404,
  },
  {
    route: `GET ${MODEL}/suggestions`,
    url: `${MODELS}/dish-price/suggestions`,
    least: 'viewer',
    ok: 200,
  },
  {
    route: `GET ${MODEL}/evaluation`,
    url: `${MODELS}/dish-price/evaluation`,
    least: 'viewer',
    ok: 200,
  },
  {
    // An edit without its price is refused only after the suggestion was found: nothing changes.
    route: `POST ${MODEL}/suggestions/:id/decision`,
    url: `${MODELS}/dish-price/suggestions/${suggestion}/decision`,
    body: { decision: 'edit' },
    least: 'approver',
    ok: 400,
    out: 404,
  },
  {
    route: `POST ${MODEL}/outcomes`,
    url: `${MODELS}/dish-price/outcomes`,
    body: { outcomes: [{ id: 'matrix', key: dish, price: 30, units: 5 }] },
    least: 'analyst',
    ok: 200,
    out: 404,
  },
  {
    route: `GET ${MODEL}/segments`,
    url: `${MODELS}/customer-segments/segments`,
    least: 'viewer',
    ok: 200,
    in: 404,
    out: 404,
  },
  {
    route: `GET ${MODEL}/segments/compare`,
    url: members.replace(/([^/]+)\/members$/, 'compare?segment=$1&segment=s2'),
    least: 'analyst',
    ok: 200,
    in: 404,
    out: 404,
  },
  {
    route: `GET ${MODEL}/segments/:segment/members`,
    url: members,
    least: 'analyst',
    ok: 200,
    in: 404,
    out: 404,
  },
  {
    route: `GET ${MODEL}/entities/:key`,
    url: `${MODELS}/customer-segments/entities/${customer}`,
    least: 'viewer',
    ok: 200,
    in: 404,
    out: 404,
  },
  {
    route: `GET ${MODEL}/entities/:key/decisions`,
    url: `${MODELS}/customer-segments/entities/${customer}/decisions`,
    least: 'viewer',
    ok: 200,
    in: 404,
    out: 404,
  },
];

const audienceCases = (audiences: string, id: string, customer: string): Case[] => {
  const mine = { least: 'analyst', in: 404, out: 404 } as const;
  return [
    { route: `GET ${MODEL}/audiences`, url: audiences, ok: 200, ...mine },
    {
      // The same name again: whoever may is told so, and nothing changes.
      route: `POST ${MODEL}/audiences`,
      url: audiences,
      body: { name: 'of the matrix', rule: { top: 3 } },
      ok: 409,
      ...mine,
    },
    {
      route: `GET ${MODEL}/audiences/:audience/members`,
      url: `${audiences}/${id}/members`,
      ok: 200,
      ...mine,
    },
    {
      route: `DELETE ${MODEL}/audiences/:audience`,
      url: `${audiences}/audience_of_nobody`,
      ok: 404,
      ...mine,
    },
    {
      route: 'POST /v1/reviews',
      url: '/v1/reviews',
      body: { model: 'customer-returns', key: customer, reason: 'I always pay' },
      least: 'viewer',
      ok: 201,
      in: 404,
      out: 404,
    },
  ];
};

export const questionOf = ({ route, url, body }: Case): Question => ({
  method: route.split(' ')[0] as Question['method'],
  url,
  ...(body !== undefined && { body }),
});
