/** Files whose whole content went to another name while they got a new one: nothing of the new content was made of the old. Pure. */

/** A file before and after one change. */
interface Rewritten {
  readonly before: string;
  readonly after: string;
}

/** A content went to another name when this share of it is there, and less than that where it was: as git's `-M`. */
const MOVED_FROM = 0.5;
/** Where a change makes more files than this, only those that have the whole content count. */
const COMPARED_AT_MOST = 16;

/** Those of the files of one change whose content another file, which is new, has taken along. */
export function movedAside<T extends Rewritten>(files: readonly T[]): ReadonlySet<T> {
  const made = files.flatMap(({ before, after }) => (before === '' && after !== '' ? [after] : []));
  if (made.length === 0) return new Set();
  const whole = new Set(made);
  const texts = made.length > COMPARED_AT_MOST ? [] : made.map((text) => new Set(linesOf(text)));
  return new Set(
    files.filter(({ before, after }) => {
      if (before === '' || after === '' || before === after) return false;
      const lines = linesOf(before);
      if (keptOf(lines, new Set(linesOf(after))) >= MOVED_FROM) return false;
      return whole.has(before) || texts.some((text) => keptOf(lines, text) >= MOVED_FROM);
    }),
  );
}

const linesOf = (text: string): string[] =>
  text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));

/** Which share of the lines is among others, by characters. */
function keptOf(lines: readonly string[], others: ReadonlySet<string>): number {
  let count = 0;
  let all = 0;
  for (const line of lines) {
    all += line.length;
    if (others.has(line)) count += line.length;
  }
  return all === 0 ? 0 : count / all;
}
