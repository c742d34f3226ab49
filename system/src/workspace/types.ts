import type { RfmColumns, RfmCuts, RfmName } from '@tino/learn';
import type { Role } from '../contract/common.js';
import type { Language, Noun, Words } from '../contract/words.js';

/*
 * A declaration is plain serialisable data: helpers return data, never closures, so that its hash
 * answers "has it changed?" and it travels to a worker or a cluster as it is.
 */

// ── time ────────────────────────────────────────────────────────────────────────────────────────

export type Step = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';
export interface Span {
  days: number;
}
/** Cut-offs of a calendar spine: local dates. `to` defaults to the last whose labels are closed. */
export interface Cutoffs {
  every: 'day' | 'week' | 'month';
  from: string;
  to?: string;
}
export type Rhythm =
  | { kind: 'every'; minutes: number }
  | { kind: 'hourly'; minute: number }
  | { kind: 'daily'; at: string }
  | { kind: 'weekly'; weekday: number; at: string }
  | { kind: 'monthly'; day: number; at: string };
export interface Schedule {
  build?: Rhythm;
  train?: Rhythm;
  score?: Rhythm;
}

// ── sources ─────────────────────────────────────────────────────────────────────────────────────

export type ColumnType =
  | 'text'
  | 'category'
  | 'integer'
  | 'number'
  | 'money' // DECIMAL(18,2)
  | 'unitPrice' // DECIMAL(18,4)
  | 'quantity' // DECIMAL(18,3)
  | 'boolean'
  | 'date'
  | 'timestamp';

export interface ColumnDeclaration {
  type: ColumnType;
  /** Name in the file, when it is not the column's own ("Swiming Pool"). */
  from?: string;
  required?: boolean;
  min?: number;
  max?: number;
  /** The only values allowed; another one rejects the row. */
  values?: string[];
  /** The timestamp column that says when this one became known; NULL in as-of views before it. */
  knownAt?: string;
  /** Pseudonymised at ingest; denied to features unless the model names it. */
  personal?: boolean;
}

export interface FileFormat {
  delimiter?: ',' | ';' | '\t' | '|';
  encoding?: 'utf-8' | 'latin-1' | 'windows-1252';
  decimal?: '.' | ',';
  dates?: 'iso' | 'dd/mm/yyyy' | 'mm/dd/yyyy';
}

export interface SourceDeclaration {
  /** Paths or globs under the workspace: .csv, .csv.gz, .parquet. */
  files: string[];
  format?: FileFormat;
  /** Zone of the timestamps in the files; the workspace's when absent. */
  zone?: string;
  /** Columns that identify a row; a later row of the same key is a correction. Empty: every row is its own. */
  key: string[];
  columns: Record<string, ColumnDeclaration>;
  /** When it happened; absent: a table without time (a dimension), known always. */
  eventTime?: string;
  /** When a row became known; the event time when absent. */
  knownAt?: string;
  /**
   * For rows without a time of their own, such as the lines of an order: they happened and became known
   * with the first version of the row of `source` that has the same values in `on`.
   */
  timeOf?: { source: string; on: string[] };
  /** Alarm when the newest row is older. */
  freshWithin?: Span;
  /** Share of rows that may be set aside before the whole load is refused; 0.05 unless told. */
  rejectsMax?: number;
}

export interface EntityDeclaration {
  /** Key columns, as every feature view and spine names them. */
  key: string[];
  noun?: Noun;
}

export interface WorkspaceDeclaration {
  name: string;
  title?: Words;
  zone?: string;
  language?: Language;
  currency?: string;
  /** Folders of other workspaces that are served together with this one, each in its own SQL names. */
  include?: string[];
  /** How long tables stay that were replaced: scorings (365 days unless told), all others (30). */
  keep?: { replaced?: Span; scorings?: Span };
  sources?: Record<string, SourceDeclaration>;
  entities?: Record<string, EntityDeclaration>;
  insights?: Record<string, InsightDeclaration>;
}

// ── insights ────────────────────────────────────────────────────────────────────────────────────

interface Told {
  title: Words;
  /** What one of those it is about is called. */
  noun: Noun;
  /** What to do about what is found; otherwise where it is a gain or a loss of money, if you like. */
  action?: Words | { gain: Words; loss: Words };
  /** What columns are called. */
  labels?: Record<string, Words>;
}
interface Looking extends Told {
  /**
   * SQL over as-of views. Besides the columns of its kind it gives `at` (date or timestamp), the
   * column `unit`, and columns to look for reasons in.
   */
  sql: string;
  /** Length of a period; the last one ends with the newest data. */
  period: Span;
  /** Column of who or what a row is about: its rows are not independent, and a list is made of it. */
  unit: string;
}
/** Where each run looks for what is worth telling. */
export type InsightDeclaration =
  /** Why a sum of `value` moved between two periods; with `item` and `units` also price, volume and mix. */
  | (Looking & { look: 'total' })
  /** What makes something happen more often: `happened` is true or false; one time costs `moneyEach`. */
  | (Looking & { look: 'rate'; event: Words; rows: Noun; moneyEach: number })
  /** What is bought together: one line of a `basket` with its `item` and `value`. */
  | (Looking & { look: 'pairs'; basketsMin: number })
  /** Who comes back: each row is a purchase and its `value`; the last `cohorts` periods are told of. */
  | (Looking & { look: 'cohorts'; cohorts: number })
  /** Who went from one segment of a model to another within a month, beyond coming and going. */
  | (Told & { look: 'moves'; model: string });
/** Those that read tables by SQL of their own. */
export type SqlInsight = Exclude<InsightDeclaration, { look: 'moves' }>;

// ── candidates ──────────────────────────────────────────────────────────────────────────────────

export type Scalar = string | number | boolean;
/** One value; for the parameters that are such: numbers by name, lists of names, or candidates. */
export type Parameter = Scalar | Scalar[] | Record<string, number> | string[][] | Candidate[];
/** A recipe of `learn` with, for each parameter, one value or a grid of values. */
export interface Candidate {
  kind: string;
  params: Record<string, Parameter>;
  grid: Record<string, Scalar[]>;
}

export interface Gate {
  /** Smallest useful gain for another recipe to replace the champion, in units of the metric. */
  minGain: number;
  /** How much worse a refresh of the same recipe may be; half of `minGain` when absent. */
  margin?: number;
}

// ── models ──────────────────────────────────────────────────────────────────────────────────────

export type Spine =
  | { kind: 'calendar'; sql: string }
  | {
      /** One row an event of `source`, at its own moment. */
      kind: 'event';
      sql: string;
      source: string;
      /** Column of `source` with the moment of decision. */
      at: string;
      /** Other sources that the SQL may name, with the columns of theirs that lead to the event's. */
      with: Record<string, string[]>;
    }
  /** Each row of a source without time is an example (houses). */
  | { kind: 'rows'; source: string };

/** What the pages say; see docs/pages. Every text in both languages. */
export interface Page {
  title: Words;
  tab?: Words;
  noun: Noun;
  positive?: Words;
  unit: 'money' | 'probability' | 'quantity' | 'number' | 'unitPrice';
  /** Of its money: the workspace's, put here when it is loaded. */
  currency?: string;
  worse?: 'low' | 'high' | 'none';
  /** Column of the spine or feature with the money at stake of a row. */
  money?: string;
  filters?: string[];
  columns?: string[];
  action?: string;
  /** By column: a phrase with {value}, or one by category level. */
  phrases?: Record<string, Words | Record<string, Words>>;
  /** How numbers of a column are written; those named as shares are per cents without it. */
  units?: Record<string, 'money' | 'share' | 'number'>;
  /** What a column, a part of the key or a level is called: `store_id`, `store`, `state`. */
  labels?: Record<string, Words>;
  /** What a segment is called when a column sets it apart upwards or downwards. */
  names?: Record<string, { high?: Words; low?: Words }>;
}

interface ModelBase {
  entity: string;
  schedule?: Schedule;
  page: Page;
  /** Personal columns that the features may read, by name. */
  allowPersonal?: string[];
  /** Of those, which leave in answers and lists: by the least role that sees each. */
  showPersonal?: Partial<Record<Role, string[]>>;
  seed?: number;
}

interface Tabular extends ModelBase {
  spine: Spine;
  cutoffs?: Cutoffs;
  /** Feature views by name. */
  features: string[];
  /** Columns of the spine or views that are carried along but not learned from. */
  ignore?: string[];
}

export interface ClassifyDeclaration extends Tabular {
  task: 'classify';
  /** SQL file that gives key and `label`. */
  label: string;
  horizon: Span;
  candidates: Candidate[];
  metric: 'rocAuc' | 'prAuc' | 'logLoss' | 'brier';
  gate: Gate;
  folds: number;
  calibrate: 'platt' | 'isotonic' | 'none';
}

export interface RegressDeclaration extends Tabular {
  task: 'regress';
  /** SQL file that gives key and `label`, or the column of a `rows` spine. */
  label: string | { column: string };
  horizon?: Span;
  candidates: Candidate[];
  metric: 'rmse' | 'mae' | 'wape' | 'rmsle' | 'r2';
  target?: 'identity' | 'log';
  gate: Gate;
  folds: number;
  /** Smallest and largest answer that makes sense. */
  floor?: number;
  ceiling?: number;
}

/** Named groups by cut points of three columns: recency, frequency and money. */
export interface RfmRules {
  kind: 'rfm';
  columns: RfmColumns;
  /** Edges by measure, ascending; or how many groups of one size the customers are cut into. */
  cuts: number | RfmCuts;
  /** What the groups are called. */
  names: Partial<Record<RfmName, Words>>;
}

export interface SegmentDeclaration extends Tabular {
  task: 'segment';
  /** Groups by rules that a person set, in the place of clusters that are found. */
  rules?: RfmRules;
  clusters: { min: number; max: number };
  /** What to do when no groups stand out from one cloud: refuse in words (by default), or cut it. */
  shapeless: 'refuse' | 'cut';
  /** Feature that measures a member's money, for shares. */
  money?: string;
  /** Segments with fewer members are hidden from roles without the right. */
  membersMin: number;
}

/**
 * `bottomUp`: levels are sums of members. The others also forecast each group of a level by itself
 * and move all forecasts as little as makes them add up: every forecast trusted alike (`ols`), by
 * how many members it sums (`structural`), by its squared errors on held-out windows (`wls`), or by
 * the whole covariance of those, shrunk (`mint`; Wickramasuriya, Athanasopoulos and Hyndman, 2019).
 */
export type Reconciliation = 'bottomUp' | 'ols' | 'structural' | 'wls' | 'mint';

export type Weekday =
  | 'monday'
  | 'tuesday'
  | 'wednesday'
  | 'thursday'
  | 'friday'
  | 'saturday'
  | 'sunday';

export interface ForecastDeclaration extends ModelBase {
  task: 'forecast';
  /** SQL over as-of views: key columns, `at` (date or timestamp), `value`, [`weight`]. */
  series: string;
  /** Names of the key, as the API asks for them (`key.restaurant_id`). */
  key: string[];
  step: Step;
  /**
   * First day of a week; Monday by default. Declared, it also says what a row that stands for a whole
   * week and is dated by its last day means: a week that is over.
   */
  weekStarts?: Weekday;
  how: 'sum' | 'mean' | 'last';
  /** Steps ahead. */
  horizon: number;
  /** Attributes of a member: SQL with the key columns and static features. */
  statics?: string;
  /** SQL with key columns (all or some), `at` and numeric columns that are known ahead. */
  known?: string;
  /** The same for what is only known once it has happened (traffic, temperature): no future rows. */
  past?: string;
  /** Columns of `known` that belong to the calendar; their effect is shown as the calendar's. */
  calendar?: string[];
  /** Zeros before the first sale: a fact (`keep`), or not on sale yet (`missing`). */
  leadingZeros?: 'keep' | 'missing';
  /** Points that share key, day and value: two events (`keep`), or one said twice (`drop`). */
  duplicates?: 'keep' | 'drop';
  /** Coarser levels that add up from members: name → columns of the key or of the statics. */
  levels: Record<string, string[]>;
  /**
   * How forecasts of levels and of members are made to agree; `bottomUp` by default, and where the
   * asked way does not err less on held-out windows. With a floor of 0 or more, what is reconciled
   * is not negative either. For `how: 'sum'`.
   */
  reconcile?: Reconciliation;
  candidates: Candidate[];
  /** No recipe is begun after so many minutes; what was not tried is on the leaderboard. */
  minutesMax?: number;
  origins: number;
  metric: 'wape' | 'mase' | 'rmsse' | 'smape';
  gate: Gate;
  intervals: number[];
  /** How far measured coverage may fall below the promised one before the gate holds; 0.12. */
  coverageSlack?: number;
  /** Change that counts as flat; a forecast says a direction only when this is declared. */
  deadBand?: { kind: 'percent' | 'money'; value: number };
  floor?: number;
}

export type Guardrail =
  | { rule: 'minimumMargin'; percent: number } // hard: runs last whatever its place
  | { rule: 'maximumChange'; percent: number }
  | { rule: 'band'; low: number; high: number } // relative to the reference price of the item
  | { rule: 'ending'; cents: number[] };

/**
 * Items that agree in the columns `within`, in ascending order of the numeric column `by`: each costs at
 * least `ratio` times the one before plus `gap`. Sizes of one product, steps of a ladder.
 */
export interface OrderedPrices {
  within: string[];
  by: string;
  ratio: number;
  /** In the currency. */
  gap: number;
}

export type PriceExclusion =
  /** On sale for fewer days by the column `since` of the items. */
  | { exclude: 'new'; days: number }
  /** A column of the items says so, such as a regulated price. */
  | { exclude: 'attribute'; name: string; values: (string | number | boolean)[] };

/**
 * What keeps its price, to measure what the rest gains: a share of items; whole groups of items, those
 * that agree in the column `by` of the items; or whole cycles, drawn for all items together or for each
 * group by itself.
 */
export type HoldOut = number | HeldGroups | HeldCycles;
export interface HeldGroups {
  hold: 'groups';
  by: string;
  share: number;
}
export interface HeldCycles {
  hold: 'cycles';
  by?: string;
  share: number;
}

export interface PriceDeclaration extends ModelBase {
  task: 'price';
  key: string[];
  /** SQL: key, `at` (date), `units`, `price`, and numeric or category controls. */
  sales: string;
  /** SQL: one row an item as of the cut-off: key, `price`, `cost`, `category`, name and attributes. */
  items: string;
  /**
   * Materials that are foretold to rise lift the cost, and with it the floor, before they are bought:
   * the forecast model of their prices, and SQL with the key of an item, the key columns of that model
   * each as `material_…`, `quantity` and, where some is lost, `yield`.
   */
  materials?: { model: string; recipes: string };
  objective: 'margin' | 'revenue' | 'units';
  guardrails: Guardrail[];
  relations?: OrderedPrices[];
  /** Most prices that change in one cycle. */
  changesMax?: number;
  /**
   * Measures how the price of one item moves the demand of others of its category, and finds prices with
   * what is sure of it.
   */
  crossEffects?: boolean;
  /** Items whose price is never moved, but up to the floor. */
  exclude?: PriceExclusion[];
  /**
   * `regression` holds what the sales SQL controls for; `orthogonal` is for prices that were set by
   * demand, and takes longer. By default the regression, unless orthogonal scores contradict it.
   */
  demand?: 'automatic' | 'regression' | 'orthogonal';
  exploration: { policy: 'thompson'; arms: number; width: number } | { policy: 'none' };
  /** Days between two changes of one price. */
  cycle: Span;
  approval:
    | { mode: 'manual' | 'shadow' }
    | {
        mode: 'automatic';
        maximumPercent: number;
        maximumMoney: number;
        /** Prices, before and after, that may move by themselves; in the currency. */
        band?: { low: number; high: number };
        /** Prices that may move by themselves in a day; the rest wait for a person. */
        changesPerDay?: number;
      };
  holdOut: HoldOut;
}

export type ModelDeclaration =
  | ClassifyDeclaration
  | RegressDeclaration
  | SegmentDeclaration
  | ForecastDeclaration
  | PriceDeclaration;
export type Task = ModelDeclaration['task'];

// ── what loading gives ──────────────────────────────────────────────────────────────────────────

/** A folder with its own SQL names; a workspace without `include` has one part, named ''. */
export interface Part {
  name: string;
  folder: string;
  sources: Record<string, Source>;
  entities: Record<string, EntityDeclaration>;
  views: Record<string, FeatureView>;
  insights: Record<string, LoadedInsight>;
}

export interface LoadedInsight<Of extends InsightDeclaration = InsightDeclaration> {
  name: string;
  part: string;
  /** Path as errors name it, and text. */
  file: string;
  sql: string;
  declaration: Of;
}

export interface Source extends SourceDeclaration {
  /** Unique in the workspace: `part/name`, or the name alone. */
  id: string;
  part: string;
  name: string;
}

/** features/NAME.sql, with `-- entity: seller` and, for event spines, `-- build: day` on top. */
export interface FeatureView {
  id: string;
  part: string;
  name: string;
  entity: string;
  build: 'cutoff' | 'day' | 'week' | 'month';
  file: string;
  sql: string;
}

export interface LoadedModel {
  name: string;
  part: string;
  file: string;
  declaration: ModelDeclaration;
  /** SQL files that it names, by path as declared. */
  sql: Record<string, string>;
  /** Of declaration, SQL, views and contracts of the sources: "has it changed?" */
  hash: string;
}

export interface Workspace {
  name: string;
  title: Words;
  folder: string;
  /** `.tino` */
  stateFolder: string;
  zone: string;
  language: Language;
  currency: string;
  keep: { replaced: Span; scorings: Span };
  parts: Record<string, Part>;
  /** In declared order. */
  models: Record<string, LoadedModel>;
}
