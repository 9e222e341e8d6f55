/**
 * What `commit-msg` does after somebody edited the message: closing the editor without a word still aborts, and our
 * trailers are last in a message that was continued below them.
 */
import { readFileSync, rmSync } from 'node:fs';
import { dataPlace, replaceFile, writeWhole } from '../../../base/files';
import { isBlank, linesOf, readMessage, isEmptyMessage, wordsOf, type Cleanup } from './git-message-cleanup';
import type { Repository } from '../../../git';
import { countsBeside, readTrailers, withTrailerLines } from './trailers';
import { attempt } from '../../../base/platform';

/** What `prepare-commit-msg` leaves for `commit-msg`. */
interface PendingMessage {
  /** The message as git wrote it. */
  readonly before: string;
  /** Our lines in it. */
  readonly ours: readonly string[];
  readonly cleanup: Cleanup;
  /** Nobody has written any of it yet: if left as it is, git aborts. */
  readonly unwritten: boolean;
}

const flagOf = (repository: Repository): string => dataPlace(repository.gitDir, 'unwritten');

/** Makes {@link finishMessage} process the message again. */
export function savePendingMessage(repository: Repository, unfinished: PendingMessage): void {
  writeWhole(flagOf(repository), JSON.stringify(unfinished));
}

/** Discards the pending message, for example after an abandoned commit. */
export function removePendingMessage(repository: Repository): void {
  rmSync(flagOf(repository), { force: true });
}

/**
 * Git's `commit-msg`. A message that nobody wrote is restored to what git had generated, so that git itself decides
 * what happens.
 */
export function finishMessage(repository: Repository, messageFile: string, tell?: (line: string) => void): void {
  const unfinished = readUnfinished(flagOf(repository));
  if (unfinished && finish(unfinished, messageFile) === 'replaced')
    tell?.(
      'linekeeper: The commit message was replaced as a whole, so this commit does not name its assistant. To add the trailers, run "git commit --amend --no-edit".',
    );
  removePendingMessage(repository);
}

/** `replaced`: what we wrote is gone, and so is everything that git wrote: that was a program, not a person's choice. */
function finish({ before, ours, cleanup, unwritten }: PendingMessage, messageFile: string): 'replaced' | undefined {
  const { text, encoding } = readMessage(messageFile);
  const lines = linesOf(text);
  const at = blockOf(lines, ours);
  const without = at < 0 ? text : withoutBlock(lines, at, ours.length);
  const words = wordsOf(without, cleanup);
  if (unwritten && words.join('\n') === wordsOf(before, cleanup).join('\n')) {
    replaceFile(messageFile, before, { encoding });
  } else if (at >= 0 && isEmptyMessage(words)) {
    replaceFile(messageFile, without, { encoding });
  } else if (
    at >= 0 &&
    (wordsOf(lines.slice(at).join(''), cleanup).length > ours.length || countsBeside(without, ours).length > 0)
  ) {
    replaceFile(messageFile, withTrailerLines(without, ours, { ...cleanup, former: [], evenEmpty: false }), {
      encoding,
    });
  } else if (at < 0 && countsElsewhere(text, ours)) {
    replaceFile(messageFile, withTrailerLines(text, ours, { ...cleanup, former: [], evenEmpty: false }), { encoding });
  } else if (ours.length > 0 && !isEmptyMessage(words) && sharesNothing(lines, [...linesOf(before), ...ours])) {
    return 'replaced';
  }
  return undefined;
}

/** Whether no line of a message, other than blank ones, is left. */
function sharesNothing(lines: readonly string[], former: readonly string[]): boolean {
  const known = new Set(former.filter((line) => !isBlank(line)).map((line) => line.trimEnd()));
  return known.size > 0 && !lines.some((line) => known.has(line.trimEnd()));
}

/** Whether a message that was replaced has counts that somebody else wrote, where the commit's own are known. */
const countsElsewhere = (text: string, ours: readonly string[]): boolean =>
  countsBeside(text, ours).length > 0 ||
  (ours.some((line) => line.startsWith('AI-Lines: ')) && readTrailers(text).some(({ key }) => key === 'AI-Lines'));

/**
 * Where our lines are adjacent, as one block; -1 when they are not: then somebody removed some, which is their
 * decision.
 */
function blockOf(lines: readonly string[], ours: readonly string[]): number {
  return lines.findLastIndex((_, at) => ours.length > 0 && ours.every((line, i) => lines[at + i]?.trimEnd() === line));
}

/** The lines without our block, and without the blank line that separated it from the text above. */
function withoutBlock(lines: readonly string[], at: number, count: number): string {
  const parted = at > 0 && isBlank(lines[at - 1]) && isBlank(lines[at + count]);
  return [...lines.slice(0, parted ? at - 1 : at), ...lines.slice(at + count)].join('');
}

function readUnfinished(file: string): PendingMessage | undefined {
  return attempt(() => JSON.parse(readFileSync(file, 'utf8')) as PendingMessage); // our own file
}
