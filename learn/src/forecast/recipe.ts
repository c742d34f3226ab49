import { decodeArtifact } from '../artifact.js';
import { auto, loadAuto, type AutoParams } from './choice/auto.js';
import { combination, loadCombination, type Combining } from './choice/combine.js';
import type { Forecaster, ForecastModel, ForecastRecipe } from './forecaster.js';
import { global, loadGlobal, type GlobalParams } from './global/global.js';
import { completeParams, localMethods, namedCombinations } from './kinds.js';
import { loadLocal, local, type LocalOptions } from './local/local.js';

/** The forecaster that a recipe describes; an unknown kind or parameter is an error. */
export function forecasterOf({ kind, params }: ForecastRecipe): Forecaster {
  const complete = completeParams(kind, params);
  if (kind === 'global') return global(complete as unknown as GlobalParams);
  if (kind === 'auto') return auto(complete as unknown as AutoParams, forecasterOf);
  const combined = combinationOf({ kind, params });
  if (combined !== undefined) return combination(combined.members.map(forecasterOf), combined.how);
  return local(methodOf(kind, complete), complete, optionsOf(complete));
}

/** The members of a combination, also of one that has a name; of another recipe undefined. */
export function combinationOf({
  kind,
  params,
}: ForecastRecipe): { members: ForecastRecipe[]; how: Combining } | undefined {
  const complete = completeParams(kind, params);
  const combined = kind === 'combination' ? complete : namedCombinations[kind];
  return (
    combined && {
      members: combined['members'] as ForecastRecipe[],
      how: combined['how'] as Combining,
    }
  );
}

/** The method and limits of a recipe that fits each series by itself. */
export function localOf({ kind, params }: ForecastRecipe) {
  const complete = completeParams(kind, params);
  if (!Object.hasOwn(localMethods, kind))
    throw new RangeError(
      `forecaster ${kind} does not forecast one series by itself; ${Object.keys(localMethods).join(', ')} do`,
    );
  return { method: methodOf(kind, complete), options: optionsOf(complete) };
}

/** A saved forecaster; throws on a stranger's or a damaged file. */
export function loadForecastModel(bytes: Uint8Array): ForecastModel {
  const artifact = decodeArtifact(bytes);
  if (artifact.kind === 'global') return loadGlobal(artifact);
  if (artifact.kind === 'auto') return loadAuto(artifact, loadForecastModel);
  if (artifact.kind === 'combination') return loadCombination(artifact, loadForecastModel);
  if (!Object.hasOwn(localMethods, artifact.kind))
    throw new Error(
      `this file holds a ${artifact.kind}, expected a forecast model: ${Object.keys(localMethods).join(', ')}, combination, global or auto`,
    );
  const recipe = artifact.meta['recipe'] as Record<string, unknown>;
  return loadLocal(artifact, methodOf(artifact.kind, recipe), recipe, optionsOf(recipe));
}

const methodOf = (kind: string, params: Record<string, unknown>) => localMethods[kind]!(params);

const optionsOf = (params: Record<string, unknown>): LocalOptions => ({
  floor: (params['floor'] ?? null) as LocalOptions['floor'],
  ceiling: (params['ceiling'] ?? null) as number | null,
  strict: params['strict'] as boolean,
});
