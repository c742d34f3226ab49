import { decodeArtifact, encodeArtifact } from '@tino/learn';

const KIND = 'forecast memory';
/** Bytes of a row's name: what was seen of a series, hashed. */
const NAME_BYTES = 16;

/**
 * What recipes said from origins of trainings before. A forecast is found again under a name of all
 * that decides it, so that finding it is the same as fitting anew.
 */
export interface SearchMemory {
  /**
   * @param block names recipe, steps and horizon
   * @param row 32 hexadecimal digits: what was seen of a series, and of others where they matter
   * @returns one number a step ahead; undefined when nobody said it before
   */
  find(block: string, row: string): Float64Array | undefined;
  keep(block: string, row: string, values: Float64Array): void;
  /** Series by key that a local recipe had to be fitted to. */
  readonly fitted: Set<string>;
  /** Fits of models that learn over all series. */
  readonly global: { made: number; reused: number };
  /** What was found or kept since it was opened: older origins are forgotten. */
  bytes(): Uint8Array;
}

type Block = Map<string, Float64Array>;

/**
 * @param bytes of the training before; null for none
 * @param code hash of what forecasts come from: nothing that other code said is found
 */
export function openMemory(bytes: Uint8Array | null, code: string): SearchMemory {
  const before = bytes === null ? new Map<string, Block>() : readBlocks(bytes, code);
  const used = new Map<string, Block>();
  const keep: SearchMemory['keep'] = (name, row, values) => {
    const block = used.get(name) ?? new Map<string, Float64Array>();
    used.set(name, block);
    block.set(row, values);
  };
  return {
    keep,
    find(name, row) {
      const values = used.get(name)?.get(row) ?? before.get(name)?.get(row);
      if (values !== undefined) keep(name, row, values);
      return values;
    },
    fitted: new Set(),
    global: { made: 0, reused: 0 },
    bytes: () => writeBlocks(used, code),
  };
}

function writeBlocks(blocks: ReadonlyMap<string, Block>, code: string): Uint8Array {
  const sections: Record<string, Uint8Array | Float64Array> = {};
  for (const [name, block] of blocks) {
    const width = [...block.values()][0]!.length;
    const values = new Float64Array(block.size * width);
    [...block.values()].forEach((row, i) => values.set(row, i * width));
    sections[`rows ${name}`] = Buffer.from([...block.keys()].join(''), 'hex');
    sections[`values ${name}`] = values;
  }
  return encodeArtifact({ kind: KIND, meta: { code }, sections });
}

/** @throws when the bytes are damaged */
function readBlocks(bytes: Uint8Array, code: string): Map<string, Block> {
  const { kind, meta, sections } = decodeArtifact(bytes);
  const blocks = new Map<string, Block>();
  if (kind !== KIND || meta['code'] !== code) return blocks;
  for (const [section, values] of Object.entries(sections)) {
    if (!section.startsWith('values ')) continue;
    const name = section.slice('values '.length);
    const rows = Buffer.from(sections[`rows ${name}`] as Uint8Array).toString('hex');
    const count = rows.length / (2 * NAME_BYTES);
    const width = values.length / count;
    const block: Block = new Map();
    for (let i = 0; i < count; i++)
      block.set(
        rows.slice(2 * NAME_BYTES * i, 2 * NAME_BYTES * (i + 1)),
        (values as Float64Array).subarray(i * width, (i + 1) * width),
      );
    blocks.set(name, block);
  }
  return blocks;
}
