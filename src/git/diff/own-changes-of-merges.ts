/**
 * What a commit itself changed. For one with several parents, only what differs from every parent: a clean merge has
 * nothing of its own (I2 in docs/dev/attribution.md). Removed lines are those that every parent had, numbered as in the
 * first one.
 */
import type { LineHunk } from '../types';
import type { Commit } from '../plumbing/read-commits';
import { diffTrees, hasLines, isSpecial, type DiffFile } from './diff-trees-and-index';
import type { Comparison } from './stream-patches-between-commits';
import { emptyTree } from '../plumbing/isolated-git';
import type { Repository } from '../plumbing/repository';

/** The changed files of a commit (or tree) with these parents. Throws a GitError. */
export async function mergeOwnChanges(
  repository: Repository,
  parents: readonly string[],
  to: string,
  options: { readonly objects?: string } = {},
): Promise<readonly DiffFile[]> {
  const [first, ...others] = parents;
  let changes = await diffTrees(repository, first ?? emptyTree(repository), to, options);
  for (const parent of others) {
    if (changes.length === 0) break;
    changes = notOf(
      changes,
      await diffTrees(repository, parent, to, options),
      await diffTrees(repository, first ?? emptyTree(repository), parent),
    );
  }
  return changes;
}

/**
 * The comparisons that {@link ownOf} needs for a commit with one or more parents: with each parent, then the first
 * parent with each other one.
 */
export function comparisonsOf({ id, parents }: Pick<Commit, 'id' | 'parents'>): readonly Comparison[] {
  const [first, ...others] = parents;
  return [
    ...(first === undefined ? [{ from: null, to: id }] : parents.map((from) => ({ from, to: id }))),
    ...others.map((to) => ({ from: first ?? null, to })),
  ];
}

/**
 * A commit's own changes from these comparisons: how the commit differs from each parent (a root: from nothing), then
 * how the others differ from the first.
 */
export function ownOf(comparisons: readonly (readonly DiffFile[])[]): readonly DiffFile[] {
  const others = (comparisons.length - 1) / 2;
  let changes = comparisons[0] ?? [];
  for (let index = 1; index <= others; index++)
    changes = notOf(changes, comparisons[index] ?? [], comparisons[others + index] ?? []);
  return changes;
}

/**
 * Those changes against the first parent that are also changes against another one. `between`: how that one differs
 * from the first.
 */
function notOf(
  changes: readonly DiffFile[],
  theirs: readonly DiffFile[],
  between: readonly DiffFile[],
): readonly DiffFile[] {
  const [there, ways] = [
    new Map(theirs.map((file) => [file.path, file])),
    new Map(between.map((file) => [file.from ?? file.path, file])),
  ];
  return changes.flatMap((file) => ownPart(file, there.get(file.path), ways.get(file.from ?? file.path)));
}

/** The part of a file's change against the first parent that is also a change against the other one. */
function ownPart(file: DiffFile, theirs: DiffFile | undefined, between: DiffFile | undefined): DiffFile[] {
  if (!theirs) return []; // as the other parent has it
  if (!hasLines(file) || isSpecial(file) || !hasLines(theirs) || isSpecial(theirs)) return [file];
  const added = linesOf(file.hunks, 'new').filter((line) => contains(theirs.hunks, 'new', line));
  const removed = linesOf(file.hunks, 'old').filter((line) => {
    const there = between === undefined ? line : lineAfter(between.hunks, line);
    return there !== undefined && contains(theirs.hunks, 'old', there);
  });
  if (added.length === 0 && removed.length === 0 && file.hunks.length > 0) return [];
  return [{ ...file, hunks: narrowed(file.hunks, new Set(added), new Set(removed)) }];
}

function linesOf(hunks: readonly LineHunk[], side: 'old' | 'new'): number[] {
  return hunks.flatMap((h) => {
    const [start, end] = side === 'old' ? [h.oldStart, h.oldEnd] : [h.newStart, h.newEnd];
    return Array.from({ length: end - start }, (_, i) => start + i);
  });
}

const contains = (hunks: readonly LineHunk[], side: 'old' | 'new', line: number): boolean =>
  hunks.some((h) => (side === 'old' ? h.oldStart <= line && line < h.oldEnd : h.newStart <= line && line < h.newEnd));

/** The position of an unchanged line on the other side of a diff; undefined when it is not there. */
function lineAfter(hunks: readonly LineHunk[], line: number): number | undefined {
  let shift = 0;
  for (const h of hunks) {
    if (line < h.oldStart) break;
    if (line < h.oldEnd) return undefined;
    shift += h.newEnd - h.newStart - (h.oldEnd - h.oldStart);
  }
  return line + shift;
}

/** The hunks reduced to some of their lines. */
function narrowed(hunks: readonly LineHunk[], added: ReadonlySet<number>, removed: ReadonlySet<number>): LineHunk[] {
  return hunks.flatMap((h) => {
    const parts: LineHunk[] = [];
    const runs = (from: number, to: number, wanted: ReadonlySet<number>): [number, number][] => {
      const result: [number, number][] = [];
      for (let line = from; line < to; line++) {
        if (!wanted.has(line)) continue;
        const last = result.at(-1);
        if (last?.[1] === line) last[1] = line + 1;
        else result.push([line, line + 1]);
      }
      return result;
    };
    const oldRuns = runs(h.oldStart, h.oldEnd, removed);
    const newRuns = runs(h.newStart, h.newEnd, added);
    for (let i = 0; i < Math.max(oldRuns.length, newRuns.length); i++) {
      const [oldStart, oldEnd] = oldRuns[i] ?? [h.oldEnd, h.oldEnd];
      const [newStart, newEnd] = newRuns[i] ?? [h.newEnd, h.newEnd];
      parts.push({ oldStart, oldEnd, newStart, newEnd });
    }
    return parts;
  });
}
