/** What a new file has from another one of its name: the repository has that danger already. */
import { asLow } from '../rule-rows/sentences-of-code-rules';
import { classOf } from '../rules';
import type { Change, NoticedIn, Tools } from '../types';

/** A shorter line is the same by chance. */
const LONG_ENOUGH = 12;
/** Lines before and after one, and how many of all of them the other file must have. */
const AROUND = 3;
const ALIKE = 6;
/** Each is a question to git. */
const ASKED_AT_MOST = 20;

const COPIED: ReadonlySet<string> = new Set(['destructive', 'permissions', 'availability']);

/** Low where a file of the same name, which the change leaves as it is, has the line of a new file and those around it. */
export async function lowInCopies(
  noticed: readonly NoticedIn[],
  changes: readonly Change[],
  { namesakes }: Tools,
): Promise<readonly NoticedIn[]> {
  if (namesakes === undefined) return noticed;
  const added = new Map(changes.flatMap((change) => (change.before === null ? [[change.path, change] as const] : [])));
  const linesOf = new Map<string, readonly string[]>();
  const known = new Map<string, boolean>();
  const isCopied = async ({ path, line: at }: NoticedIn): Promise<boolean> => {
    const key = `${path} ${String(at)}`;
    const answer = known.get(key);
    if (answer !== undefined || known.size >= ASKED_AT_MOST) return answer ?? false;
    const lines = linesOf.get(path) ?? (added.get(path)?.after ?? '').split('\n').map((line) => line.trim());
    linesOf.set(path, lines);
    const line = lines[at - 1] ?? '';
    if (line.length < LONG_ENOUGH) return false;
    const isCopy = hasWindow(await namesakes(path, line, AROUND), windowOf(lines, at - 1), line);
    known.set(key, isCopy);
    return isCopy;
  };
  const found: NoticedIn[] = [];
  for (const notice of noticed) {
    const { path, side, rule, severity } = notice;
    const mayBeCopied = side === 'new' && severity !== 'low' && added.has(path) && COPIED.has(classOf(rule));
    found.push(mayBeCopied && (await isCopied(notice)) ? asLow(notice) : notice);
  }
  return found;
}

const windowOf = (lines: readonly string[], at: number): readonly string[] =>
  lines.slice(Math.max(0, at - AROUND), at + AROUND + 1);

function hasWindow(shown: readonly string[], window: readonly string[], line: string): boolean {
  const bare = shown.map((text) => text.trim());
  const least = Math.min(ALIKE, window.length);
  return (
    window.length > AROUND &&
    bare.some((text, at) => {
      if (text !== line) return false;
      const shownWindow = windowOf(bare, at);
      return window.filter((part) => shownWindow.includes(part)).length >= least;
    })
  );
}
