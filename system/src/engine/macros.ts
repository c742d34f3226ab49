/**
 * Helpers that feature SQL may call and that mean the same on every engine, because what engines
 * offer under one name does not: `date_diff` counts boundaries here and whole units elsewhere.
 */
export const macros: readonly string[] = [
  // Whole calendar days from the date of a to the date of b; negative when b is earlier.
  'CREATE MACRO days_between(a, b) AS CAST(b AS DATE) - CAST(a AS DATE)',
  // Hours from a to b, with their fraction.
  'CREATE MACRO hours_between(a, b) AS (epoch(CAST(b AS TIMESTAMP)) - epoch(CAST(a AS TIMESTAMP))) / 3600',
  // The value below which a share q of the group lies, interpolated (definition 7 of Hyndman and Fan).
  'CREATE MACRO percentile(x, q) AS quantile_cont(CAST(x AS DOUBLE), q)',
  // a / b, and NULL, not infinity, when b is zero.
  'CREATE MACRO ratio(a, b) AS CAST(a AS DOUBLE) / nullif(CAST(b AS DOUBLE), 0)',
];
