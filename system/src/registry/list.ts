import type { VersionAnswer } from '../contract/models.js';
import type { House } from '../ports/house.js';

interface Row extends Omit<
  VersionAnswer,
  'createdAt' | 'bytes' | 'importance' | 'dependence' | 'members'
> {
  createdAt: Date;
  meta: {
    bytes: number;
    importance: VersionAnswer['importance'];
    /** Absent in versions of before it was kept. */
    dependence?: VersionAnswer['dependence'];
  };
  global: number;
  local: number;
}

/** Versions of a model as the API shows them, newest first. */
export async function listVersions(
  { state, workspace }: Pick<House, 'state' | 'workspace'>,
  model: string,
): Promise<VersionAnswer[]> {
  // Values of a personal column are pseudonyms: a description of a version tells none.
  const personal = new Set(workspace.models[model]?.declaration.allowPersonal);
  const rows = await state.query<Row>(
    `SELECT v.model, v.version, v.run, v.hash, v.created_at AS "createdAt", v.data_until AS "dataUntil",
       v.recipe, v.metrics, v.signature, v.meta,
       coalesce((SELECT jsonb_agg(a.alias ORDER BY a.alias) FROM aliases a
         WHERE a.model = v.model AND a.version = v.version), '[]'::jsonb) AS aliases,
       (SELECT count(*)::int FROM members m
         WHERE m.model = v.model AND m.version = v.version AND m.kind = 'global') AS global,
       (SELECT count(*)::int FROM members m
         WHERE m.model = v.model AND m.version = v.version AND m.kind = 'local') AS local
     FROM versions v WHERE v.model = $1 ORDER BY v.version DESC`,
    [model],
  );
  return rows.map(({ meta, global, local, createdAt, ...row }) => ({
    ...row,
    createdAt: createdAt.toISOString(),
    bytes: meta.bytes,
    importance: meta.importance,
    dependence: (meta.dependence ?? []).filter(({ column }) => !personal.has(column)),
    members: global + local > 0 ? { global, local } : null,
  }));
}
