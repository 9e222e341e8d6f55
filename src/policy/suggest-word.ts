/**
 * "Did you mean": the nearest allowed word.
 */

/** The word of `known` that `word` is most likely a typo of; undefined when none is near. */
export function nearestOf(word: string, known: readonly string[]): string | undefined {
  if (word.length > 64) return undefined;
  const plain = plainForm(word);
  const rated = known
    .map((one) => ({ one, distance: distance(plain, plainForm(one)) }))
    .sort((a, b) => a.distance - b.distance);
  const best = rated[0];
  return best !== undefined && best.distance <= Math.max(1, Math.floor(Math.max(plain.length, best.one.length) / 3))
    ? best.one
    : undefined;
}

/** `did you mean "x"?`, or the allowed words when none is near. */
export function suggestionFor(word: string, known: readonly string[]): string {
  const near = nearestOf(word, known);
  return near === undefined ? `known here: ${known.join(', ')}` : `did you mean "${near}"?`;
}

const plainForm = (word: string): string => word.toLowerCase().replace(/[_\s.]+/g, '-');

/** Edit distance: insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
function distance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const cost = from[i - 1] === to[j - 1] ? 0 : 1;
      let least = Math.min((rows[i - 1]?.[j] ?? i) + 1, (row[j - 1] ?? j) + 1, (rows[i - 1]?.[j - 1] ?? 0) + cost);
      if (from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1] && i > 1 && j > 1)
        least = Math.min(least, (rows[i - 2]?.[j - 2] ?? 0) + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[from.length]?.[to.length] ?? 0;
}
