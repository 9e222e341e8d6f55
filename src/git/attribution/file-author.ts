/**
 * Who made a change that has no lines of its own: of a binary file, a symbolic link, a submodule, a mode, or a bare
 * rename. Such a change is one whole: it is by whoever brought the file to what it is now.
 */
import type { Provenance } from '../../attribution';
import { creditOf, openBrackets, type StoredRecord } from '../../journal';
import { isZero, type DiffFile } from '../diff/diff';

/** What a file is at a moment; null when it is not there. `mode` is missing where nobody looked. */
interface State {
  readonly content: string | null;
  readonly mode?: string;
}

interface Question {
  readonly records: readonly StoredRecord[];
  readonly now: number;
  /** Whether a kept content is what git has under this blob id, although git stores it in another form. */
  readonly isStoredAs: (content: string, id: string) => boolean;
}

export function fileAuthor(file: DiffFile, question: Question): Provenance {
  const target: State = isZero(file.newId) ? { content: null } : { content: file.newId, mode: file.newMode };
  const base: State =
    isZero(file.oldId) || file.from !== null ? { content: null } : { content: file.oldId, mode: file.oldMode };
  const own = lastProvenanceAt(file.path, base, target, question);
  if (own !== undefined) return own;
  if (file.status === 'R' && file.from !== null) {
    const left = lastProvenanceAt(file.from, { content: file.oldId, mode: file.oldMode }, { content: null }, question);
    if (left !== undefined) return left;
  }
  return provenanceOfOpenBracket(file, target, question);
}

/**
 * The hand that last brought a path from `base` to `target`; null when nobody recorded it, undefined when it was never
 * seen like that.
 */
function lastProvenanceAt(
  path: string,
  base: State,
  target: State,
  { records, isStoredAs }: Question,
): Provenance | undefined {
  const same = (a: State, b: State): boolean =>
    (a.content === b.content || (a.content !== null && b.content !== null && isStoredAs(a.content, b.content))) &&
    (a.content === null || a.mode === undefined || b.mode === undefined || a.mode === b.mode);
  let state: State = base;
  let provenance: Provenance = null;
  let found: Provenance | undefined;
  let isTakenBack = false;
  const become = (next: State, by: Provenance): void => {
    isTakenBack &&= same(next, base);
    if (!same(state, next)) provenance = by;
    if (same(next, base)) provenance = null;
    state = next;
    if (same(next, target)) found = provenance;
  };
  const commits = new Set<string>();
  for (const { record } of records) {
    if (record.kind === 'session') continue;
    if (record.kind === 'committed') {
      // What somebody took back before a commit is in the base for good: whoever brings it there again is somebody
      // else.
      if (isTakenBack && !commits.has(record.commit)) found = undefined;
      for (const commit of [record.commit, ...(record.parents ?? [])]) commits.add(commit);
      continue;
    }
    if (record.kind === 'seen') {
      for (const seen of record.files)
        if (seen.path === path)
          become({ content: seen.content, ...(seen.mode === undefined ? {} : { mode: seen.mode }) }, null);
      continue;
    }
    for (const edit of record.files) {
      if (edit.path !== path) continue;
      const [from, to] = edit.modes ?? [];
      become({ content: edit.from, ...(from === undefined ? {} : { mode: from }) }, null);
      become({ content: edit.to, ...(to === undefined ? {} : { mode: to }) }, creditOf(record.by, record.at));
      isTakenBack = same(state, base);
      // Said afterwards by a person: nothing changed, and yet somebody is named.
      if (edit.from === edit.to && record.by.evidence === 'declared' && same(state, target))
        found = provenance = creditOf(record.by, record.at);
    }
  }
  return found;
}

/** Somebody at work all the while since the file was otherwise. Two at once can't be told apart. */
function provenanceOfOpenBracket(file: DiffFile, target: State, { records, now }: Question): Provenance {
  const open = openBrackets(records, now).filter(({ record }) => {
    const seen = record.files.find((f) => f.path === file.path);
    // What a bracket over everything does not name was as git had it.
    return seen
      ? seen.content !== target.content || (seen.mode !== undefined && seen.mode !== target.mode)
      : record.opens.all;
  });
  const by = open[0]?.record.opens.by;
  const alone = open.every(
    ({ record: { opens } }) =>
      opens.by.session === by?.session && opens.by.assistant === by?.assistant && opens.by.author === by?.author,
  );
  return by && alone ? creditOf(by, now) : null;
}
