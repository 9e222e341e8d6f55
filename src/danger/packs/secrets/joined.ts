/** Secrets split into pieces: strings with `+`, `.` or a line break between them, joined. */

/** The end of one string and the start of the next. */
const SEAM = /(["'`])[ \t]{0,20}(?:\+|\.\.?|<>|&|\\)?[ \t]{0,20}(?:\\?\r?\n[ \t]{0,60})?(?:\+|\.|&)?[ \t]{0,20}\1/g;

/** The text without the seams, and a map from its offsets to those of the original. Null when there is no seam. */
export function joined(text: string): { readonly text: string; readonly was: (at: number) => number } | null {
  const cuts: { readonly at: number; readonly removed: number }[] = [];
  let whole = '';
  let last = 0;
  let removed = 0;
  for (const match of text.matchAll(SEAM)) {
    const [seam] = match;
    // two adjacent quotes are an empty string
    if (
      seam.length <= 2 ||
      !/[\w+/=-]/.test(text.charAt(match.index - 1)) ||
      !/[\w+/=-]/.test(text.charAt(match.index + seam.length)) ||
      !/[+.&\\<\n]/.test(seam)
    )
      continue;
    whole += text.slice(last, match.index);
    last = match.index + seam.length;
    removed += seam.length;
    cuts.push({ at: whole.length, removed });
  }
  if (cuts.length === 0) return null;
  whole += text.slice(last);
  return { text: whole, was: (at) => at + (cuts.findLast((cut) => cut.at <= at)?.removed ?? 0) };
}
