import { join, resolve } from 'node:path';
import { TinoError, TinoErrors } from '../contract/error.js';
import { readModels } from './models.js';
import { openModules } from './modules.js';
import { readParts, readRoot } from './parts.js';
import type { LoadedModel, Workspace } from './types.js';

/**
 * Reads a workspace folder: its declarations, those of the folders it includes, their SQL.
 * Everything wrong is collected into one `TinoErrors`.
 */
export async function loadWorkspace(folder: string): Promise<Workspace> {
  const root = resolve(folder);
  const stateFolder = join(root, '.tino');
  const modules = openModules(root, join(stateFolder, 'cache', 'declarations'));
  const declaration = await readRoot(root, modules);
  const { currency = 'BRL' } = declaration;
  const problems: TinoError[] = [];
  const parts = await readParts(root, declaration, modules, problems);
  const models: Record<string, LoadedModel> = {};
  for (const part of parts) {
    for (const model of await readModels(part, root, modules, problems)) {
      const first = models[model.name];
      if (first) {
        const { name } = model;
        const params = { name, first: first.file, second: model.file };
        problems.push(new TinoError('DUPLICATE_MODEL', params, { where: model.file }));
      } else models[model.name] = inCurrency(model, currency);
    }
  }
  if (problems.length > 0) throw new TinoErrors(problems);
  const used = parts.filter(({ part }) => part.name !== '' || !isEmpty(part) || parts.length === 1);
  return {
    name: declaration.name,
    title: declaration.title ?? { pt: declaration.name, en: declaration.name },
    folder: root,
    stateFolder,
    zone: declaration.zone ?? 'America/Sao_Paulo',
    keep: { replaced: { days: 30 }, scorings: { days: 365 }, ...declaration.keep },
    language: declaration.language ?? 'pt',
    currency,
    parts: Object.fromEntries(used.map(({ part }) => [part.name, part])),
    models,
  };
}

function inCurrency(model: LoadedModel, currency: string): LoadedModel {
  const { declaration } = model;
  return { ...model, declaration: { ...declaration, page: { ...declaration.page, currency } } };
}

const isEmpty = (part: { sources: object; views: object }) =>
  Object.keys(part.sources).length === 0 && Object.keys(part.views).length === 0;
