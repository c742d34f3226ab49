import { TinoError } from '../contract/error.js';
import type { LoadedModel, Workspace } from './types.js';

export function getModel(workspace: Workspace, name: string): LoadedModel {
  const model = Object.hasOwn(workspace.models, name) ? workspace.models[name] : undefined;
  if (model === undefined)
    throw new TinoError('UNKNOWN_MODEL', {
      model: name,
      known: Object.keys(workspace.models).join(', '),
    });
  return model;
}
