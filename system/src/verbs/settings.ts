import type { Queryable } from '../store/state.js';

export async function readSetting(state: Queryable, name: string): Promise<unknown> {
  const [row] = await state.query<{ value: unknown }>(
    'select value from settings where name = $1',
    [name],
  );
  return row?.value;
}

export async function writeSetting(state: Queryable, name: string, value: unknown): Promise<void> {
  await state.query(
    'insert into settings (name, value) values ($1, $2::jsonb) on conflict (name) do update set value = excluded.value',
    [name, JSON.stringify(value)],
  );
}
