/**
 * Commits that HEAD was moved back from (`git reset`, "Undo Last Commit") and whose work is still there, to be
 * committed again: in one commit, in several, or added to the one below; and those that an orphan branch
 * (`checkout --orphan`) leaves behind. The journal knows the edits behind them only for a while; their notes know
 * permanently.
 */
import { closeSync, existsSync, fstatSync, openSync, readSync, rmSync } from 'node:fs';
import path from 'node:path';
import { dataPlace } from '../../../base/files';
import { outputLines, isZero, writeStateFile, type Repository } from '../../../git';
import { addedLines, namedAs, nameIn, presentLines, renamedBetween } from './lines-that-identify-change';
import { stashedBeside } from '../stashes-of-other-worktrees/stashed-work-in-next-commit';
import { parseLog, type ReflogEntry } from './head-moves-in-reflog';
import { nextContext, type CommitContext } from './origin-of-commit';
import { sourcesInProgress } from './source-commits';

/** This much of HEAD's log is read (bytes): what was reset long ago has been committed since, or is not wanted. */
const LOOKED_AT_BYTES = 16 * 1024;
/** At most this many of the commits that were reset, the newest. */
const MAX_RESET_COMMITS = 50;
/** The same for an orphan branch that has everything they made. */
const LEFT_BEHIND_AT_MOST = 1_000;

interface Next {
  /** The commit that the change starts from; the empty tree if there is none. */
  readonly parent: string;
  /** Where HEAD is: the parent, unless a commit is amended. Unborn: null, or zeros. */
  readonly head: string | null;
  /** The tree or commit that it leads to; undefined while unknown. */
  readonly to: string | (() => Promise<string | undefined>);
  /** A folder with additional git objects. */
  readonly objects?: string;
  /** The length of HEAD's log at that time (bytes); undefined: the current length. */
  readonly until?: number | undefined;
}

/**
 * Those commits, oldest first; empty where none were reset, or where the change has little of them. Throws a GitError.
 */
export const resetCommits = async (repository: Repository, next: Next): Promise<readonly string[]> =>
  committedAgain(await resetWork(repository, next));

/** The same for git's hook, which learns whether later commits may have more of them. Throws a GitError. */
export async function resetCommitsInHook(repository: Repository, next: Next): Promise<readonly string[]> {
  const work = await resetWork(repository, next);
  const ids = committedAgain(work);
  markResetPending(repository, ids.length > 0 || (work !== undefined && (await isLeft(repository, next.parent, work))));
  return ids;
}

/** What commits that were reset had done, and what is there of it. */
interface ResetWork {
  readonly ids: readonly string[];
  readonly back: Pick<ReflogEntry, 'before' | 'after'>;
  /** Their lines, by the files' present names. */
  readonly done: ReadonlySet<string>;
  /** Lines that the next commit adds. */
  readonly again: ReadonlySet<string>;
  /** Reads the lines of the work tree. */
  readonly there: () => ReadonlySet<string>;
}

async function resetWork(
  repository: Repository,
  { parent, head, to, objects, until }: Next,
): Promise<ResetWork | undefined> {
  const steps = latestSteps(repository, until);
  const isNowhere = head === null || isZero(head);
  const back = isNowhere ? leftBehind(steps, parent) : lastReset(steps, head);
  if (!back) return undefined;
  const list = await repository.git(
    [
      'rev-list',
      '--reverse',
      '--topo-order',
      '--no-merges',
      `--max-count=${String(isNowhere ? LEFT_BEHIND_AT_MOST : MAX_RESET_COMMITS)}`,
      isNowhere ? back.before : `${back.after}..${back.before}`,
    ],
    { codes: [0, 128] },
  );
  const ids = outputLines(list.stdout);
  if (ids.length === 0) return undefined;
  const tree = typeof to === 'string' ? to : await to();
  if (tree === undefined) return undefined;
  const options = objects === undefined ? {} : { objects };
  const [made, again] = [
    await addedLines(repository, back.after, back.before, {}),
    await addedLines(repository, parent, tree, options),
  ];
  const isRenamed = [...new Set([...made].map(nameIn))].some((name) => !existsSync(path.join(repository.root, name)));
  const done = isRenamed ? namedAs(made, await renamedBetween(repository, back.before, tree, options)) : made;
  return { ids, back, done, again, there: () => presentLines(repository, new Set([...done].map(nameIn))) };
}

/** After `reset --hard` some lines may be rewritten by chance, but not most of them. */
function committedAgain(work: ResetWork | undefined): readonly string[] {
  if (work === undefined || ![...work.done].some((line) => work.again.has(line))) return [];
  const there = work.there();
  return isMostly(work.done, (line) => work.again.has(line) || there.has(line)) ? work.ids : [];
}

const isMostly = (lines: ReadonlySet<string>, isHere: (line: string) => boolean): boolean =>
  2 * [...lines].filter(isHere).length > lines.size;

/** Whether lines of which the commit has none are in the work tree still, and no commit since the reset has them. */
async function isLeft(repository: Repository, parent: string, { back, done, there }: ResetWork): Promise<boolean> {
  const present = there();
  if (!isMostly(done, (line) => present.has(line))) return false;
  if (parent === back.after) return true;
  // What an earlier commit found to be done is not asked again.
  if (!existsSync(leftFile(repository))) return false;
  const open = await addedLines(repository, parent, back.before, {});
  return [...done].some((line) => open.has(line));
}

/** How the next commit on HEAD comes about, before git makes it: no merge, and no revert. Throws a GitError. */
export const plainNextContext = async (repository: Repository, next: Next): Promise<CommitContext> =>
  nextContext({
    parent: next.parent,
    inProgress: sourcesInProgress(repository, undefined),
    reset: () => resetCommits(repository, next),
    stashed: () => stashedBeside(repository, next),
  });

const leftFile = ({ gitDir }: Pick<Repository, 'gitDir'>): string => dataPlace(gitDir, 'taken-back');

/**
 * Tells the hook, which starts nothing when nothing is recorded, that more of what was reset may still be committed.
 */
export function markResetPending(repository: Pick<Repository, 'gitDir'>, isSome: boolean): void {
  if (isSome) writeStateFile(leftFile(repository), '');
  else if (existsSync(leftFile(repository))) rmSync(leftFile(repository), { force: true });
}

/** Where HEAD was before it became unborn, and what the next commit starts from. */
function leftBehind(steps: readonly ReflogEntry[], parent: string): Pick<ReflogEntry, 'before' | 'after'> | undefined {
  const before = steps.at(-1)?.after;
  return before === undefined || isZero(before) ? undefined : { before, after: parent };
}

/** Where HEAD was moved back from and to, if it only advanced by commits since then. */
function lastReset(steps: readonly ReflogEntry[], head: string): Pick<ReflogEntry, 'before' | 'after'> | undefined {
  let at = head;
  let back: Pick<ReflogEntry, 'before' | 'after'> | undefined;
  for (const step of [...steps].reverse()) {
    if (step.after !== at) return back;
    at = step.before;
    // A reset to the same commit only changes the index.
    if (step.before === step.after) continue;
    if (step.what.startsWith('reset:')) back = { before: step.before, after: back?.after ?? step.after };
    else if (back || !step.what.startsWith('commit')) return back;
  }
  return back;
}

/** The latest moves of HEAD, from its log. */
function latestSteps(repository: Repository, until: number | undefined): readonly ReflogEntry[] {
  let file: number;
  try {
    file = openSync(path.join(repository.gitDir, 'logs', 'HEAD'), 'r');
  } catch {
    return [];
  }
  try {
    const end = Math.min(until ?? Infinity, fstatSync(file).size);
    const start = Math.max(0, end - LOOKED_AT_BYTES);
    const content = Buffer.alloc(end - start);
    return parseLog(content.subarray(0, readSync(file, content, 0, content.length, start)), start);
  } finally {
    closeSync(file);
  }
}
