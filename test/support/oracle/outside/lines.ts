/** A plain line diff, for putting parts of a change into the index. */

export interface Piece {
  kind: 'keep' | 'remove' | 'add';
  line: string;
}

/** The shortest way from one list of lines to another, by the longest common part. */
export function pieces(old: readonly string[], now: readonly string[]): Piece[] {
  const rest: number[][] = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  const cell = (i: number, j: number) => rest[i]?.[j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    const row = rest[i] ?? [];
    for (let j = now.length - 1; j >= 0; j -= 1)
      row[j] = old[i] === now[j] ? cell(i + 1, j + 1) + 1 : Math.max(cell(i + 1, j), cell(i, j + 1));
  }
  const found: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      found.push({ kind: 'keep', line: old[i] ?? '' });
      [i, j] = [i + 1, j + 1];
    } else if (i < old.length && (j === now.length || cell(i + 1, j) >= cell(i, j + 1))) {
      found.push({ kind: 'remove', line: old[i] ?? '' });
      i += 1;
    } else {
      found.push({ kind: 'add', line: now[j] ?? '' });
      j += 1;
    }
  }
  return found;
}

/** The text with only those changes that `take` says yes to; asked once for each hunk, or once for each line. */
export function partOf(
  old: readonly string[],
  now: readonly string[],
  each: 'hunk' | 'line',
  take: () => boolean,
): string {
  let answer: boolean | undefined;
  const lines = pieces(old, now).flatMap((piece) => {
    if (piece.kind === 'keep') {
      answer = undefined;
      return [piece.line];
    }
    if (each === 'line' || answer === undefined) answer = take();
    return (piece.kind === 'add') === answer ? [piece.line] : [];
  });
  // A line without an end stays whole when others come behind it.
  return lines.map((line, index) => (index < lines.length - 1 && !line.endsWith('\n') ? `${line}\n` : line)).join('');
}
