/** One finding, as data: the words are made from it by whoever shows it. */
export interface Insight {
  /** The same finding has the same id in the next run: `revenue/store=3`. */
  id: string;
  /** Looks of one search, guarded together: `drivers`, `baskets`. */
  family: string;
  /** Code of the sentence. */
  what: string;
  /** Every number and name that the sentence may say. */
  figures: Readonly<Record<string, number | string>>;
  sure: {
    /** Share of false ones among findings as sure as this one of its family, 0..1. */
    q: number;
  };
  /** In money of the period looked at: gained above 0, lost below; with its interval. */
  money: { effect: number; lower: number; upper: number };
  /** Code of what to do about it. */
  action?: string;
  /** Keys of those it is about, to export. */
  list?: readonly string[];
}

export interface RankOptions {
  /** Share of false findings that the reader bears. */
  qMax?: number;
  /** Searches made in the run, also those that found nothing. */
  families?: number;
  limit?: number;
}

/**
 * The findings worth a reader's time, those with the most money at the cautious end of their
 * interval first. Choosing families and then findings keeps the promise only with a stricter
 * bound inside each family: q · chosen families ÷ all (Benjamini and Bogomolov, 2014).
 */
export function rankInsights(
  insights: readonly Insight[],
  { qMax = 0.05, families, limit = 10 }: RankOptions = {},
): Insight[] {
  const all = new Set(insights.map(({ family }) => family)).size;
  if (families !== undefined && families < all)
    throw new RangeError(`families is ${families}, the insights come from ${all}`);
  const sure = insights.filter(({ sure: { q } }) => q <= qMax);
  const chosen = new Set(sure.map(({ family }) => family)).size;
  const bound = (qMax * chosen) / (families ?? all);
  return sure
    .filter(({ sure: { q } }) => q <= bound)
    .sort((a, b) => cautious(b) - cautious(a) || a.sure.q - b.sure.q || (a.id < b.id ? -1 : 1))
    .slice(0, limit);
}

/** 0 when the interval holds 0: the money may be none. */
function cautious({ money: { lower, upper } }: Insight): number {
  return lower > 0 ? lower : upper < 0 ? -upper : 0;
}

/**
 * Whether a finding says something that its earlier one did not: it is new, its money changed sign,
 * or it moved by more than `change` of its size and out of the earlier interval.
 */
export function isNews(
  previous: Insight | undefined,
  next: Insight,
  { change = 0.25 }: { change?: number } = {},
): boolean {
  if (previous === undefined || previous.id !== next.id) return true;
  const was = previous.money;
  const { effect } = next.money;
  if (Math.sign(was.effect) !== Math.sign(effect)) return true;
  return (
    Math.abs(effect - was.effect) > change * Math.abs(was.effect) &&
    (effect < was.lower || effect > was.upper)
  );
}
