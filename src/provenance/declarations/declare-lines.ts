/** A person says who wrote uncommitted lines of unknown author. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AuthoredText } from '../authorship';
import type { ChangeAttribution, FileAttribution } from '../authorship/types';
import { settleBeforeRecording, statusOf } from '../commits';
import { committedFile, type Repository } from '../../git';
import { runningBrackets, openJournal, replay, type By, type FileEdit, type Journal } from '../journal';
import { presentFile, presentSubmodule } from '../assistants/record';
import { hasUnknown, type LineSpan } from './has-unknown-lines';

interface Declaration {
  /** Relative to the top of the work tree, with `/`. */
  readonly path: string;
  /** Null: everything unknown in the file, removed lines included. */
  readonly lines: readonly LineSpan[] | null;
  readonly by: By;
}

/** The result of a declaration. */
type Declared =
  | { readonly outcome: 'declared'; readonly before: FileAttribution; readonly after: FileAttribution }
  /** The file is as in HEAD, or does not exist. */
  | { readonly outcome: 'unchanged' }
  /** Nothing in the given lines is unknown. */
  | { readonly outcome: 'known'; readonly file: FileAttribution }
  /** An assistant's action on the file has begun but not ended: what it wrote has not been reported yet. */
  | { readonly outcome: 'busy'; readonly assistant: string | undefined }
  | { readonly outcome: 'too-far'; readonly lines: number };

/** Records a declaration. Throws a GitError or a JournalError. */
export async function declareLines(
  repository: Repository,
  { path: file, lines, by }: Declaration,
  now: () => number,
): Promise<Declared> {
  // A commit made since the last record must be known before the next one is, or nobody could tell which came first.
  await settleBeforeRecording(repository, now);
  const fileIn = (change: ChangeAttribution): FileAttribution | undefined =>
    change.files.find((one) => one.path === file);
  const before = fileIn(await statusOf(repository, now));
  if (!before) return { outcome: 'unchanged' };
  const journal = openJournal(repository.gitDir, now);
  const worker = atWorkOn(journal, [file], now());
  if (worker) return { outcome: 'busy', assistant: worker.assistant };
  const present = presentFile(repository.root, file)?.content ?? null;
  const total = present === null ? 0 : countLines(present);
  if (lines?.some(({ end }) => end > total) === true) return { outcome: 'too-far', lines: total };
  const edit = before.change
    ? wholeEdit(repository, journal, before, present)
    : await editOf(repository, journal, before, present, lines, now);
  if (!edit) return { outcome: 'known', file: before };
  journal.add({ kind: 'edit', by, files: [edit] });
  const after = fileIn(await statusOf(repository, now)) ?? before;
  return { outcome: 'declared', before, after };
}

/** Who has begun to work on one of the files and not finished: what is unknown now may still be reported as theirs. */
export const atWorkOn = (journal: Journal, files: readonly string[], now: number): By | undefined =>
  runningBrackets(journal.read(), now).find(
    ({ record }) => record.opens.all || record.files.some(({ path }) => files.includes(path)),
  )?.record.opens.by;

/** For a change without lines: gives the file as it is an author. */
function wholeEdit(
  repository: Repository,
  journal: Journal,
  { path: file, change }: FileAttribution,
  present: Buffer | null,
): FileEdit | undefined {
  if (change?.author !== 'unknown') return undefined;
  const content = present === null ? (presentSubmodule(repository.root, file) ?? null) : journal.keep(present);
  return { path: file, from: content, to: content };
}

async function editOf(
  repository: Repository,
  journal: Journal,
  { path: file, from }: FileAttribution,
  present: Buffer | null,
  lines: readonly LineSpan[] | null,
  now: () => number,
): Promise<FileEdit | undefined> {
  const base = await inHead(repository, from ?? file);
  const wanted = { path: file, base, target: present, ...(from === null ? {} : { from }) };
  const text =
    replay(journal.read(), (id) => journal.content(id), [wanted], {
      now: now(),
      isThere: (other) => existsSync(join(repository.root, other)),
    }).get(file) ?? AuthoredText.carried(base?.toString('utf8') ?? '');
  return hasUnknown(text, lines) ? declaration(journal, file, present, lines) : undefined;
}

/** The declaration as an edit in the journal. */
export function declaration(
  journal: Journal,
  path: string,
  present: Buffer | null,
  lines: readonly LineSpan[] | null,
): FileEdit {
  const content = present === null ? null : journal.keep(present);
  return {
    path,
    from: content,
    to: content,
    declares: lines?.map(({ start, end }): readonly [number, number] => [start, end]) ?? null,
  };
}

async function inHead(repository: Repository, file: string): Promise<Buffer | null> {
  const head = await repository.commitId('HEAD');
  return head === undefined ? null : committedFile(repository, head, file);
}

const LINE_FEED = 0x0a;
const countLines = (content: Buffer): number =>
  content.reduce(
    (sum, byte) => (byte === LINE_FEED ? sum + 1 : sum),
    content.length > 0 && content.at(-1) !== LINE_FEED ? 1 : 0,
  );
