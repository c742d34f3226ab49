/** SQL without its comments and quoted text. */
const bare = (sql: string): string => sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, ' ');

/**
 * Which of `names` occur as words of any text: a superset of what the parsed statement names,
 * enough to know what to attach and what a hash must cover. What may be read is decided on the
 * parsed tree.
 */
export function namesIn(texts: readonly string[], names: readonly string[]): string[] {
  const words = new Set(
    texts.flatMap(
      (text) =>
        bare(text)
          .toLowerCase()
          .match(/[\p{L}\p{N}_]+/gu) ?? [],
    ),
  );
  return names.filter((name) => words.has(name.toLowerCase())).sort();
}
