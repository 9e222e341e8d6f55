/**
 * Who removed a line of the base: the base's lines are followed through every commit of the range until one of them is gone.
 */
import { diffTrees, type Commit, type DiffFile, type Repository } from '../git';
import type { Range } from './range';

/** Where a removed line was removed: in `commit`, as line `line` of what the commit's first parent had as `path`. */
export interface Removal {
  readonly commit: string;
  readonly path: string;
  readonly line: number;
}

/** One file of the base in one commit. */
interface Followed {
  /** Its path in the commit; null when it is gone. */
  readonly path: string | null;
  /** For each line of the file in the commit: the line of the base that it is (from 1), or 0. */
  readonly origin: readonly number[];
  /** Lines of the base that are gone, and where they went. */
  readonly removals: ReadonlyMap<number, Removal>;
}

/** A file of the base whose lines are to be followed. */
export interface BaseFile {
  readonly path: string;
  /** How many lines it has. */
  readonly lines: number;
}

type State = ReadonlyMap<string, Followed>;

/**
 * For each file, by its path at the merge base: its removed lines and where they went. Lines that are still there at the
 * head are left out. Throws a GitError.
 */
export async function findRemovals(repository: Repository, range: Range, files: readonly BaseFile[]): Promise<ReadonlyMap<string, ReadonlyMap<number, Removal>>> {
  const start: State = new Map(files.map((file) => [file.path, { path: file.path, origin: Array.from({ length: file.lines }, (_, index) => index + 1), removals: new Map() }]));
  const states = new Map<string, State>([[range.mergeBase, start]]);
  const waiting = countChildren(range);
  for (const commit of range.commits) {
    const parents: State[] = [];
    for (const parent of commit.parents) {
      let state = states.get(parent);
      if (state === undefined) states.set(parent, (state = await backwards(repository, range.mergeBase, parent, start)));
      parents.push(state);
    }
    states.set(commit.id, await follow(repository, commit, parents, start));
    for (const parent of commit.parents) {
      const left = (waiting.get(parent) ?? 1) - 1;
      waiting.set(parent, left);
      if (left === 0 && parent !== range.head) states.delete(parent);
    }
  }
  const end = states.get(range.head) ?? start;
  return new Map(files.map((file) => [file.path, end.get(file.path)?.removals ?? new Map<number, Removal>()]));
}

/** How many commits of the range build on each commit: what nothing builds on any more is forgotten. */
function countChildren(range: Range): Map<string, number> {
  const children = new Map<string, number>();
  for (const parent of range.commits.flatMap((commit) => commit.parents)) children.set(parent, (children.get(parent) ?? 0) + 1);
  return children;
}

/** The state at a commit outside the range, from which a part of the range branched off earlier than at the merge base. */
async function backwards(repository: Repository, mergeBase: string, commit: string, start: State): Promise<State> {
  const diff = byOldPath(await diffTrees(repository, mergeBase, commit));
  return new Map([...start].map(([name, followed]) => [name, carried(followed, diff.get(followed.path ?? ''), undefined)]));
}

async function follow(repository: Repository, commit: Commit, parents: readonly State[], start: State): Promise<State> {
  const diffs: (ReadonlyMap<string, DiffFile>)[] = [];
  for (const parent of commit.parents) diffs.push(byOldPath(await diffTrees(repository, parent, commit.id)));
  const result = new Map<string, Followed>();
  for (const name of start.keys()) {
    const versions = parents.flatMap((state, index) => {
      const followed = state.get(name);
      if (followed === undefined) return [];
      const file = followed.path === null ? undefined : diffs[index]?.get(followed.path);
      return [{ before: followed, after: carried(followed, file, parents.length === 1 ? commit.id : undefined) }];
    });
    const joined = parents.length === 1 ? versions[0]?.after : join(versions, commit.id);
    if (joined !== undefined) result.set(name, joined);
  }
  return result;
}

/** A file after a diff. With `by`, what the diff removes was removed there. */
function carried(followed: Followed, file: DiffFile | undefined, by: string | undefined): Followed {
  const { path, origin } = followed;
  if (path === null || file === undefined) return followed;
  const removals = new Map(followed.removals);
  const remove = (index: number): void => {
    const line = origin[index] ?? 0;
    if (line > 0 && by !== undefined) removals.set(line, { commit: by, path, line: index + 1 });
  };
  if (file.status === 'D' || file.status === 'T' || file.binary) {
    for (const index of origin.keys()) remove(index);
    return { path: file.status === 'D' ? null : file.path, origin: [], removals };
  }
  const after: number[] = [];
  let next = 0;
  for (const hunk of file.hunks) {
    for (; next < hunk.oldStart; next++) after.push(origin[next] ?? 0);
    for (; next < hunk.oldEnd; next++) remove(next);
    for (let added = hunk.newStart; added < hunk.newEnd; added++) after.push(0);
  }
  for (; next < origin.length; next++) after.push(origin[next] ?? 0);
  return { path: file.path, origin: after, removals };
}

/**
 * A file in a merge, from what each parent had. A line of the base that one parent still had and the merge has is there;
 * one that a parent had lost was lost there; one that every parent had and the merge has not, the merge removed itself.
 */
function join(versions: readonly { readonly before: Followed; readonly after: Followed }[], merge: string): Followed | undefined {
  const [first] = versions;
  if (first === undefined) return undefined;
  const path = versions.map(({ after }) => after.path).find((one) => one !== null) ?? null;
  const here = versions.filter(({ after }) => after.path !== null && after.path === path);
  const longest = Math.max(0, ...here.map(({ after }) => after.origin.length));
  const origin = Array.from({ length: longest }, (_, index) => here.map(({ after }) => after.origin[index] ?? 0).find((line) => line > 0) ?? 0);
  const alive = new Set(origin);
  const removals = new Map<number, Removal>();
  const inFirst = new Map(first.before.origin.map((line, index) => [line, index + 1]));
  for (const { before } of versions) {
    for (const line of [...before.origin, ...before.removals.keys()]) {
      if (line === 0 || alive.has(line) || removals.has(line)) continue;
      const earlier = versions.map((version) => version.before.removals.get(line)).find((one) => one !== undefined);
      removals.set(line, earlier ?? { commit: merge, path: first.before.path ?? '', line: inFirst.get(line) ?? 0 });
    }
  }
  return { path, origin, removals };
}

const byOldPath = (files: readonly DiffFile[]): ReadonlyMap<string, DiffFile> =>
  new Map(files.filter((file) => file.status !== 'A' && file.status !== 'C').map((file) => [file.from ?? file.path, file]));
