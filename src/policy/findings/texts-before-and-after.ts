/** The texts of changed files, before and after, for the danger rules. */
import { lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FileAttribution } from '../../provenance/authorship/types';
import type { Change } from '../../danger';
import { readBlobs, readNamed, type Repository } from '../../git';
import { isCiFile } from '..';
import { isUtf8 } from 'node:buffer';

// Changes that their line count does not describe.

/** A longer line is more than a line's worth of reading, such as a program on one line. Bytes. */
const LINE_AT_MOST = 2_000;
const LINE_END = 0x0a;

/** Pointers in git to content that is stored elsewhere: Git LFS, git-annex. */
const POINTER = /^(?:version https:\/\/git-lfs\.github\.com\/spec\/|\/annex\/objects\/)/;
const POINTER_AT_MOST = 1_024;

/** Whether a file's change can't be counted in lines. A side that is not a buffer does not exist or can't be read. */
function isBeyondLines(before: unknown, after: unknown): boolean {
  const [oldBytes, newBytes] = [bytesOf(before), bytesOf(after)];
  if (oldBytes.equals(newBytes)) return false;
  return (
    [oldBytes, newBytes].some((side) => !isUtf8(side) || isPointer(side)) ||
    longLinesOf(oldBytes) !== longLinesOf(newBytes)
  );
}

const bytesOf = (content: unknown): Buffer => (Buffer.isBuffer(content) ? content : Buffer.alloc(0));

const isPointer = (content: Buffer): boolean =>
  content.length <= POINTER_AT_MOST && POINTER.test(content.toString('latin1'));

function longLinesOf(content: Buffer): string {
  const long: string[] = [];
  for (let start = 0; start < content.length;) {
    const found = content.indexOf(LINE_END, start);
    const end = found < 0 ? content.length : found;
    if (end - start > LINE_AT_MOST) long.push(content.toString('latin1', start, end));
    start = end + 1;
  }
  return long.sort().join('\n');
}

/** A larger file is not examined. Bytes. */
const FILE_AT_MOST = 4_000_000;
/** At most this much of one change is examined, in its order. Bytes. */
const CHANGE_AT_MOST = 64_000_000;

export interface Texts {
  readonly changes: readonly Change[];
  /** Paths of files that were left out because the change as a whole is too large. */
  readonly left: readonly string[];
  /** Paths of files with a side that is too large to be read, or not text. */
  readonly unread: readonly string[];
  /** Paths of files whose change can't be counted in lines. */
  readonly beyondLines: ReadonlySet<string>;
  /** CI files that name Linekeeper, in their old or new version. */
  readonly runsGate: ReadonlySet<string>;
}

/** A file between two trees, by the ids of its blobs; all zeros where it does not exist. */
export interface BlobPair {
  readonly path: string;
  readonly from: string | null;
  readonly oldId: string;
  readonly newId: string;
}

/** Of files between two trees. At most two git calls. Throws a GitError. */
export async function textsOfBlobs(
  repository: Repository,
  files: readonly BlobPair[],
  options: { readonly objects?: string } = {},
): Promise<Texts> {
  const [texts] = await textsOfChanges(repository, [files], options);
  return texts ?? within([]);
}

/** The same for several changes, whose contents are read together. */
export async function textsOfChanges(
  repository: Repository,
  changes: readonly (readonly BlobPair[])[],
  options: { readonly objects?: string } = {},
): Promise<readonly Texts[]> {
  const isThere = (id: string): boolean => !/^0+$/.test(id);
  const blobs = await readBlobs(
    repository,
    changes.flatMap((files) => files.flatMap(({ oldId, newId }) => [oldId, newId])).filter(isThere),
    options,
  );
  return changes.map((files) =>
    within(
      files.map(({ path: name, from, oldId, newId }) => ({
        path: name,
        from,
        before: isThere(oldId) ? blobs.get(oldId) : null,
        after: isThere(newId) ? blobs.get(newId) : null,
      })),
    ),
  );
}

/** A changed file of the work tree. */
export type WorkFile = Pick<FileAttribution, 'path' | 'from' | 'status'>;

/** Of uncommitted files: HEAD against the work tree. One call of git. Throws a GitError. */
export async function textsOfWork(repository: Repository, files: readonly WorkFile[]): Promise<Texts> {
  const looked = files.filter(({ path: name, from }) => !/\n/.test(`${name}${from ?? ''}`));
  const old = looked.filter(({ status }) => status !== 'A' && status !== 'C');
  // by the id, since what stands there can be remembered: whoever shows the change reads it again
  const head = old.length === 0 ? undefined : await repository.commitId('HEAD');
  const found = await readNamed(
    repository,
    old.map((file) => `${head ?? 'HEAD'}:${file.from ?? file.path}`),
  );
  const before = new Map(old.map((file, index) => [file, found[index]]));
  return within(
    looked.map((file) => {
      const object = before.get(file);
      return {
        path: file.path,
        from: file.from,
        before: before.has(file) ? (object?.kind === 'blob' ? object.content : undefined) : null,
        after: file.status === 'D' ? null : onDisk(path.join(repository.root, file.path)),
      };
    }),
  );
}

/** Undefined when it can't be read: a link, a folder, or a file that was just deleted. */
function onDisk(file: string): Buffer | 'too large' | undefined {
  try {
    const found = lstatSync(file);
    if (found.isFile() && found.size > FILE_AT_MOST) return 'too large';
    return found.isFile() ? readFileSync(file) : undefined;
  } catch {
    return undefined;
  }
}

interface Sides {
  readonly path: string;
  readonly from: string | null;
  /** Null: it does not exist. Undefined: it can't be read. */
  readonly before: Buffer | null | undefined;
  readonly after: Buffer | 'too large' | null | undefined;
}

function within(files: readonly Sides[]): Texts {
  const changes: Change[] = [];
  const skipped: string[] = [];
  const unread: string[] = [];
  const beyondLines = new Set(
    files.filter(({ before, after }) => isBeyondLines(before, after)).map((file) => file.path),
  );
  const runsGate = new Set(files.filter(namesUs).map((file) => file.path));
  let size = 0;
  for (const { path: name, from, before, after } of files) {
    const [oldText, newText] = [textOf(before), textOf(after)];
    if (oldText === undefined || newText === undefined) {
      if ([before, after].some((side) => side !== undefined && side !== null && textOf(side) === undefined))
        unread.push(name);
      continue;
    }
    size += (before?.length ?? 0) + (after?.length ?? 0);
    if (size > CHANGE_AT_MOST) skipped.push(name);
    else changes.push({ path: name, from, before: oldText, after: newText });
  }
  return { changes, left: skipped, unread, beyondLines, runsGate };
}

/** Searches the bytes: CI may also read a file that is not text. */
const namesUs = ({ path: name, from, before, after }: Sides): boolean =>
  (isCiFile(name) || (from !== null && isCiFile(from))) &&
  [before, after].some((content) => content === 'too large' || /linekeeper/i.test(content?.toString('latin1') ?? ''));

/** Undefined for anything but text. */
function textOf(content: Buffer | 'too large' | null | undefined): string | null | undefined {
  if (content === null || content === undefined) return content;
  if (content === 'too large') return undefined;
  return content.length > FILE_AT_MOST || content.includes(0) ? undefined : content.toString('utf8');
}
