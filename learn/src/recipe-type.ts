export type Task = 'regress' | 'classify';

/** An estimator as plain data. */
export interface Recipe {
  kind: string;
  params: Record<string, unknown>;
}
