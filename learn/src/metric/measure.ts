/** Rows of y, rows (or rows × classes) predicted, rows of weights. `NaN` where not defined. */
export type Measure = (
  y: ArrayLike<number>,
  predicted: ArrayLike<number>,
  weights?: ArrayLike<number>,
  classes?: number,
) => number;
