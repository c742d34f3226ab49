import { leaf, split } from '../kernel/boosting/layout.js';
import { seeded } from '../random.js';
import { sampleColumns } from './sampling.js';
import type { Workshop } from './workshop.js';

/** What narrows the columns that a leaf may be split by. */
export interface PathRules {
  /** Lists of columns that may meet on a path; a column in none stands alone. */
  interactions?: readonly (readonly number[])[] | undefined;
  /** Share of the tree's columns among which each split is looked for. */
  columnSampleByNode?: number;
  /** Of the sampling by node. */
  seed?: number;
}

/** Where a leaf lies in its tree, as far as it narrows the columns. */
export interface Path {
  /** Tells the leaves of a tree apart, in whatever order they are split. */
  key: number;
  /** Lists that hold every column of the path; null for any column. */
  lists: readonly (readonly number[])[] | null;
}

export const rootPath: Path = { key: 1, lists: null };

export const isNarrowed = ({ interactions, columnSampleByNode = 1 }: PathRules): boolean =>
  interactions !== undefined || columnSampleByNode < 1;

/** The path of a child of a leaf whose best split is known; `side` is 0 or 1. */
export function childPath(
  shop: Workshop,
  record: number,
  { key, lists }: Path,
  side: number,
): Path {
  const { interactions } = shop.rules;
  const next = (Math.imul(key, 0x01000193) ^ (side + 1)) | 0;
  if (!interactions) return { key: next, lists: null };
  const column = shop.engine.memory.views.i32[(record + leaf.split + split.column) / 4]!;
  const meeting = (lists ?? interactions).filter((list) => list.includes(column));
  return { key: next, lists: meeting.length > 0 ? meeting : [[column]] };
}

/** Address of the columns that a leaf may be split by, a byte each; 0 for all of the tree's. */
export function maskOf(
  shop: Workshop,
  record: number,
  { key, lists }: Path,
  tree: number,
  treeColumns: readonly number[],
): number {
  const { rules, masks, binned, leaves } = shop;
  if (!isNarrowed(rules)) return 0;
  const { u8 } = shop.engine.memory.views;
  const columns = binned.columns.length;
  const at = masks + ((record - leaves) / leaf.bytes) * columns;
  u8.fill(0, at, at + columns);
  const allowed = lists
    ? treeColumns.filter((column) => lists.some((list) => list.includes(column)))
    : treeColumns;
  const { columnSampleByNode = 1, seed = 0 } = rules;
  const rng = seeded(`${seed}/${tree}/${key}`);
  for (const i of sampleColumns(allowed.length, columnSampleByNode, rng)) u8[at + allowed[i]!] = 1;
  return at;
}
