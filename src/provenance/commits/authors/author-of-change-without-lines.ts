/**
 * Who made a change that has no lines of its own: of a binary file, a symbolic link, a submodule, a mode, or a bare
 * rename. Such a change is a single whole: it belongs to whoever brought the file to its present state, and as a line it
 * stays an assistant's when a person edits what the assistant wrote.
 */
import type { Provenance } from '../../authorship';
import { creditOf, runningBrackets, type StoredRecord } from '../../journal';
import { isZero, type DiffFile } from '../../../git';

/** The state of a file at one time; null when it does not exist. `mode` is missing where it was not checked. */
interface State {
  readonly content: string | null;
  readonly mode?: string;
}

interface Question {
  readonly records: readonly StoredRecord[];
  readonly now: number;
  /** Whether a recorded content is what git has under this blob id, although git stores it in another form. */
  readonly isStoredAs: (content: string, id: string) => boolean;
}

export function fileAuthor(file: DiffFile, question: Question): Provenance {
  const target: State = isZero(file.newId) ? { content: null } : { content: file.newId, mode: file.newMode };
  const base: State =
    isZero(file.oldId) || file.from !== null ? { content: null } : { content: file.oldId, mode: file.oldMode };
  const provenance = lastProvenanceAt(file.path, base, target, question);
  if (provenance !== undefined) return provenance;
  if (file.status === 'R' && file.from !== null) {
    const oldProvenance = lastProvenanceAt(
      file.from,
      { content: file.oldId, mode: file.oldMode },
      { content: null },
      question,
    );
    if (oldProvenance !== undefined) return oldProvenance;
  }
  return provenanceOfOpenBracket(file, target, question);
}

/**
 * The author who last brought a path from `base` to `target`; null when that was not recorded, undefined when it was
 * never seen in that state.
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
    if (!same(state, next)) provenance = isEditOfAi(provenance, next, by) ? provenance : by;
    if (same(next, base)) provenance = null;
    state = next;
    if (same(next, target)) found = provenance;
  };
  /** Whether a person edits content that an assistant wrote since `base`. Nothing of it is left where the base's is back. */
  const isEditOfAi = (before: Provenance, next: State, by: Provenance): boolean =>
    before?.author === 'ai' &&
    by?.author === 'human' &&
    next.content !== null &&
    !same({ content: next.content }, { content: base.content });
  const commits = new Set<string>();
  for (const { record } of records) {
    if (record.kind === 'session') continue;
    if (record.kind === 'committed') {
      // What somebody undid before a commit is permanently in the base: whoever makes the change again is a different
      // author.
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
      // A person's later declaration: nothing changed, yet an author is named.
      if (edit.from === edit.to && record.by.evidence === 'declared' && same(state, target))
        found = provenance = creditOf(record.by, record.at);
    }
  }
  return found;
}

/** The one author at work the whole time since the file had another state. Two at once can't be told apart. */
function provenanceOfOpenBracket(file: DiffFile, target: State, { records, now }: Question): Provenance {
  const open = runningBrackets(records, now).filter(({ record }) => {
    const seen = record.files.find((f) => f.path === file.path);
    // A file that a bracket over everything does not list was as git had it.
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
