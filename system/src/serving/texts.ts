/** Texts of many rows; a plain array is one. */
export interface Texts {
  readonly length: number;
  at(row: number): string | null | undefined;
}

/** One text after another as UTF-8: a million keys are some megabytes and no object each. */
export class PackedTexts implements Texts {
  readonly length: number;
  private readonly starts: Uint32Array;

  /** @param lengths bytes of each text */
  constructor(
    private readonly bytes: Buffer,
    lengths: ArrayLike<number>,
  ) {
    this.length = lengths.length;
    this.starts = new Uint32Array(lengths.length + 1);
    for (let row = 0; row < lengths.length; row++)
      this.starts[row + 1] = this.starts[row]! + lengths[row]!;
    if (this.starts[lengths.length] !== bytes.length)
      throw new RangeError(
        `the texts have ${this.starts[lengths.length]} bytes by their lengths, ${bytes.length} were given`,
      );
  }

  at(row: number): string | undefined {
    if (row >= this.length) return undefined;
    return this.bytes.toString('utf8', this.starts[row], this.starts[row + 1]);
  }
}

/** Texts that repeat: a code a row, and what the codes mean. */
export class CodedTexts implements Texts {
  readonly length: number;

  constructor(
    private readonly codes: Int32Array,
    private readonly levels: readonly string[],
  ) {
    this.length = codes.length;
  }

  at(row: number): string | null | undefined {
    const code = this.codes[row];
    return code === undefined ? undefined : (this.levels[code] ?? null);
  }
}
