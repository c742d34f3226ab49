import { loadModel, toLightGbm, toOnnx, toSql, type Model } from '@tino/learn';
import type { VersionAnswer } from '../contract/models.js';
import { TinoError } from '../contract/error.js';
import type { ArtifactStore } from '../store/artifacts.js';
import type { ExportFormat } from './export-formats.js';
import { unpackVersion } from '../training/package.js';

const writers: Record<ExportFormat, (model: Model, table: string) => Uint8Array> = {
  lightgbm: (model: Model) => Buffer.from(toLightGbm(model)),
  onnx: (model: Model) => Buffer.from(toOnnx(model)),
  sql: (model: Model, table: string) => Buffer.from(toSql(model, { dialect: 'duckdb', table })),
  postgresql: (model: Model, table: string) =>
    Buffer.from(toSql(model, { dialect: 'postgresql', table })),
};

/** A version's model as a file of `format`; NOT_EXPORTABLE when that format cannot say it. */
export async function exportVersion(
  artifacts: Pick<ArtifactStore, 'get'>,
  { model, version, hash }: Pick<VersionAnswer, 'model' | 'version' | 'hash'>,
  format: ExportFormat,
): Promise<Uint8Array> {
  const { sections } = unpackVersion(await artifacts.get(hash));
  try {
    if (!sections['model']) throw new TypeError('its task keeps no table model');
    return writers[format](loadModel(sections['model']), model);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new TinoError('NOT_EXPORTABLE', { model, version, format, why });
  }
}
