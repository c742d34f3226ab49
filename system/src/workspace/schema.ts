import { rfmNames } from '@tino/learn';
import { z } from 'zod';
import { roleSchema } from '../contract/common.js';

const wordsSchema = z.strictObject({ pt: z.string().min(1), en: z.string().min(1) });
const nounSchema = z.strictObject({
  pt: z.tuple([z.string(), z.string()]),
  en: z.tuple([z.string(), z.string()]),
});
const name = z.string().min(1);
const columnName = z.string().min(1).max(200);
const localDate = z.iso.date();
const spanSchema = z.strictObject({ days: z.number().int().positive().max(3660) });
const zoneSchema = z.string().refine(isZone, 'a time zone such as America/Sao_Paulo');
const path = z.string().min(1);
const scalar = z.union([z.string(), z.number(), z.boolean()]);

// ── sources ──
const columnSchema = z.strictObject({
  type: z.enum([
    'text',
    'category',
    'integer',
    'number',
    'money',
    'unitPrice',
    'quantity',
    'boolean',
    'date',
    'timestamp',
  ]),
  from: z.string().optional(),
  required: z.boolean().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  values: z.array(z.string()).min(1).optional(),
  knownAt: columnName.optional(),
  personal: z.boolean().optional(),
});
const formatSchema = z.strictObject({
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  encoding: z.enum(['utf-8', 'latin-1', 'windows-1252']).optional(),
  decimal: z.enum(['.', ',']).optional(),
  dates: z.enum(['iso', 'dd/mm/yyyy', 'mm/dd/yyyy']).optional(),
});
const sourceSchema = z.strictObject({
  files: z.array(path).min(1),
  format: formatSchema.optional(),
  zone: zoneSchema.optional(),
  key: z.array(columnName),
  columns: z.record(columnName, columnSchema),
  eventTime: columnName.optional(),
  knownAt: columnName.optional(),
  timeOf: z.strictObject({ source: columnName, on: z.array(columnName).min(1) }).optional(),
  freshWithin: spanSchema.optional(),
  rejectsMax: z.number().min(0).max(1).optional(),
});

// ── insights ──
const told = {
  title: wordsSchema,
  noun: nounSchema,
  action: z.union([wordsSchema, z.object({ gain: wordsSchema, loss: wordsSchema })]).optional(),
  labels: z.record(columnName, wordsSchema).optional(),
};
const looking = { ...told, sql: path, period: spanSchema, unit: columnName };
const insightSchema = z.discriminatedUnion('look', [
  z.strictObject({ ...looking, look: z.literal('total') }),
  z.strictObject({
    ...looking,
    look: z.literal('rate'),
    event: wordsSchema,
    rows: nounSchema,
    moneyEach: z.number(),
  }),
  z.strictObject({
    ...looking,
    look: z.literal('pairs'),
    basketsMin: z.number().int().min(5),
  }),
  z.strictObject({
    ...looking,
    look: z.literal('cohorts'),
    cohorts: z.number().int().min(2).max(120),
  }),
  z.strictObject({ ...told, look: z.literal('moves'), model: name }),
]);

export const workspaceSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and -'),
  title: wordsSchema.optional(),
  zone: zoneSchema.optional(),
  language: z.enum(['pt', 'en']).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'three letters such as BRL')
    .optional(),
  include: z.array(path).optional(),
  keep: z
    .strictObject({
      replaced: spanSchema.optional(),
      // Who moved is told of against a scoring of a month before.
      scorings: spanSchema.refine(({ days }) => days >= 62, '62 days or more').optional(),
    })
    .optional(),
  sources: z
    .record(z.string().regex(/^[a-z_][a-z0-9_]*$/i, 'a name that SQL can write'), sourceSchema)
    .optional(),
  entities: z
    .record(name, z.strictObject({ key: z.array(columnName).min(1), noun: nounSchema.optional() }))
    .optional(),
  insights: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and -'),
      insightSchema,
    )
    .optional(),
});

// ── models ──
const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM');
const rhythmSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('every'), minutes: z.number().positive() }),
  z.strictObject({ kind: z.literal('hourly'), minute: z.number().int().min(0).max(59) }),
  z.strictObject({ kind: z.literal('daily'), at: localTime }),
  z.strictObject({
    kind: z.literal('weekly'),
    weekday: z.number().int().min(1).max(7),
    at: localTime,
  }),
  z.strictObject({
    kind: z.literal('monthly'),
    day: z.number().int().min(1).max(28),
    at: localTime,
  }),
]);
const pageSchema = z.strictObject({
  title: wordsSchema,
  tab: wordsSchema.optional(),
  noun: nounSchema,
  positive: wordsSchema.optional(),
  unit: z.enum(['money', 'probability', 'quantity', 'number', 'unitPrice']),
  worse: z.enum(['low', 'high', 'none']).optional(),
  money: z.string().optional(),
  filters: z.array(z.string()).optional(),
  columns: z.array(z.string()).optional(),
  units: z.record(z.string(), z.enum(['money', 'share', 'number'])).optional(),
  action: z.string().optional(),
  phrases: z
    .record(z.string(), z.union([wordsSchema, z.record(z.string(), wordsSchema)]))
    .optional(),
  labels: z.record(z.string(), wordsSchema).optional(),
  names: z
    .record(
      z.string(),
      z.strictObject({ high: wordsSchema.optional(), low: wordsSchema.optional() }),
    )
    .optional(),
});
const base = {
  entity: name,
  schedule: z
    .strictObject({
      build: rhythmSchema.optional(),
      train: rhythmSchema.optional(),
      score: rhythmSchema.optional(),
    })
    .optional(),
  page: pageSchema,
  allowPersonal: z.array(columnName).optional(),
  showPersonal: z.partialRecord(roleSchema, z.array(columnName)).optional(),
  seed: z.number().int().optional(),
};
const candidateSchema = z.strictObject({
  kind: name,
  get params() {
    return z.record(
      z.string(),
      z.union([
        scalar,
        z.array(scalar),
        z.array(z.array(z.string())),
        z.record(z.string(), z.number()),
        z.array(candidateSchema),
      ]),
    );
  },
  grid: z.record(z.string(), z.array(scalar).min(1)),
});
const candidates = z.array(candidateSchema).min(1);
const gate = z.strictObject({ minGain: z.number().min(0), margin: z.number().min(0).optional() });
const folds = z.number().int().min(2).max(20);
const spineSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('calendar'), sql: path }),
  z.strictObject({
    kind: z.literal('event'),
    sql: path,
    source: name,
    at: columnName,
    with: z.record(name, z.array(columnName).min(1)),
  }),
  z.strictObject({ kind: z.literal('rows'), source: name }),
]);
const tabular = {
  ...base,
  spine: spineSchema,
  cutoffs: z
    .strictObject({
      every: z.enum(['day', 'week', 'month']),
      from: localDate,
      to: localDate.optional(),
    })
    .optional(),
  features: z.array(name),
  ignore: z.array(columnName).optional(),
};

const RFM_EDGES_MAX = 9;
const edges = z
  .array(z.number())
  .min(1)
  .max(RFM_EDGES_MAX)
  .superRefine((list, { addIssue }) =>
    list.forEach((edge, at) => {
      if (at > 0 && edge <= list[at - 1]!)
        addIssue({
          code: 'custom',
          path: [at],
          message: `a number above ${list[at - 1]}, the cut point before it: groups do not overlap`,
        });
    }),
  );
const rfmGroups = z
  .number()
  .int()
  .min(2)
  .max(RFM_EDGES_MAX + 1);
const rfmEdges = z.strictObject({ recencyDays: edges, frequency: edges, monetary: edges });
const rfmRules = z.strictObject({
  kind: z.literal('rfm'),
  columns: z.strictObject({
    recencyDays: columnName,
    frequency: columnName,
    monetary: columnName,
  }),
  // Not a union, whose error would not say which cut point is wrong.
  cuts: z.unknown().superRefine((value, { addIssue }) => {
    const found = (typeof value === 'number' ? rfmGroups : rfmEdges).safeParse(value);
    for (const { path: at, message } of found.error?.issues ?? [])
      addIssue({ code: 'custom', path: at, message });
  }),
  names: z.partialRecord(z.enum(rfmNames), wordsSchema),
});

export const modelSchema = z.discriminatedUnion('task', [
  z.strictObject({
    ...tabular,
    task: z.literal('classify'),
    label: path,
    horizon: spanSchema,
    candidates,
    metric: z.enum(['rocAuc', 'prAuc', 'logLoss', 'brier']),
    gate,
    folds,
    calibrate: z.enum(['platt', 'isotonic', 'none']),
  }),
  z.strictObject({
    ...tabular,
    task: z.literal('regress'),
    label: z.union([path, z.strictObject({ column: columnName })]),
    horizon: spanSchema.optional(),
    candidates,
    metric: z.enum(['rmse', 'mae', 'wape', 'rmsle', 'r2']),
    target: z.enum(['identity', 'log']).optional(),
    gate,
    folds,
    floor: z.number().optional(),
    ceiling: z.number().optional(),
  }),
  z.strictObject({
    ...tabular,
    task: z.literal('segment'),
    rules: rfmRules.optional(),
    clusters: z.strictObject({ min: z.number().int().min(2), max: z.number().int().max(50) }),
    shapeless: z.enum(['refuse', 'cut']),
    money: z.string().optional(),
    membersMin: z.number().int().min(1),
  }),
  z.strictObject({
    ...base,
    task: z.literal('forecast'),
    series: path,
    key: z.array(columnName).min(1),
    step: z.enum(['hour', 'day', 'week', 'month', 'quarter', 'year']),
    weekStarts: z
      .enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'])
      .optional(),
    how: z.enum(['sum', 'mean', 'last']),
    horizon: z.number().int().positive().max(1000),
    statics: path.optional(),
    known: path.optional(),
    past: path.optional(),
    calendar: z.array(columnName).optional(),
    leadingZeros: z.enum(['keep', 'missing']).optional(),
    duplicates: z.enum(['keep', 'drop']).optional(),
    levels: z.record(z.string(), z.array(columnName)),
    reconcile: z.enum(['bottomUp', 'ols', 'structural', 'wls', 'mint']).optional(),
    candidates,
    minutesMax: z.number().positive().optional(),
    origins: z.number().int().min(1).max(52),
    metric: z.enum(['wape', 'mase', 'rmsse', 'smape']),
    gate,
    intervals: z.array(z.number().gt(0).lt(1)),
    coverageSlack: z.number().min(0).lt(1).optional(),
    deadBand: z
      .strictObject({ kind: z.enum(['percent', 'money']), value: z.number().positive() })
      .optional(),
    floor: z.number().optional(),
  }),
  z.strictObject({
    ...base,
    task: z.literal('price'),
    key: z.array(columnName).min(1),
    sales: path,
    items: path,
    materials: z.strictObject({ model: z.string().min(1), recipes: path }).optional(),
    objective: z.enum(['margin', 'revenue', 'units']),
    guardrails: z
      .array(
        z.discriminatedUnion('rule', [
          z.strictObject({ rule: z.literal('minimumMargin'), percent: z.number().min(0).lt(100) }),
          z.strictObject({ rule: z.literal('maximumChange'), percent: z.number().positive() }),
          z.strictObject({
            rule: z.literal('band'),
            low: z.number().positive(),
            high: z.number().positive(),
          }),
          z.strictObject({
            rule: z.literal('ending'),
            cents: z.array(z.number().int().min(0).max(99)).min(1),
          }),
        ]),
      )
      .superRefine(noContradiction),
    relations: z
      .array(
        z.strictObject({
          within: z.array(columnName).min(1),
          by: columnName,
          ratio: z.number().positive(),
          gap: z.number().min(0),
        }),
      )
      .optional(),
    changesMax: z.number().int().positive().optional(),
    crossEffects: z.boolean().optional(),
    exclude: z
      .array(
        z.discriminatedUnion('exclude', [
          z.strictObject({ exclude: z.literal('new'), days: z.number().int().positive() }),
          z.strictObject({
            exclude: z.literal('attribute'),
            name: columnName,
            values: z.array(z.union([z.string(), z.number(), z.boolean()])).min(1),
          }),
        ]),
      )
      .optional(),
    demand: z.enum(['automatic', 'regression', 'orthogonal']).optional(),
    exploration: z.discriminatedUnion('policy', [
      z.strictObject({
        policy: z.literal('thompson'),
        arms: z.number().int().min(2).max(101),
        width: z.number().gt(0).lt(1),
      }),
      z.strictObject({ policy: z.literal('none') }),
    ]),
    cycle: spanSchema,
    approval: z.discriminatedUnion('mode', [
      z.strictObject({ mode: z.enum(['manual', 'shadow']) }),
      z.strictObject({
        mode: z.literal('automatic'),
        maximumPercent: z.number().positive(),
        maximumMoney: z.number().positive(),
        band: z
          .strictObject({ low: z.number().min(0), high: z.number().positive() })
          .refine(({ low, high }) => low < high, 'low is not under high')
          .optional(),
        changesPerDay: z.number().int().min(0).optional(),
      }),
    ]),
    holdOut: z.union([
      z.number().min(0).lt(1),
      z.strictObject({ hold: z.literal('groups'), by: columnName, share: z.number().gt(0).lt(1) }),
      z.strictObject({
        hold: z.literal('cycles'),
        by: columnName.optional(),
        // Fewer than one cycle in twenty would take years to measure anything.
        share: z.number().min(0.05).max(0.95),
      }),
    ]),
  }),
]);

/** Bands that leave no price between them, whatever the item. */
function noContradiction(
  rules: readonly ({ rule: 'band'; low: number; high: number } | { rule: string })[],
  context: z.core.$RefinementCtx,
): void {
  const bands = rules.flatMap((rule) => ('low' in rule ? [rule] : []));
  for (const a of bands)
    for (const b of bands)
      if (a.low > b.high)
        context.addIssue({
          code: 'custom',
          message: `band ${a.low} to ${a.high} and band ${b.low} to ${b.high} leave no price between them`,
        });
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
