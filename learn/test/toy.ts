import {
  categoryColumn,
  frame,
  numberColumn,
  seeded,
  type Frame,
  type Model,
  type TrainingData,
} from '@tino/learn';

/** Rows with two useful numbers, a useless one, a useful category, and holes in both kinds. */
export function toyFrame(rows: number, seed: number | string = 1): Frame {
  const rng = seeded(seed);
  const number = (holes: number) =>
    Float64Array.from({ length: rows }, () => (rng.next() < holes ? NaN : rng.normal()));
  const levels = ['north', 'south', 'east', 'west', 'centre', 'coast'];
  const city = Array.from({ length: rows }, () =>
    rng.next() < 0.1 ? null : levels[rng.below(levels.length)]!,
  );
  return frame([
    numberColumn('area', number(0.1)),
    numberColumn('age', number(0)),
    categoryColumn('city', city, levels),
    numberColumn('noise', number(0)),
  ]);
}

const effectOfCity = [2, -2, 1, -1, 0.5, -0.5];

/** What y is about, before noise. */
export function signalOf(x: Frame, row: number): number {
  const [area, age, city] = x.columns;
  if (area!.kind !== 'number' || age!.kind !== 'number' || city!.kind !== 'category')
    throw new TypeError('not a toy frame');
  const known = Number.isNaN(area!.values[row]!) ? 0.5 : area!.values[row]!;
  return known - 0.5 * age!.values[row]! + (effectOfCity[city!.codes[row]!] ?? 0);
}

export type ToyTarget = 'value' | 'positive' | 'binary' | 'classes';

export function toy(rows: number, target: ToyTarget, seed: number | string = 1): TrainingData {
  const x = toyFrame(rows, seed);
  const rng = seeded(`${seed}/y`);
  const y = Float64Array.from({ length: rows }, (_, row) => {
    const signal = signalOf(x, row);
    if (target === 'value') return signal + 0.5 * rng.normal();
    if (target === 'positive')
      return Math.round(Math.exp(1 + 0.4 * signal + 0.3 * rng.normal())) + 1;
    if (target === 'binary') return rng.next() < 1 / (1 + Math.exp(-1.5 * signal)) ? 1 : 0;
    return signal + 0.3 * rng.normal() < -1 ? 0 : signal + 0.3 * rng.normal() < 1 ? 1 : 2;
  });
  return { x, y };
}

export function predictionsOf(model: Model, x: Frame): Float64Array {
  const out = new Float64Array(x.rows * model.outputs);
  model.predict(x, out);
  return out;
}
