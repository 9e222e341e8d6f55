/**
 * Several commits undone at once. Git names only one commit of `revert -n A..B`, and none of `checkout RELEASE -- .`; but
 * their contents show it: files are exactly as an earlier commit had them.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import { countLettersIn, MIN_IDENTIFYING_LETTERS, splitLines } from '../../authorship';
import { hasLines, isSpecial, isZero, readBlobs, type Commit, type DiffFile, type Repository } from '../../../git';
import {
  addEarlier,
  firstParentSteps,
  type FirstParentStep,
  type Side,
  type Sides,
} from './changes-by-first-parent-commit';
import { exactInverse, type InversePair } from './exact-inverse';

/** Files that a change brings back, and the commit that they are brought back from. */
export interface Restored {
  readonly before: string;
  readonly pairs: readonly InversePair[];
}

/** Fewer letters may be the same by chance, as where a setting is switched on, off and on again. */
const TELLING_LETTERS = 3 * MIN_IDENTIFYING_LETTERS;
/** Up to this many ranges of commits are compared line by line with a change that names a commit of them. */
const COMPARED_AT_MOST = 10;
/** File times are kept less finely than the journal's, and a fetch writes contents and commits together: milliseconds. */
const CLOCKS_DIFFER_MS = 1000;

/**
 * What a change of `parent` brings back. `open`: those of its files whose authors no record tells. `named`: the oldest
 * commit that it says to revert. Undefined where the contents don't show it. Throws a GitError.
 */
export async function restoredBy(
  repository: Repository,
  {
    parent,
    files,
    open,
    named,
    objects,
  }: {
    readonly parent: string;
    readonly files: readonly DiffFile[];
    readonly open: readonly DiffFile[];
    readonly named: Commit | undefined;
    /** A folder with objects that are new. */
    readonly objects: string | undefined;
  },
): Promise<Restored | undefined> {
  if (open.length === 0 || (named === undefined && !mayHaveBeenThere(repository, parent, open, objects)))
    return undefined;
  const steps = await firstParentSteps(repository, parent);
  const found = asBefore(open, steps);
  if (found && (named !== undefined || found.isWhole || (await isTelling(repository, open, objects))))
    return { before: found.before, pairs: open.map((file) => ({ file, reverted: inverseOf(file) })) };
  return named && inverseOfRange(repository, { parent, files, named }, steps);
}

/**
 * Whether git may have had these contents before the commit that they were put on. Starts no git. A change without lines
 * (a link, a submodule) is too little to tell by that.
 */
function mayHaveBeenThere(
  { commonDir }: Repository,
  parent: string,
  files: readonly DiffFile[],
  objects: string | undefined,
): boolean {
  const birthOf = (id: string, folder = path.join(commonDir, 'objects')): number | undefined => {
    const file = path.join(folder, id.slice(0, 2), id.slice(2));
    const stat = statSync(file, { throwIfNoEntry: false });
    return stat && Math.min(stat.mtimeMs, ...(stat.birthtimeMs > 0 ? [stat.birthtimeMs] : []));
  };
  const since = birthOf(parent);
  return files.every((file) => {
    const { newId } = file;
    if (isSpecial(file) || !hasLines(file)) return false;
    if (objects !== undefined && birthOf(newId, objects) !== undefined) return false;
    const born = isZero(newId) ? undefined : birthOf(newId);
    return born === undefined || (since !== undefined && born < since + CLOCKS_DIFFER_MS);
  });
}

const nameOf = (file: string): string => Buffer.from(file).toString('latin1');

/** What each path of a change becomes, as in {@link Sides}. */
const targetsOf = (files: readonly DiffFile[]): ReadonlyMap<string, string> =>
  new Map(
    files.flatMap(({ path: name, from, status, newMode, newId }) => [
      ...(from === null || status !== 'R' ? [] : [[nameOf(from), GONE] as const]),
      [nameOf(name), isZero(newId) ? GONE : `${newMode} ${newId}`] as const,
    ]),
  );

const GONE = 'gone';
const sideOf = (side: string | undefined): string | undefined =>
  side !== undefined && /^0+ /.test(side) ? GONE : side;
const isSame = (side: Side): boolean => sideOf(side.old) === sideOf(side.new);

/**
 * The latest commit in which all of these files were as they become now. `isWhole`: nothing else of what several commits
 * changed or removed since is left.
 */
function asBefore(
  files: readonly DiffFile[],
  steps: readonly FirstParentStep[],
): { readonly before: string; readonly isWhole: boolean } | undefined {
  const wanted = targetsOf(files);
  const since = new Map<string, Side>();
  let touching = 0;
  for (const { parent, change } of steps) {
    addEarlier(since, change);
    if ([...change.keys()].some((name) => wanted.has(name))) touching++;
    if (![...wanted].every(([name, target]) => sideOf(since.get(name)?.old) === target)) continue;
    const isLeft = ([name, side]: readonly [string, Side]): boolean =>
      !isSame(side) && sideOf(side.old) !== GONE && !wanted.has(name);
    return { before: parent, isWhole: touching > 1 && ![...since].some(isLeft) };
  }
  return undefined;
}

/** Whether what comes back is too much to be there again by chance. Throws a GitError. */
async function isTelling(
  repository: Repository,
  files: readonly DiffFile[],
  objects: string | undefined,
): Promise<boolean> {
  const texts = files.filter(({ newId, hunks }) => !isZero(newId) && hunks.length > 0);
  const blobs = await readBlobs(
    repository,
    texts.map(({ newId }) => newId),
    objects === undefined ? {} : { objects },
  );
  const added = texts.flatMap(({ newId, hunks }) => {
    const lines = splitLines(blobs.get(newId)?.toString('latin1') ?? '');
    return hunks.flatMap(({ newStart, newEnd }) => lines.slice(newStart, newEnd));
  });
  return countLettersIn(added) >= TELLING_LETTERS;
}

const inverseOf = (file: DiffFile): DiffFile => ({
  ...file,
  from: null,
  oldId: file.newId,
  newId: file.oldId,
  hunks: file.hunks.map(({ oldStart, oldEnd, newStart, newEnd }) => ({
    oldStart: newStart,
    oldEnd: newEnd,
    newStart: oldStart,
    newEnd: oldEnd,
  })),
});

/** The same where later commits, which stay, changed the files elsewhere: git reverts the named commit last. */
async function inverseOfRange(
  repository: Repository,
  { parent, files, named }: { readonly parent: string; readonly files: readonly DiffFile[]; readonly named: Commit },
  steps: readonly FirstParentStep[],
): Promise<Restored | undefined> {
  const oldest = steps.findIndex(({ commit }) => commit === named.id);
  const before = steps[oldest]?.parent;
  if (before === undefined) return undefined;
  const wanted = new Set(targetsOf(files).keys());
  const isSamePaths = (change: Sides): boolean => {
    const changed = [...change].filter(([, side]) => !isSame(side));
    return changed.length === wanted.size && changed.every(([name]) => wanted.has(name));
  };
  let compared = 0;
  for (let last = oldest - 1; last >= 0 && compared < COMPARED_AT_MOST; last--) {
    const since = new Map<string, Side>();
    for (const { change } of steps.slice(last, oldest + 1)) addEarlier(since, change);
    const end = steps[last]?.commit;
    if (end === undefined || !isSamePaths(since)) continue;
    compared++;
    const pairs = await exactInverse(repository, parent, files, { id: end, parents: [before] });
    if (pairs) return { before, pairs };
  }
  return undefined;
}
