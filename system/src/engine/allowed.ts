const CLOCK = 'which reads the clock; use a column of the spine';
const CHANCE = 'which is random; features must be the same each time';
const SURROUNDINGS = 'which reads the surroundings of the process';
const TEXT_OF_SQL = 'which hides what it reads; write the SELECT itself';

const because = (why: string, names: string): [string, string][] =>
  names.split(' ').map((name) => [name, why]);

/** Table functions whose rows come from their arguments alone. */
export const tableFunctions: ReadonlySet<string> = new Set(['range', 'generate_series', 'unnest']);

/**
 * Functions that feature SQL may not call: all that DuckDB 1.5 lists as not CONSISTENT, the macros
 * over them, and those that run text as SQL.
 */
export const refusedFunctions: ReadonlyMap<string, string> = new Map([
  ...because(
    CLOCK,
    'now today get_current_time get_current_timestamp current_date current_time current_timestamp ' +
      'current_localtime current_localtimestamp transaction_timestamp statement_timestamp ' +
      'clock_timestamp localtime localtimestamp ago pg_conf_load_time pg_postmaster_start_time',
  ),
  ...because(
    CHANCE,
    'random rand setseed uuid uuidv4 uuidv7 gen_random_uuid nextval currval sleep_ms',
  ),
  ...because(
    SURROUNDINGS,
    'getenv getvariable current_setting current_query current_query_id current_connection_id ' +
      'current_transaction_id current_database current_catalog current_schema current_schemas ' +
      'current_user current_role session_user user in_search_path txid_current stats write_log ' +
      'version pg_get_viewdef pg_get_constraintdef get_block_size format_type which_secret',
  ),
  ...because(
    TEXT_OF_SQL,
    'query query_table json_execute_serialized_sql json_serialize_sql json_deserialize_sql',
  ),
]);

/** The same where the parser sees a column, because they are written without parentheses. */
export const refusedColumns: ReadonlyMap<string, string> = new Map([
  ...because(CLOCK, 'current_date current_time current_timestamp localtime localtimestamp'),
  ...because(SURROUNDINGS, 'current_user session_user current_role current_catalog current_schema'),
]);
