import { rateDriverInsights, rateDrivers } from '@tino/learn';
import type { LoadedInsight, SqlInsight } from '../workspace/types.js';
import { holder, unitCodes, unitsIn, type Found, type Unlisted } from './finding.js';
import type { Rows } from './read.js';

/** What makes something happen more or less often, within the last period. */
export function searchRate(
  { name, declaration }: LoadedInsight<SqlInsight>,
  rows: Rows,
): Found<Unlisted> {
  if (declaration.look !== 'rate') throw new Error(`${name} looks for ${declaration.look}`);
  const happened = rows.numbers('happened');
  // What is not known yet neither happened nor did not.
  const known = Array.from(happened.keys()).filter((row) => !Number.isNaN(happened[row]!));
  const x = {
    rows: known.length,
    columns: rows.x.columns.map((column) =>
      column.kind === 'category'
        ? { ...column, codes: Int32Array.from(known, (row) => column.codes[row]!) }
        : { ...column, values: Float64Array.from(known, (row) => column.values[row]!) },
    ),
  };
  const codes = unitCodes(rows);
  const told = rateDrivers({
    x,
    happened: Float64Array.from(known, (row) => happened[row]!),
    units: Float64Array.from(known, (row) => codes[row]!),
  });
  const moneyPerEvent = declaration.moneyEach;
  const made = rateDriverInsights(told, { family: name, moneyPerEvent });
  const findings = made.map((insight, i): Unlisted => {
    const { parts } = told.drivers[i]!;
    const holds = holder(rows, parts);
    const [inside, outside] = [countsOf(happened, holds), countsOf(happened, (row) => !holds(row))];
    return {
      ...insight,
      parts,
      people: unitsIn(rows, holds).size,
      figures: {
        rows: inside.rows,
        happened: inside.happened,
        rate: inside.happened / inside.rows,
        rateElsewhere: outside.happened / outside.rows,
        lower: told.drivers[i]!.lower,
        upper: told.drivers[i]!.upper,
      },
    };
  });
  const all = countsOf(happened, () => true);
  const rate = all.rows === 0 ? 0 : all.happened / all.rows;
  return { findings, headline: { ...all, rate }, families: 1, looks: told.looks };
}

function countsOf(happened: Float64Array, holds: (row: number) => boolean) {
  const counts = { rows: 0, happened: 0 };
  happened.forEach((value, row) => {
    if (Number.isNaN(value) || !holds(row)) return;
    counts.rows++;
    counts.happened += value;
  });
  return counts;
}
