// Rows to train boosters on, written column by column so that Tino and its peers read the same bytes:
// float32 columns of all rows, then a byte of target a row. Levels of categories are whole numbers.
import { closeSync, openSync, writeSync } from 'node:fs';

const mix = (h) => {
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
};

/** Uniform numbers of a row by column: a hash, so that rows can be made in any order. */
const uniformsOf = (row) => {
  const seed = mix((Math.imul(row, 0x9e3779b1) + 0x165667b1) | 0);
  return (column) =>
    ((mix(seed ^ ((Math.imul(column, 0xc2b2ae3d) + 0x27d4eb2f) | 0)) >>> 0) + 0.5) / 4294967296;
};

/** Like the HIGGS table: 21 measured numbers, some positive or of few values, and 7 made from them. */
function higgsRow(row, out) {
  const u = uniformsOf(row);
  for (let j = 0; j < 21; j++) {
    let z = (u(4 * j) + u(4 * j + 1) + u(4 * j + 2) + u(4 * j + 3) - 2) * 1.7320508075688772;
    if (j === 8 || j === 12 || j === 16) z = z < -0.3 ? 0 : z < 0.8 ? 1.09 : 2.17;
    else if ([0, 3, 5, 9, 13, 17].includes(j)) z = 0.3 + z * z * 0.5;
    out[j] = z;
  }
  out[21] = Math.sqrt(out[0] * out[5] + out[1] * out[1]);
  out[22] = Math.sqrt(out[3] * out[9] + 0.1);
  out[23] = out[1] * out[6];
  out[24] = Math.sqrt(out[5] * out[13] + out[7] * out[7]);
  out[25] = out[10] * out[14] + 0.5 * out[2];
  out[26] = Math.sqrt(out[0] + out[3] + out[5] + out[9]);
  out[27] = out[9] / (0.5 + out[17]);
  const signal =
    1.2 * (out[21] - 1) -
    0.8 * (out[22] - 0.8) +
    0.5 * out[23] +
    0.6 * (out[8] > 1 ? out[4] : -out[4]) +
    0.7 * out[25] * (out[12] > 2 ? 1 : 0.3) -
    0.4 * (out[27] - 1) +
    0.25 * out[18] * out[19] +
    0.2 * out[20];
  return u(200) < 0.5 + (0.5 * signal) / (1 + Math.abs(signal)) ? 1 : 0;
}

/** Levels of month, day, weekday, carrier, origin and destination; then departure time and distance. */
const LEVELS = [12, 31, 7, 22, 254, 254];

function airlineRow(row, out) {
  const u = uniformsOf(row);
  // Squared: some carriers and airports are far more frequent than others.
  LEVELS.forEach((levels, j) => (out[j] = Math.floor(levels * (j < 3 ? u(j) : u(j) ** 2))));
  out[6] = Math.floor(500 + 1900 * u(6));
  out[7] = Math.floor(100 + 2500 * u(7) * u(8));
  const effect = (j) => 4 * ((mix(Math.imul(j + 1, 977) ^ out[j]) >>> 0) / 4294967296 - 0.5);
  const signal =
    0.2 * effect(0) +
    0.15 * effect(2) +
    0.4 * effect(3) +
    0.5 * effect(4) +
    0.3 * effect(5) +
    (out[6] - 1300) / 700 -
    1.3;
  return u(9) < 1 / (1 + Math.exp(-signal)) ? 1 : 0;
}

export const shapes = {
  higgs: { columns: 28, categories: 0, row: higgsRow },
  airline: { columns: 8, categories: LEVELS.length, row: airlineRow },
};

/** Writes a table in pieces, so that ten million rows need no memory. */
export function writeTable(path, shape, rows) {
  const { columns, row: fill } = shapes[shape];
  const file = openSync(path, 'w');
  const out = new Float64Array(columns);
  const PIECE = 100_000;
  for (let start = 0; start < rows; start += PIECE) {
    const count = Math.min(PIECE, rows - start);
    const values = Array.from({ length: columns }, () => new Float32Array(count));
    const targets = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      targets[i] = fill(start + i, out);
      for (let c = 0; c < columns; c++) values[c][i] = out[c];
    }
    values.forEach((piece, c) => {
      const bytes = new Uint8Array(piece.buffer);
      writeSync(file, bytes, 0, bytes.length, 4 * (rows * c + start));
    });
    writeSync(file, targets, 0, count, 4 * rows * columns + start);
  }
  closeSync(file);
}
