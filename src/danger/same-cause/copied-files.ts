/** What a new file has from another one of its name: the repository has that danger already. */
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
  const added = new Map(
    changes.flatMap(({ path, before, after }) =>
      before === null && after !== null ? [[path, after.split('\n').map((line) => line.trim())] as const] : [],
    ),
  );
  const known = new Map<string, boolean>();
  const found: NoticedIn[] = [];
  for (const notice of noticed) {
    const lines = notice.side === 'new' && COPIED.has(classOf(notice.rule)) ? added.get(notice.path) : undefined;
    const line = lines?.[notice.line - 1] ?? '';
    const key = `${notice.path} ${String(notice.line)}`;
    let isCopy = known.get(key);
    if (isCopy === undefined && lines !== undefined && line.length >= LONG_ENOUGH && known.size < ASKED_AT_MOST) {
      isCopy = hasWindow(await namesakes(notice.path, line, AROUND), windowOf(lines, notice.line - 1), line);
      known.set(key, isCopy);
    }
    found.push(isCopy === true ? { ...notice, severity: 'low' } : notice);
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
