import { seesModel, type Scope } from '../access/principal.js';
import { addDays, wallClock } from '../calendar/dates.js';
import { TinoError } from '../contract/error.js';
import type { ModelAnswer } from '../contract/models.js';
import type { Words } from '../contract/words.js';
import { sourcesOf } from '../features/index.js';
import { aliasOf, championOf } from '../registry/index.js';
import type { LoadedModel, Task } from '../workspace/types.js';
import type { ServingContext } from './context.js';
import { provenanceOf } from './provenance.js';
import { servedBy } from './served.js';

/** A model with the names of its entity's key, as the API asks for them. */
export type ServedModel = LoadedModel & { key: string[] };

export function keyOfModel({ house }: Pick<ServingContext, 'house'>, model: LoadedModel): string[] {
  const { declaration } = model;
  if ('key' in declaration) return declaration.key;
  return house.workspace.parts[model.part]!.entities[declaration.entity]?.key ?? [];
}

/** The model, or the 404 of one that does not exist when the scope does not reach it. */
export function requireModel(context: ServingContext, name: string, scope: Scope): ServedModel {
  const { models } = context.house.workspace;
  const model = Object.hasOwn(models, name) ? models[name] : undefined;
  const key = model ? keyOfModel(context, model) : [];
  if (model === undefined || !seesModel(scope, key)) {
    const visible = Object.values(models).filter((one) =>
      seesModel(scope, keyOfModel(context, one)),
    );
    const known = visible.map((one) => one.name).join(', ') || '∅';
    throw new TinoError('UNKNOWN_MODEL', { model: name, known });
  }
  return { ...model, key };
}

const ROUTES: Record<Task, string> = {
  classify: 'predict',
  regress: 'predict',
  segment: 'segments',
  forecast: 'forecast',
  price: 'suggestions',
};

export function requireTask(
  context: ServingContext,
  name: string,
  tasks: readonly Task[],
  scope: Scope,
): ServedModel {
  const model = requireModel(context, name, scope);
  const { task } = model.declaration;
  if (!tasks.includes(task))
    throw new TinoError('WRONG_TASK', {
      model: name,
      task,
      expected: tasks.join(', '),
      route: `/v1/models/${name}/${ROUTES[task]}`,
    });
  return model;
}

export const describeModels = (context: ServingContext, scope: Scope): Promise<ModelAnswer[]> =>
  Promise.all(
    Object.values(context.house.workspace.models)
      .filter((model) => seesModel(scope, keyOfModel(context, model)))
      .map((model) => describeModel(context, model)),
  );

export async function describeModel(
  context: ServingContext,
  model: LoadedModel,
): Promise<ModelAnswer> {
  const { house } = context;
  const { declaration, name } = model;
  const champion = await championOf(house, name);
  const standing = champion && (await standingOf(context, model));
  const { phrases: _phrases, names: _names, currency: _currency, ...page } = declaration.page;
  return {
    name,
    task: declaration.task,
    entity: declaration.entity,
    key: keyOfModel(context, model),
    levels: declaration.task === 'forecast' ? Object.keys(declaration.levels) : [],
    horizon: horizonOf(model),
    step: declaration.task === 'forecast' ? declaration.step : null,
    currency: house.workspace.currency,
    page: page as ModelAnswer['page'],
    state: standing === undefined ? 'untrained' : stateOf(context, model, standing.dataUntil),
    champion: champion?.version ?? null,
    challenger: (await aliasOf(house.state, name, 'challenger')) ?? null,
    provenance: standing?.provenance ?? null,
    features: withoutPersons(declaration.allowPersonal ?? [], standing?.features ?? []),
    missing: standing === undefined ? missingWords(model) : [],
  };
}

/** Levels of a personal column are pseudonyms: a description of the model tells none. */
const withoutPersons = (personal: readonly string[], features: ModelAnswer['features']) =>
  features.map((feature) =>
    personal.includes(feature.name)
      ? { name: feature.name, type: feature.type, typical: null, phrase: feature.phrase }
      : feature,
  );

const horizonOf = ({ declaration }: LoadedModel): number | null =>
  !('horizon' in declaration) || declaration.horizon === undefined
    ? null
    : typeof declaration.horizon === 'number'
      ? declaration.horizon
      : declaration.horizon.days;

interface Standing {
  provenance: ModelAnswer['provenance'];
  features: ModelAnswer['features'];
  dataUntil: string | null;
}

/** Tabular models say which rung answers now; families and prices are opened by their own rooms. */
async function standingOf(
  { house, predictors }: ServingContext,
  { name, declaration }: LoadedModel,
): Promise<Standing> {
  const tabular = declaration.task !== 'forecast' && declaration.task !== 'price';
  const served = tabular ? await predictors.of(name) : await servedBy(house, name);
  return {
    provenance: provenanceOf(served),
    features: served.package.meta.signature,
    dataUntil: served.package.meta.dataUntil,
  };
}

/** Stale when the newest data are older than the freshest promise of the sources it reads. */
function stateOf(
  { house }: ServingContext,
  model: LoadedModel,
  dataUntil: string | null,
): ModelAnswer['state'] {
  if (dataUntil === null) return 'serving';
  const promises = sourcesOf(model, house.workspace.parts[model.part]!).flatMap(
    ({ freshWithin }) => freshWithin?.days ?? [],
  );
  if (promises.length === 0) return 'serving';
  const today = wallClock(house.now(), house.workspace.zone).slice(0, 10);
  return addDays(dataUntil, Math.min(...promises)) < today ? 'stale' : 'serving';
}

/** What a model still lacks to answer. */
const missingWords = ({ name }: LoadedModel): Words[] => [
  { pt: `falta treinar ${name}: tino train ${name}`, en: `train ${name}: tino train ${name}` },
];

/** What is missing before every model answers; empty when ready. */
export async function missingForService({ house }: ServingContext): Promise<Words[]> {
  const rows = await house.state.query<{ model: string }>(
    `SELECT model FROM aliases WHERE alias = 'champion'`,
  );
  const served = new Set(rows.map(({ model }) => model));
  return Object.values(house.workspace.models)
    .filter(({ name }) => !served.has(name))
    .flatMap(missingWords);
}
