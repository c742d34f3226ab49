import type {
  EntityAnswer,
  ForecastAnswer,
  Language,
  Prediction,
  SegmentsAnswer,
  Suggestion,
} from './contract/index.js';
import { jsonLines } from './cli/options.js';
import { privacyKeyFile } from './cli/privacy.js';
import { requireModel, requireTask } from './serving/catalog.js';
import { openServing, type ServingContext } from './serving/context.js';
import { entity } from './serving/entity/answer.js';
import { forecast } from './serving/forecast/forecast.js';
import { predict } from './serving/predict.js';
import { suggest } from './serving/price/price.js';
import { segments } from './serving/segment/segments.js';
import { openHouse } from './verbs/house.js';

type Key = Record<string, string>;

/** A model of an open workspace. Each call answers as the route of its name does. */
export interface LibraryModel {
  /** Rows of features (null for unknown) of a classify or regress model. */
  predict(row: Record<string, unknown>, options?: { explain?: boolean }): Promise<Prediction>;
  /** One member by its whole key, or a level with what it adds up to. */
  forecast(asked?: {
    key?: Key;
    level?: string;
    horizon?: number;
    asOf?: string;
  }): Promise<ForecastAnswer>;
  suggest(key: Key): Promise<Suggestion>;
  segments(): Promise<SegmentsAnswer>;
  entity(key: string): Promise<EntityAnswer>;
}

export interface Library {
  models: Record<string, LibraryModel>;
  close(): Promise<void>;
}

/**
 * Opens a workspace inside this process, as the server would: its folder is locked until `close()`.
 * @throws TinoError WORKSPACE_LOCKED when a server has it open; use its API then
 */
export async function openLibrary(
  folder: string,
  { language }: { language?: Language } = {},
): Promise<Library> {
  const { house, close } = await openHouse({
    folder,
    now: () => new Date(),
    log: jsonLines((line) => process.stderr.write(line), false),
    privacyKeyFile: (workspace) => privacyKeyFile(process.env, workspace),
  });
  const serving = await openServing(house);
  const spoken = language ?? house.workspace.language;
  return {
    models: Object.fromEntries(
      Object.keys(house.workspace.models).map((name) => [name, modelOf(serving, name, spoken)]),
    ),
    async close() {
      await serving.close();
      await close();
    },
  };
}

function modelOf(serving: ServingContext, name: string, language: Language): LibraryModel {
  const scope = {};
  return {
    async predict(row, { explain = false } = {}) {
      const model = requireTask(serving, name, ['classify', 'regress'], scope);
      const { predictions } = await predict(
        serving,
        model,
        { rows: [row] },
        { explain, language, role: 'admin', by: 'library', scope },
      );
      return predictions[0]!;
    },
    forecast: async (asked = {}) =>
      forecast(serving, requireTask(serving, name, ['forecast'], scope), {
        ...asked,
        limit: 1000,
        filters: {},
        language,
        scope,
      }),
    suggest: async (key) =>
      suggest(serving, requireTask(serving, name, ['price'], scope), { key, language, scope }),
    segments: async () =>
      segments(serving, requireTask(serving, name, ['segment'], scope), {
        language,
        role: 'admin',
      }),
    entity: async (key) =>
      entity(serving, requireModel(serving, name, scope), key, {
        language,
        by: 'library',
        role: 'admin',
        scope,
      }),
  };
}
