import type { Question } from './asking.js';

/** What is asked, and the status and code that must come back. */
export interface Refusal {
  what: string;
  ask: Question;
  status: number;
  code: string;
}

const MODELS = '/v1/models';
const bad = (
  what: string,
  method: Question['method'],
  url: string,
  [status, code]: readonly [number, string],
  body?: unknown,
  headers: Record<string, string> = {},
): Refusal => ({
  what,
  ask: { method, url, headers, ...(body !== undefined && { body }) },
  status,
  code,
});

const BAD_REQUEST = [400, 'BAD_REQUEST'] as const;
const BAD_KEY = [400, 'BAD_KEY'] as const;
const BAD_CURSOR = [400, 'BAD_CURSOR'] as const;
const NOT_FOUND = [404, 'NOT_FOUND'] as const;
const UNKNOWN_MODEL = [404, 'UNKNOWN_MODEL'] as const;
const UNKNOWN_KEY = [404, 'UNKNOWN_KEY'] as const;

/** Things of the house that a refusal is about. */
export interface Known {
  house: Record<string, unknown>;
  suggestion: string;
  item: Record<string, string>;
  floor: number;
}

export const refusals = (known: Known): Refusal[] => [
  ...names,
  ...forecasts,
  ...lists,
  ...bodies(known),
  ...predictions(known),
  ...prices(known),
  ...orders,
];

/** Prototype keys are names like any other: nothing is called so. */
const STRANGE = ['__proto__', 'constructor', 'toString', '%2e%2e%2fetc', 'a'.repeat(300)];

const names: Refusal[] = [
  ...STRANGE.flatMap((name) => [
    bad(`a model called ${name}`, 'GET', `${MODELS}/${name}`, UNKNOWN_MODEL),
    bad(`versions of ${name}`, 'GET', `${MODELS}/${name}/versions`, UNKNOWN_MODEL),
    bad(`a forecast of ${name}`, 'GET', `${MODELS}/${name}/forecast`, UNKNOWN_MODEL),
    bad(`a job ${name}`, 'GET', `/v1/jobs/${name}`, NOT_FOUND),
    bad(`a run ${name}`, 'GET', `/v1/runs/${name}`, NOT_FOUND),
    bad(
      `a segment ${name}`,
      'GET',
      `${MODELS}/customer-segments/segments/${name}/members`,
      NOT_FOUND,
    ),
    bad(
      `a comparison with ${name}`,
      'GET',
      `${MODELS}/customer-segments/segments/compare?segment=s1&segment=${name}`,
      NOT_FOUND,
    ),
    bad(`an entity ${name}`, 'GET', `${MODELS}/customer-segments/entities/${name}`, UNKNOWN_KEY),
    bad(
      `decisions about ${name}`,
      'GET',
      `${MODELS}/customer-segments/entities/${name}/decisions`,
      UNKNOWN_KEY,
    ),
  ]),
  bad('an unknown route', 'GET', '/v1/nothing', NOT_FOUND),
  bad('an unknown method', 'DELETE', MODELS, NOT_FOUND),
  bad('cancelling no job', 'DELETE', '/v1/jobs/job_none', NOT_FOUND),
  bad('events of no job', 'GET', '/v1/jobs/job_none/events', NOT_FOUND),
  bad('revoking no key', 'DELETE', '/v1/keys/none', NOT_FOUND),
  bad('a version that is not a number', 'GET', `${MODELS}/house-price/versions/x/artifact`, [
    400,
    'BAD_REQUEST',
  ]),
  bad('an unknown version', 'GET', `${MODELS}/house-price/versions/99/artifact`, [
    404,
    'UNKNOWN_VERSION',
  ]),
  bad(
    'promoting an unknown version',
    'POST',
    `${MODELS}/house-price/promote`,
    [404, 'UNKNOWN_VERSION'],
    { version: 99, reason: 'try' },
  ),
  bad('promoting without a reason', 'POST', `${MODELS}/house-price/promote`, BAD_REQUEST, {
    version: 1,
    reason: '',
  }),
  bad('a version beyond integers', 'POST', `${MODELS}/house-price/promote`, BAD_REQUEST, {
    version: 9_007_199_254_740_991,
    reason: 'try',
  }),
  bad('NUL in an address', 'GET', '/v1/jobs/%00', BAD_REQUEST),
  bad('NUL in a query', 'GET', `${MODELS}/house-price/scores?filter.city=%00`, BAD_REQUEST),
  bad('NUL in a body', 'POST', '/v1/keys', BAD_REQUEST, { name: 'a\u0000b', role: 'viewer' }),
];

const forecast = `${MODELS}/ingredient-price/forecast`;
const forecasts: Refusal[] = [
  bad('a horizon of zero', 'GET', `${forecast}?horizon=0`, BAD_REQUEST),
  bad('a horizon below zero', 'GET', `${forecast}?horizon=-3`, BAD_REQUEST),
  bad('half a step', 'GET', `${forecast}?horizon=1.5`, BAD_REQUEST),
  bad('a horizon in words', 'GET', `${forecast}?horizon=week`, BAD_REQUEST),
  bad('a horizon too long', 'GET', `${forecast}?horizon=500`, [400, 'HORIZON_TOO_LONG']),
  bad('an unknown key', 'GET', `${forecast}?key.restaurant_id=999`, UNKNOWN_KEY),
  bad('a key of another name', 'GET', `${forecast}?key.shop=12`, BAD_KEY),
  bad('a key named as a prototype', 'GET', `${forecast}?key.__proto__=12`, BAD_KEY),
  bad('an unknown level', 'GET', `${forecast}?level=galaxy`, [400, 'UNKNOWN_LEVEL']),
  bad('a level named as a prototype', 'GET', `${forecast}?level=constructor`, [
    400,
    'UNKNOWN_LEVEL',
  ]),
  bad('an unknown filter', 'GET', `${forecast}?filter.moon=full`, BAD_REQUEST),
  bad('a date that does not exist', 'GET', `${forecast}?as_of=2026-02-30`, BAD_REQUEST),
  bad('a date in Brazilian form', 'GET', `${forecast}?as_of=30/06/2026`, BAD_REQUEST),
  bad('a forecast of prices of houses', 'GET', `${MODELS}/house-price/forecast`, [
    400,
    'WRONG_TASK',
  ]),
  bad('a comparison of one', 'GET', `${MODELS}/customer-segments/segments/compare?segment=s1`, [
    422,
    'COMPARED_SEGMENTS',
  ]),
  bad('an unknown column', 'GET', `${MODELS}/customer-segments/segments/s1/members?from.x=1`, [
    422,
    'CONDITION_COLUMN',
  ]),
  bad('no number', 'GET', `${MODELS}/customer-segments/segments/s1/members?to.monetary=x`, [
    422,
    'CONDITION_LIMIT',
  ]),
  bad('segments of a forecast', 'GET', `${MODELS}/ingredient-price/segments`, [400, 'WRONG_TASK']),
  bad('a suggestion of segments', 'GET', `${MODELS}/customer-segments/suggestions`, [
    400,
    'WRONG_TASK',
  ]),
  bad('scores of a forecast', 'GET', `${MODELS}/ingredient-price/scores`, [400, 'WRONG_TASK']),
  bad(
    'a prediction of segments',
    'POST',
    `${MODELS}/customer-segments/predict`,
    [400, 'WRONG_TASK'],
    { rows: [{}] },
  ),
];

const pages = [
  forecast,
  '/v1/jobs',
  '/v1/runs',
  `${MODELS}/dish-price/suggestions`,
  `${MODELS}/house-price/scores`,
];
const lists: Refusal[] = pages.flatMap((url) => [
  bad(`a cursor that is none at ${url}`, 'GET', `${url}?cursor=%27%3Bdrop`, BAD_CURSOR),
  bad(`a limit of zero at ${url}`, 'GET', `${url}?limit=0`, BAD_REQUEST),
  bad(`a limit too large at ${url}`, 'GET', `${url}?limit=100000`, BAD_REQUEST),
  bad(`a limit in words at ${url}`, 'GET', `${url}?limit=all`, BAD_REQUEST),
]);

const bodies = ({ house }: Known): Refusal[] => {
  const predict = `${MODELS}/house-price/predict`;
  return [
    bad('broken JSON', 'POST', predict, BAD_REQUEST, '{"rows": [{]'),
    bad('an empty body', 'POST', predict, BAD_REQUEST, ''),
    bad('a list in place of an object', 'POST', predict, BAD_REQUEST, '[]'),
    bad('null', 'POST', predict, BAD_REQUEST, 'null'),
    bad('text in place of JSON', 'POST', predict, BAD_REQUEST, 'area=120', {
      'content-type': 'text/plain',
    }),
    bad('a form in place of JSON', 'POST', predict, BAD_REQUEST, 'area=120', {
      'content-type': 'application/x-www-form-urlencoded',
    }),
    bad('a prototype in the body', 'POST', predict, BAD_REQUEST, '{"__proto__": {"rows": []}}'),
    bad(
      'a body too large',
      'POST',
      predict,
      [413, 'BODY_TOO_LARGE'],
      JSON.stringify({ rows: [house], pad: 'x'.repeat(9 * 1024 * 1024) }),
    ),
    bad('no body where one is needed', 'POST', '/v1/keys', BAD_REQUEST),
  ];
};

const predictions = ({ house }: Known): Refusal[] => {
  const url = `${MODELS}/house-price/predict`;
  const row = (change: Record<string, unknown>) => ({ rows: [{ ...house, ...change }] });
  const { area: _area, ...withoutArea } = house;
  const NOT_A_NUMBER = [422, 'NOT_A_NUMBER'] as const;
  return [
    bad('no rows', 'POST', url, BAD_REQUEST, { rows: [] }),
    bad('neither rows nor keys', 'POST', url, BAD_REQUEST, {}),
    bad('both rows and keys', 'POST', url, BAD_REQUEST, { rows: [house], keys: [{ a: 'b' }] }),
    bad('too many rows', 'POST', url, [413, 'TOO_MANY_ROWS'], {
      rows: Array.from({ length: 10_001 }, () => house),
    }),
    bad('text in a number', 'POST', url, NOT_A_NUMBER, row({ area: 'large' })),
    bad('a number as text', 'POST', url, NOT_A_NUMBER, row({ area: '120' })),
    bad('a decimal comma', 'POST', url, NOT_A_NUMBER, row({ area: '120,5' })),
    bad('NaN as text', 'POST', url, NOT_A_NUMBER, row({ area: 'NaN' })),
    bad('NaN in JSON', 'POST', url, BAD_REQUEST, '{"rows":[{"area":NaN}]}'),
    bad(
      'beyond numbers',
      'POST',
      url,
      NOT_A_NUMBER,
      `{"rows":[${JSON.stringify(house).replace(/"area":\d+/, '"area":1e999')}]}`,
    ),
    bad('a list in a number', 'POST', url, NOT_A_NUMBER, row({ area: [120] })),
    bad('a missing field', 'POST', url, [422, 'MISSING_FIELD'], { rows: [withoutArea] }),
    bad('an unknown field', 'POST', url, [422, 'UNKNOWN_FIELD'], row({ colour: 'blue' })),
    bad('an unknown category', 'POST', url, [422, 'UNKNOWN_CATEGORY'], row({ city: '9' })),
    bad(
      'a category named as a prototype',
      'POST',
      url,
      [422, 'UNKNOWN_CATEGORY'],
      row({
        city: '__proto__',
      }),
    ),
    bad(
      'a field named as a prototype',
      'POST',
      url,
      [422, 'UNKNOWN_FIELD'],
      row({
        constructor: 1,
      }),
    ),
    bad('a row that is a number', 'POST', url, BAD_REQUEST, { rows: [1] }),
    bad('the mistake in the second row', 'POST', url, NOT_A_NUMBER, {
      rows: [house, { ...house, baths: 'two' }],
    }),
    bad('explain neither true nor false', 'POST', `${url}?explain=maybe`, BAD_REQUEST, {
      rows: [house],
    }),
    bad('an unknown entity', 'POST', `${MODELS}/customer-returns/predict`, UNKNOWN_KEY, {
      keys: [{ customer_id: 'nobody' }],
    }),
  ];
};

const prices = ({ suggestion, item, floor }: Known): Refusal[] => {
  const decision = `${MODELS}/dish-price/suggestions/${suggestion}/decision`;
  const outcomes = `${MODELS}/dish-price/outcomes`;
  const outcome = (change: Record<string, unknown>) => ({
    outcomes: [{ id: 'edge', key: item, price: 30, units: 4, ...change }],
  });
  return [
    bad('a suggestion without a key', 'GET', `${MODELS}/dish-price/suggestion`, BAD_KEY),
    bad('half a key', 'GET', `${MODELS}/dish-price/suggestion?key.restaurant_id=12`, BAD_KEY),
    bad(
      'an unknown item',
      'GET',
      `${MODELS}/dish-price/suggestion?key.restaurant_id=12&key.item_id=999`,
      UNKNOWN_KEY,
    ),
    bad('an edit below the floor', 'POST', decision, [422, 'BELOW_FLOOR'], {
      decision: 'edit',
      price: Math.round(floor * 50) / 100,
    }),
    bad('a price with a comma', 'POST', decision, BAD_REQUEST, {
      decision: 'edit',
      price: '29,90',
    }),
    bad('a price below zero', 'POST', decision, BAD_REQUEST, { decision: 'edit', price: -1 }),
    bad('an edit without a price', 'POST', decision, [400, 'EDIT_WITHOUT_PRICE'], {
      decision: 'edit',
    }),
    bad('a decision of another name', 'POST', decision, BAD_REQUEST, { decision: 'maybe' }),
    bad(
      'a decision on no suggestion',
      'POST',
      `${MODELS}/dish-price/suggestions/none/decision`,
      NOT_FOUND,
      { decision: 'approve' },
    ),
    bad('an outcome of no suggestion', 'POST', outcomes, NOT_FOUND, {
      outcomes: [{ id: 'edge', suggestion: 'none', price: 30, units: 4 }],
    }),
    bad('a quantity below zero', 'POST', outcomes, BAD_REQUEST, outcome({ units: -1 })),
    bad(
      'an outcome priced with a comma',
      'POST',
      outcomes,
      BAD_REQUEST,
      outcome({
        price: '30,00',
      }),
    ),
    bad('a price of zero', 'POST', outcomes, BAD_REQUEST, outcome({ price: 0 })),
    bad('no outcomes', 'POST', outcomes, BAD_REQUEST, { outcomes: [] }),
    bad('an outcome without an item', 'POST', outcomes, BAD_KEY, outcome({ key: undefined })),
    bad(
      'an outcome of an unknown item',
      'POST',
      outcomes,
      UNKNOWN_KEY,
      outcome({
        key: { restaurant_id: '12', item_id: '999' },
      }),
    ),
    bad(
      'an outcome at no moment',
      'POST',
      outcomes,
      [400, 'OUTCOME_MOMENT'],
      outcome({ at: 'yesterday' }),
    ),
    bad('a good outcome beside a bad one', 'POST', outcomes, NOT_FOUND, {
      outcomes: [
        { id: 'good', key: item, price: 30, units: 4 },
        { id: 'bad', suggestion: 'none', price: 30, units: 4 },
      ],
    }),
  ];
};

const orders: Refusal[] = [
  bad('training by an unknown column', 'POST', `${MODELS}/ingredient-price/train`, BAD_KEY, {
    key: { shop: '12' },
  }),
  bad('members of a model that has none', 'POST', `${MODELS}/house-price/train`, BAD_KEY, {
    key: { house_id: '1' },
  }),
  bad('a key that is a list', 'POST', `${MODELS}/ingredient-price/train`, BAD_REQUEST, {
    key: ['12'],
  }),
  bad('training no model', 'POST', `${MODELS}/nothing/train`, UNKNOWN_MODEL, {}),
  bad('a job of an unknown verb', 'POST', '/v1/jobs', BAD_REQUEST, { verb: 'explode' }),
  bad('a key of an unknown role', 'POST', '/v1/keys', BAD_REQUEST, { name: 'x', role: 'king' }),
  bad('a key without a name', 'POST', '/v1/keys', BAD_REQUEST, { name: '', role: 'viewer' }),
  bad('a scope that is text', 'POST', '/v1/keys', BAD_REQUEST, {
    name: 'x',
    role: 'viewer',
    scope: { restaurant_id: '12' },
  }),
  bad('a session without a token', 'POST', '/v1/session', BAD_REQUEST, {}),
  bad('a link that is none', 'POST', '/v1/session', [401, 'LINK_USED'], { token: 'x' }),
];
