// Many scored customers out of a few.
import { houseOf } from './house.mjs';

/**
 * The scored customers again and again under new keys from `first` on, until there are `members` of them. Amounts and
 * averages differ from one to the next, as among real ones; counts and days repeat, as they do.
 */
export async function enlarge(folder, models, { members, first }) {
  const { inSession } = await import('../system/dist/src/features/parallel.js');
  const { commitTables, currentTable, tableFolder } =
    await import('../system/dist/src/sources/tables.js');
  const { erasuresSoFar } = await import('../system/dist/src/sources/fence.js');
  const { house, close } = await houseOf(folder);
  const more = async (model) => {
    const { at: _, ...table } = await currentTable(house, 'scores', model);
    const times = Math.ceil(members / table.rows);
    const from = `read_parquet('${table.files[0]}')`;
    const written = await inSession(house, async (session) => {
      const row = 'row_number() OVER ()';
      const own = (await fractional(session, from, [...table.manifest.features, 'tino_value'])).map(
        (name) => `"${name}" * (1 + 1e-7 * ${row}) AS "${name}"`,
      );
      const key = `CAST(${first} + ${row} - 1 AS VARCHAR) AS customer_id`;
      return session.write(
        `SELECT * REPLACE (${[key, ...own].join(', ')})
         FROM ${from}, range(${times}) LIMIT ${members}`,
        tableFolder(house, 'scores'),
        { name: `enlarged-${model}` },
      );
    });
    await commitTables(house, await erasuresSoFar(house.state), [
      { ...table, snapshot: `enlarged-${model}`, files: written.files, rows: members },
    ]);
  };
  try {
    for (const model of models) await more(model);
  } finally {
    await close();
  }
}

/** Numbers that are not all whole. */
async function fractional(session, from, names) {
  const numbers = (await session.describe(`SELECT * FROM ${from}`))
    .filter(({ name, type }) => names.includes(name) && type === 'number')
    .map(({ name }) => name);
  const found = await session.all(
    `SELECT ${numbers.map((name) => `bool_or("${name}" <> round("${name}")) AS "${name}"`).join(', ')}
     FROM ${from}`,
  );
  return numbers.filter((name) => found[0][name] === true);
}
