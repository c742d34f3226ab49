/** One tree of a LightGBM model file (version v4), its arrays as they stand there. */
export interface LightGbmTree {
  leaves: number;
  column: number[];
  gain: number[];
  /** Of a categorical split the index of its set. */
  threshold: number[];
  /** Bit 0 categorical, bit 1 missing goes left, bits 2 and 3: 0 none, 1 zero, 2 NaN is missing. */
  decision: number[];
  left: number[];
  right: number[];
  values: number[];
  leafCover: number[];
  cover: number[];
  /** Set `i` is words[boundaries[i] .. boundaries[i + 1]], bit by category code. */
  boundaries: number[];
  words: number[];
  lines?: { constant: number[]; columns: number[][]; coefficients: number[][] };
}

export interface LightGbmText {
  header: ReadonlyMap<string, string>;
  trees: LightGbmTree[];
  /** Levels of each column that was a category in pandas; null without pandas. */
  pandasLevels: string[][] | null;
}

const FOOT = 'end of trees';

/** Throws on text that is not a LightGBM model, and on a tree whose arrays do not fit each other. */
export function parseLightGbm(text: string): LightGbmText {
  if (!/^tree\r?\n/.test(text))
    throw new Error(
      `not a LightGBM model text: it begins with ${JSON.stringify(text.slice(0, 20))}`,
    );
  const end = text.indexOf(FOOT);
  if (end < 0) throw new Error(`LightGBM model text is cut off: no line "${FOOT}"`);
  const [head, ...blocks] = text.slice(0, end).split(/^Tree=\d+\r?$/m);
  const header = entriesOf(head!);
  const version = header.get('version');
  if (version !== 'v4' && version !== 'v3')
    throw new Error(`LightGBM model text is version ${version}; v3 and v4 can be read`);
  const pandas = /^pandas_categorical:(.*)$/m.exec(text.slice(end))?.[1];
  const levels = pandas === undefined ? null : (JSON.parse(pandas) as unknown[][] | null);
  return {
    header,
    trees: blocks.map((block, t) => treeOf(entriesOf(block), t)),
    pandasLevels: levels && levels.map((column) => column.map(String)),
  };
}

/** Lines `name=value`; a line without a value is a flag. */
function entriesOf(block: string): Map<string, string> {
  const entries = new Map<string, string>();
  for (const line of block.split(/\r?\n/)) {
    const at = line.indexOf('=');
    if (line !== '')
      entries.set(at < 0 ? line : line.slice(0, at), at < 0 ? '' : line.slice(at + 1));
  }
  return entries;
}

function treeOf(entries: ReadonlyMap<string, string>, t: number): LightGbmTree {
  const leaves = Number(entries.get('num_leaves'));
  const sets = Number(entries.get('num_cat') ?? 0);
  const numbers = (name: string, length: number): number[] => {
    const found = splitNumbers(entries.get(name) ?? '');
    if (found.length === length && !found.some(Number.isNaN)) return found;
    throw new Error(
      `tree ${t} of the LightGBM model: ${name} has ${found.length} numbers, expected ${length}`,
    );
  };
  const counts = (name: string, length: number) =>
    entries.has(name) ? numbers(name, length) : Array.from({ length }, () => 0);
  const splits = leaves - 1;
  const boundaries = sets > 0 ? numbers('cat_boundaries', sets + 1) : [0];
  return {
    leaves,
    column: numbers('split_feature', splits),
    gain: counts('split_gain', splits),
    threshold: numbers('threshold', splits),
    decision: numbers('decision_type', splits),
    left: numbers('left_child', splits),
    right: numbers('right_child', splits),
    values: numbers('leaf_value', leaves),
    leafCover: splits > 0 ? counts('leaf_count', leaves) : [0],
    cover: counts('internal_count', splits),
    boundaries,
    words: sets > 0 ? numbers('cat_threshold', boundaries[sets]!) : [],
    ...(entries.get('is_linear') === '1' && { lines: linesOf(numbers, leaves) }),
  };
}

function linesOf(
  numbers: (name: string, length: number) => number[],
  leaves: number,
): NonNullable<LightGbmTree['lines']> {
  const lengths = numbers('num_features', leaves);
  const total = lengths.reduce((a, b) => a + b, 0);
  const parts = (flat: number[]) => {
    let at = 0;
    return lengths.map((length) => flat.slice(at, (at += length)));
  };
  return {
    constant: numbers('leaf_const', leaves),
    columns: parts(numbers('leaf_features', total)),
    coefficients: parts(numbers('leaf_coeff', total)),
  };
}

const splitNumbers = (text: string): number[] =>
  text
    .split(' ')
    .filter((word) => word !== '')
    .map((word) =>
      /^[+-]?inf/i.test(word) ? (word.startsWith('-') ? -Infinity : Infinity) : Number(word),
    );
