import { TinoError, TinoErrors } from '../contract/error.js';
import { both, part, step } from './effects.js';
import type { House, VerbEffects } from '../ports/house.js';
import { build } from './build.js';
import { check } from './check.js';
import { readSetting, writeSetting } from './settings.js';
import { score } from './score.js';
import { train } from './train.js';

/** What each model's training came to, for a table. */
export type Prepared = Record<'model' | 'state' | 'version' | 'champion', string | number | null>;

/**
 * Brings a workspace from tables to served models: sources, leak proof, views, training, scores. What has
 * not changed since the last time is not done again; one model that fails does not stop the others.
 */
export async function prepare(house: House, effects: VerbEffects): Promise<Prepared[]> {
  const models = Object.values(house.workspace.models);
  const { sources } = await build(house, {}, part(effects, 0, 0.3));
  const changed = sources.some(({ status }) => status !== 'unchanged');
  const declared = models.map(({ hash }) => hash).join();
  if (!changed && (await readSetting(house.state, 'prepared')) === declared) return [];
  const problems = await check(house, part(effects, 0.3, 0.4));
  if (problems.length > 0) throw new TinoErrors(problems);
  const rows: Prepared[] = [];
  let failed = false;
  for (const [i, { name }] of models.entries()) {
    const share = part(
      effects,
      0.4 + (0.6 * i) / models.length,
      0.4 + (0.6 * (i + 1)) / models.length,
    );
    share.progress({ done: 0, message: both(name) });
    try {
      const report = await train(house, { model: name }, part(share, 0, 0.8));
      await score(house, { model: name }, part(share, 0.8, 1));
      rows.push({
        model: name,
        state: report.state,
        version: report.version ?? null,
        champion: report.champion ?? null,
      });
    } catch (error) {
      if (!(error instanceof TinoError)) throw error;
      failed = true;
      house.log.error('training failed', { model: name, code: error.code, message: error.message });
      rows.push({ model: name, state: error.message, version: null, champion: null });
    }
  }
  if (!failed) await writeSetting(house.state, 'prepared', declared);
  effects.progress(step(1, 'Pronto', 'Ready'));
  return rows;
}
