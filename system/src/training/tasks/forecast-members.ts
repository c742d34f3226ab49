import { forecastKinds, type Backtest, type Rng } from '@tino/learn';
import { TinoError } from '../../contract/index.js';
import type { ForecastDeclaration } from '../../workspace/types.js';
import type { TrainingContext } from '../task.js';
import { choose, familyTest, optionsOf } from './forecast-choose.js';
import { readSeries, type SeriesData } from './forecast-data.js';
import { evidenceOf } from './forecast-evidence.js';
import { takeSeries } from './forecast-family.js';
import { sha256 } from './forecast-fingerprint.js';
import { sanity, type FamilyTraining } from './forecast-finish.js';
import { fitMembers } from './forecast-fit.js';
import { matches } from './forecast-keys.js';
import { testOf, unpackFamily, type FamilyMeta } from './forecast-package.js';
import { emptyBacktest, type Origin } from './forecast-rolling.js';
import { fittedOf, judge, recipesOf, type Tried } from './forecast-search.js';
import { cutoffAfter } from './forecast-steps.js';
import { tryRecipes } from './forecast-try.js';

/**
 * Fits and chooses again only the members that match a key, on the windows that the family was judged on, so
 * that one family has one set of windows. The global model and all other members stay as they are.
 */
export async function retrainMembers(
  context: TrainingContext,
  key: Record<string, string>,
  now: SeriesData,
  rng: Rng,
): Promise<FamilyTraining> {
  const { house, model, champion, effects } = context;
  const declaration = model.declaration as ForecastDeclaration;
  if (champion === undefined) throw new TinoError('NO_CHAMPION', { model: model.name });
  const { meta, sections } = champion.package;
  const before = meta.detail['family'] as FamilyMeta;
  const rows = now.keys.flatMap((own, i) => (matches(own, key) ? [i] : []));
  if (rows.length === 0)
    throw new TinoError('UNKNOWN_KEY', { model: model.name, key: JSON.stringify(key) });
  if (meta.declarationHash !== model.hash)
    throw new TinoError('BAD_REQUEST', {
      path: 'key',
      detail: `the declaration changed after version ${champion.version}; train the whole model first`,
    });
  const origins = await originsOf(context, before);
  const fitted = fittedOf(origins);
  const family = await unpackFamily({ meta: before, sections }, (hash) =>
    house.artifacts.get(hash),
  );
  const tried = await tryOwn(before, { now, rows, origins, declaration }, context, rng);
  const options = optionsOf(tried.own);
  const mine = takeData(now, rows);
  const members = await fitMembers(choose(options, declaration, fitted), mine, sha256, {
    ...effects,
    rng: rng.fork('members'),
  });
  const own = new Set(members.map((member) => member.key));
  const kept = before.members.filter((member) => !own.has(member.key));
  const stored = testOf(before, sections);
  const test = merged(now.set.keys, familyTest(options, declaration, fitted), stored);
  const all = [...kept, ...members];
  return {
    now,
    cutoff: now.cutoff,
    origins,
    fitted,
    tried: tried.own,
    members: all.map((member) => ({ model: null, bytes: null, ...member })),
    family: {
      ...family,
      members: all,
      locals: new Map([
        ...family.locals,
        ...members.flatMap(({ hash, model: fit }) => (hash && fit ? [[hash, fit] as const] : [])),
      ]),
      test,
    },
    globalRecipe: before.globalRecipe,
    recipe: meta.recipe,
    evidence: evidenceOf(
      declaration,
      {
        challenger: test,
        champion: merged(now.set.keys, stored, stored),
        baseline: tried.baseline,
      },
      { fitted, sameRecipe: true, checks: sanity(declaration, test), rng: null },
    ),
    timings: {},
  };
}

/** Local recipes on the members alone; the global one and the baseline as the whole family sees them. */
async function tryOwn(
  before: FamilyMeta,
  {
    now,
    rows,
    origins,
    declaration,
  }: {
    now: SeriesData;
    rows: readonly number[];
    origins: readonly Origin[];
    declaration: ForecastDeclaration;
  },
  { effects }: TrainingContext,
  rng: Rng,
): Promise<{ own: Tried[]; baseline: Backtest }> {
  const whole = await tryRecipes(
    recipesOf({ ...declaration, candidates: [] }).concat(before.globalRecipe ?? []),
    { now, origins, declaration },
    { ...effects, rng },
  );
  const locals = recipesOf(declaration).filter(
    ({ kind }, i) => i > 0 && forecastKinds[kind]?.scope === 'local',
  );
  const keys = new Set(rows.map((row) => now.set.keys[row]!));
  const mine = takeData(now, rows);
  const alone = await tryRecipes(
    locals,
    { now: mine, origins: origins.map((origin) => onlyKeys(origin, keys)), declaration },
    { ...effects, rng },
  );
  const fitted = fittedOf(origins);
  const cut = whole.map((one) => {
    if (one.test === null) return one;
    const test = merged(mine.set.keys, one.test, one.test);
    return { ...one, test, ...judge(test, declaration, fitted) };
  });
  return { own: [...cut, ...alone], baseline: whole[0]!.test! };
}

/** The windows of the family, read again as they were known then. */
async function originsOf(
  { house, model }: TrainingContext,
  { test }: FamilyMeta,
): Promise<Origin[]> {
  const { step } = model.declaration as ForecastDeclaration;
  const origins: Origin[] = [];
  for (const [o, index] of test.origins.entries())
    origins.push({
      step: index,
      fits: test.fits[o]!,
      data: await readSeries(house, model, cutoffAfter(index, step)),
    });
  return origins;
}

function takeData(data: SeriesData, rows: readonly number[]): SeriesData {
  return {
    ...data,
    set: takeSeries(data.set, rows),
    keys: rows.map((row) => data.keys[row]!),
    attributes: rows.map((row) => data.attributes[row]!),
    cold: rows.map((row) => data.cold[row]!),
  };
}

const onlyKeys = (origin: Origin, keys: ReadonlySet<string>): Origin => ({
  ...origin,
  data: takeData(
    origin.data,
    origin.data.set.keys.flatMap((key, i) => (keys.has(key) ? [i] : [])),
  ),
});

/** Rows of `first` where it has the key, else of `second`; unknown in both where neither has it. */
function merged(keys: readonly string[], first: Backtest, second: Backtest): Backtest {
  const out = emptyBacktest(keys, [...first.origins], first.horizon);
  const fill = (from: Backtest, key: string, k: number): boolean => {
    const row = from.keys.indexOf(key);
    if (row < 0) return false;
    for (const name of ['actual', 'predicted', 'current', 'scales'] as const) {
      const width = out[name].length / keys.length;
      out[name].set(from[name].subarray(row * width, (row + 1) * width), k * width);
    }
    return true;
  };
  keys.forEach((key, k) => fill(first, key, k) || fill(second, key, k));
  return out;
}
