/**
 * What changed between many pairs of commits, with the text of the changed lines: one git process for all of them,
 * parsed as it writes.
 */
import type { ChangeStatus, LineHunk } from '../types';
import type { DiffFile } from './diff-trees-and-index';
import { ahead } from '../plumbing/read-process-output-ahead';
import { isolatedStream } from '../plumbing/isolated-git';
import type { Repository } from '../plumbing/repository';
import { GitError } from '../plumbing/run-git';

/** A run of changed lines with its text, byte by byte (latin1), without line breaks. */
export interface PatchHunk extends LineHunk {
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** The signs of lines without a final line break: `-`, `+`, both or none. */
  readonly unended: string;
}

/** A changed file, by the ids of its contents. */
export type RawChange = Omit<DiffFile, 'binary' | 'hunks'>;

/** A changed file. For one with the same content on both sides, it is unknown whether it is binary. */
export interface PatchFile extends DiffFile {
  readonly hunks: readonly PatchHunk[];
}

/**
 * True for a file whose patch is not sufficient: it does not show whether the same content on both sides is binary, nor
 * a type change line by line.
 */
export const tellsTooLittle = ({ status, oldId, newId }: PatchFile): boolean => status === 'T' || oldId === newId;

/** Whether the text of a change is there, beside its places. */
export const isPatch = (file: DiffFile): file is PatchFile => file.hunks.every((hunk) => 'added' in hunk);

/** Two commits, by their ids. */
export interface Comparison {
  /** Null: the empty tree, as before a root. */
  readonly from: string | null;
  readonly to: string;
  /** The ids are those of trees. */
  readonly trees?: true;
}

// With the same context and rename options as the other diffs, so that the lines agree.
const PATCH = ['-p', '-U1'];
const WORDS = [
  'diff-tree',
  '--stdin',
  '--always',
  '--root',
  '-r',
  '-M',
  '--raw',
  '-z',
  '--no-abbrev',
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--submodule=short',
];

const TIMEOUT_MS = 600_000;

/**
 * The changes of each pair, in the order of the pairs, each as soon as git has written it. git starts at once. Throws a
 * GitError on iteration.
 */
export const patchesOf = (
  repository: Repository,
  pairs: readonly Comparison[],
  objects?: string,
): AsyncGenerator<readonly PatchFile[], undefined> => started(repository, pairs, [...WORDS, ...PATCH], objects);

/** The same with the places of changed lines and without their text. */
export const changedLinesOf = (
  repository: Repository,
  pairs: readonly Comparison[],
): AsyncGenerator<readonly DiffFile[], undefined> =>
  started(repository, pairs, [...WORDS, ...PATCH], undefined, 'places');

/** The same without any lines: which files changed, and their contents' ids. Much cheaper for git. */
export const changedFilesOf = (
  repository: Repository,
  pairs: readonly Comparison[],
): AsyncGenerator<readonly RawChange[], undefined> => started(repository, pairs, WORDS);

function started(
  repository: Repository,
  pairs: readonly Comparison[],
  words: readonly string[],
  objects?: string,
  detail: 'text' | 'places' = 'text',
): AsyncGenerator<readonly PatchFile[], undefined> {
  return readPatches(
    pairs,
    pairs.length === 0
      ? undefined
      : ahead(
          isolatedStream(repository, words, {
            input: askedOf(pairs),
            timeout: TIMEOUT_MS,
            ...(objects === undefined ? {} : { objects }),
          }),
        ),
    detail === 'text',
  );
}

async function* readPatches(
  pairs: readonly Comparison[],
  chunks: AsyncGenerator<Buffer, undefined> | undefined,
  withText: boolean,
): AsyncGenerator<readonly PatchFile[], undefined> {
  if (chunks === undefined) return;
  const reader = new PatchReader(withText);
  try {
    for (const pair of pairs) {
      const header = headerOf(pair);
      let files = reader.next(header);
      while (files === undefined) {
        // Wait for at least as much again as is there, so that a large change is not parsed again with each chunk.
        for (let wanted = reader.waiting, got = 0; got <= wanted && !reader.ended;) {
          const chunk = await chunks.next();
          if (chunk.done === true) reader.ended = true;
          else {
            reader.add(chunk.value.toString('latin1'));
            got += chunk.value.length;
          }
        }
        files = reader.next(header);
      }
      yield files;
    }
  } finally {
    await chunks.return(undefined);
  }
}

/**
 * Comparisons in the form that `git diff-tree --stdin` reads: a commit, and what to use as its parent; or two trees.
 */
export const askedOf = (pairs: readonly Comparison[]): string =>
  pairs
    .map(({ from, to, trees }) => `${from === null ? to : trees === true ? `${from} ${to}` : `${to} ${from}`}\n`)
    .join('');

/** What git writes before a comparison. */
const headerOf = ({ from, to, trees }: Comparison): string => (trees === true ? `${from ?? ''} ${to}\n` : `${to}\0`);

const HUNK = /@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/y;
const HEADER = /(?:[0-9a-f]{40}|[0-9a-f]{64})(?:\0| (?:[0-9a-f]{40}|[0-9a-f]{64})\n)/y;
const LONGEST_HEADER = 130;

/** Parses what git has written so far, as latin1: a character for each byte. */
class PatchReader {
  private text = '';
  private at = 0;
  /** git has written everything. */
  ended = false;

  constructor(private readonly withText: boolean) {}

  add(text: string): void {
    this.text = this.at === 0 ? this.text + text : this.text.slice(this.at) + text;
    this.at = 0;
  }

  get waiting(): number {
    return this.text.length - this.at;
  }

  /** The next commit's changes; undefined until they have arrived completely. */
  next(header: string): readonly PatchFile[] | undefined {
    const start = this.at;
    const files = this.change(header);
    // Only what follows it proves that it is complete.
    if (files !== undefined && (this.ended || this.text.length - this.at >= LONGEST_HEADER)) return files;
    if (this.ended) throw new GitError('failed', 'git diff-tree ended too early');
    this.at = start;
    return undefined;
  }

  private change(header: string): readonly PatchFile[] | undefined {
    if (this.text.length - this.at < header.length) return undefined;
    if (!this.text.startsWith(header, this.at)) throw new GitError('failed', 'git diff-tree answered out of order');
    this.at += header.length;
    const entries: RawChange[] = [];
    while (this.text.charCodeAt(this.at) === 0x3a) {
      const [oldMode = '', newMode = '', oldId = '', newId = '', letter = ''] = this.field()?.slice(1).split(' ') ?? [];
      const status = letter.charAt(0) as ChangeStatus;
      const first = this.field();
      const renamed = status === 'R' || status === 'C';
      const second = renamed ? this.field() : first;
      if (first === undefined || second === undefined) return undefined;
      entries.push({
        path: named(second),
        from: renamed ? named(first) : null,
        status,
        oldMode,
        newMode,
        oldId,
        newId,
      });
    }
    if (this.at >= this.text.length && !this.ended) return undefined;
    if (entries.length === 0) return [];
    if (this.text.charCodeAt(this.at) === 0) this.at++;
    const patches = this.patches();
    let next = 0;
    return entries.map((entry) => {
      // A type change is written as a removal and an addition.
      const mine = patches.slice(next, next + (entry.status === 'T' ? 2 : 1));
      next += mine.length;
      return Object.assign(entry, {
        binary: mine.some(({ binary }) => binary),
        hunks: mine.length === 1 ? (mine[0]?.hunks ?? []) : mine.flatMap(({ hunks }) => hunks),
      });
    });
  }

  private field(): string | undefined {
    const end = this.text.indexOf('\0', this.at);
    if (end < 0) return undefined;
    const text = this.text.slice(this.at, end);
    this.at = end + 1;
    return text;
  }

  /** The end of the line that begins here. */
  private lineEnd(): number {
    const end = this.text.indexOf('\n', this.at);
    return end < 0 ? this.text.length : end;
  }

  /** Up to the next commit's id, which no other line of git's resembles. */
  private patches(): { readonly binary: boolean; readonly hunks: readonly PatchHunk[] }[] {
    const patches: { binary: boolean; hunks: PatchHunk[] }[] = [];
    const { text } = this;
    while (this.at < text.length) {
      const mark = text.charCodeAt(this.at);
      if (mark === 0x40) {
        HUNK.lastIndex = this.at;
        const header = HUNK.exec(text);
        this.at = this.lineEnd() + 1;
        if (header)
          this.hunks(
            patches.at(-1)?.hunks ?? [],
            Number(header[1]),
            Number(header[2] ?? 1),
            Number(header[3]),
            Number(header[4] ?? 1),
          );
        continue;
      }
      if (mark === 0x64 && text.startsWith('diff --git ', this.at)) patches.push({ binary: false, hunks: [] });
      else if (mark === 0x42 && text.startsWith('Binary files ', this.at))
        patches.splice(-1, 1, { binary: true, hunks: [] });
      else {
        HEADER.lastIndex = this.at;
        if (HEADER.test(text)) break;
      }
      this.at = this.lineEnd() + 1;
    }
    this.at = Math.min(this.at, text.length);
    return patches;
  }

  private hunks(into: PatchHunk[], oldFrom: number, oldCount: number, newFrom: number, newCount: number): void {
    const { text } = this;
    let [x, y] = [oldFrom - (oldCount === 0 ? 0 : 1), newFrom - (newCount === 0 ? 0 : 1)];
    const [oldEnd, newEnd] = [x + oldCount, y + newCount];
    let open: { oldStart: number; newStart: number; removed: string[]; added: string[]; unended: string } | undefined;
    let sign = '';
    const close = (): void => {
      if (open)
        into.push({
          oldStart: open.oldStart,
          oldEnd: x,
          newStart: open.newStart,
          newEnd: y,
          removed: open.removed,
          added: open.added,
          unended: open.unended,
        });
      open = undefined;
    };
    // A line without a final line break is followed by git's `\ No newline` marker, even the very last one.
    while ((x < oldEnd || y < newEnd || text.charCodeAt(this.at) === 0x5c) && this.at < text.length) {
      const mark = text.charCodeAt(this.at);
      if (mark === 0x5c && open && sign !== '') open.unended += sign;
      if (mark !== 0x5c) sign = mark === 0x2d ? '-' : mark === 0x2b ? '+' : '';
      const end = this.lineEnd();
      if (mark === 0x2d || mark === 0x2b) {
        open ??= { oldStart: x, newStart: y, removed: [], added: [], unended: '' };
        if (this.withText) (mark === 0x2d ? open.removed : open.added).push(text.slice(this.at + 1, end));
        if (mark === 0x2d) x++;
        else y++;
      } else if (mark !== 0x5c) {
        close();
        x++;
        y++;
      }
      this.at = end + 1;
    }
    close();
  }
}

/**
 * Decodes a path from its bytes. Always a copy: a part of a text keeps all of it in memory, and paths are kept for whole
 * histories.
 */
const named = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');
