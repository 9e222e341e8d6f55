/**
 * The answer for the next commit: which trailers it gets. Given in git's `prepare-commit-msg` hook, or computed ahead
 * by the editor and left for the hook to find.
 */
import { attempt } from '../../../base/platform';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { listFolder, replaceFile, writeOwnFile } from '../../../base/files';
import type { ChangeAttribution } from '../../authorship/types';
import { latestEdit, openBrackets, openJournal, type Journal } from '../../journal';
import { attributeCommit } from '../authors/attribute-commit';
import { attributeWork, type Work } from '../authors/cached-attribution-of-work-tree';
import { trace } from '../../../base/debug-trace';
import {
  readCommit,
  type Commit,
  diffIndex,
  diffTrees,
  isZero,
  type DiffFile,
  headNow,
  readBlobs,
  emptyTree,
  readStateFile,
  type Repository,
  GitError,
  indexTree,
  withWorktreeTree,
} from '../../../git';
import { writeDraft } from '../settle/note-drafts-of-linked-worktrees';
import { staleTrailers } from './stale-trailers-of-source-commits';
import { writeHookSnapshot } from '../settle/hook-snapshots-of-commits';
import { removePendingMessage, savePendingMessage } from './finish-message';
import { cleanupOf, readMessage, isEmptyMessage, wordsOf, type MessageHookCall } from './git-message-cleanup';
import { revertInProgress } from '../origins/revert-in-progress';
import { isWithoutAssistant } from '../origins/is-assistant-involved';
import { settleIfMoved, settleOwnIfMoved } from '../settle/settle-before-read';
import {
  attributionOfSources,
  isKnown,
  rememberSources,
  sourcesInProgress,
  type Source,
} from '../origins/source-commits';
import { plainNextContext, resetCommits, resetCommitsInHook } from '../origins/commits-undone-by-reset';
import { stashedBeside } from '../stashes-of-other-worktrees/stashed-work-in-next-commit';
import { isNewWork, nextContext, sourceIds, type CommitContext } from '../origins/origin-of-commit';
import { trailerLine, trailersFor, withTrailers, type Trailer, type TrailerChoice } from './trailers';
import { saysCommit, isAmend, authorDate } from '../origins/is-amend';
import { isPickedWithoutCommit } from '../origins/picked-without-commit';

/** What the policy says about trailers. */
export interface TrailerPolicy {
  readonly choice: TrailerChoice;
  /** The highest tier that AI lines of this change land in by their files' paths, or null. */
  readonly riskOf: (change: ChangeAttribution) => string | null;
  /** The same, including what rules find in these files. Default: no findings. */
  readonly riskIn?: (
    repository: Repository,
    change: ChangeAttribution,
    between: ChangedContents,
  ) => Promise<string | null>;
  /** Lines of unknown author that count for something. Default: none do. */
  readonly unknownIn?: (change: ChangeAttribution) => number;
}

export interface ChangedContents {
  readonly files: () => Promise<readonly DiffFile[]>;
  /** A folder with additional git objects. */
  readonly objects?: string;
}

/** Unreadable contents never stop a commit: then paths alone decide. */
function riskIn(
  repository: Repository,
  { choice, riskOf, riskIn: look }: TrailerPolicy,
  change: ChangeAttribution,
  between: ChangedContents,
): Promise<string | null> {
  const byPath = riskOf(change);
  if (!choice.risk || look === undefined || change.added.ai + change.removed.ai === 0) return Promise.resolve(byPath);
  return look(repository, change, between).catch(() => byPath);
}

export interface Clock {
  readonly now: () => number;
  /** Called with lines that people must see. */
  readonly err?: (line: string) => void;
}

/** Beside the clock: a message without what an agent says of itself, if an agent makes the commit. */
interface HookPorts extends Clock {
  readonly withoutAgents?: (
    message: string,
    by: { readonly env: MessageHookCall['env']; readonly isAtWork: boolean },
  ) => Promise<string>;
}

/**
 * Trailers for what is staged now, as the next commit on HEAD. Undefined while paths are unmerged. Throws a GitError.
 */
export async function stagedTrailers(
  repository: Repository,
  policy: TrailerPolicy,
  clock: Clock,
): Promise<(PreparedTrailers & { readonly tree: string }) | undefined> {
  await settleIfMoved(repository, clock.now, (sentence) => clock.err?.(`linekeeper: ${sentence}`));
  const tree = await indexTree(repository);
  if (tree === undefined) return undefined;
  const journal = openJournal(repository.gitDir, clock.now);
  const head = (await repository.commitId('HEAD')) ?? null;
  const parent = head ?? emptyTree(repository);
  const context = await plainNextContext(repository, { parent, head, to: tree });
  return { ...(await trailersOf(repository, policy, context, { to: tree, journal, now: clock.now() })), tree };
}

/**
 * Leaves answers for the hook: for the index as it is, and for everything in the work tree (`commit -a`, the editor's
 * own commit of all changes). Returns the trailers of the first. `everyWay`: also for other ways to commit, with only
 * tracked files (`commit -a`), or only those recorded. Throws a GitError.
 */
export async function prepareAnswer(
  repository: Repository,
  policy: TrailerPolicy,
  clock: Clock,
  { everyWay = false }: { readonly everyWay?: boolean } = {},
): Promise<{ readonly trailers: readonly string[]; readonly change: ChangeAttribution } | undefined> {
  const staged = await stagedTrailers(repository, policy, clock);
  const journal = openJournal(repository.gitDir, clock.now);
  const head = await repository.commitId('HEAD');
  const last = latestEdit(journal.names());
  const commit = head === undefined ? undefined : await readCommit(repository, head);
  dropAnswers(journal, `${head ?? ''}\n${last ?? '-'}\n`);
  if (staged && commit && everyWay && commit.parents.length < 2)
    await answerAmends(repository, policy, clock, { commit, trees: [commit.tree, staged.tree], last });
  if (!staged || last === undefined || head === undefined)
    return staged && { trailers: staged.trailers.map(trailerLine), change: staged.change };
  const top = `${head}\n${last}\n${commit ? authorDate(commit) : ''}\n`;
  keepAnswer(journal, staged.tree, top, staged);
  const answered = new Set([staged.tree]);
  const answer =
    (isAll: boolean) =>
    async (tree: string, objects: string): Promise<void> => {
      if (answered.has(tree)) return;
      answered.add(tree);
      const context = await plainNextContext(repository, { parent: head, head, to: tree, objects });
      const input = { to: tree, objects, journal, now: clock.now(), isAll };
      keepAnswer(journal, tree, top, await trailersOf(repository, policy, context, input));
    };
  await withWorktreeTree(repository, answer(true));
  if (everyWay && answered.size > 1) {
    await withWorktreeTree(repository, answer(false), 'tracked');
    await withWorktreeTree(repository, answer(false), recordedPaths(journal));
  }
  return { trailers: staged.trailers.map(trailerLine), change: staged.change };
}

interface PreparedTrailers {
  readonly trailers: readonly Trailer[];
  readonly change: ChangeAttribution;
  /** Lines of unknown author that count for something. */
  readonly unknown: number;
}

/** The trailers of a commit that is worked out before git makes it. */
async function trailersOf(
  repository: Repository,
  policy: TrailerPolicy,
  context: CommitContext,
  input: Work & { readonly to: string },
): Promise<PreparedTrailers> {
  const change = await attributeWork(repository, context, input);
  const objects = input.objects === undefined ? {} : { objects: input.objects };
  const risk = await riskIn(repository, policy, change, {
    files: () => diffTrees(repository, context.parent, input.to, objects),
    ...objects,
  });
  return { trailers: trailersFor(change, policy.choice, risk), change, unknown: policy.unknownIn?.(change) ?? 0 };
}

/** The files named by records that a commit may still need. */
const recordedPaths = (journal: Journal): readonly string[] => [
  ...new Set(
    journal
      .readPending()
      .flatMap(({ record }) => (record.kind === 'edit' ? record.files.map(({ path: name }) => name) : [])),
  ),
];

/** Answers for commits that replace HEAD's: with its own content, and with what is staged. */
async function answerAmends(
  repository: Repository,
  policy: TrailerPolicy,
  clock: Clock,
  {
    commit,
    trees,
    last,
  }: { readonly commit: Commit; readonly trees: readonly string[]; readonly last: string | undefined },
): Promise<void> {
  const journal = openJournal(repository.gitDir, clock.now);
  const parent = commit.parents[0] ?? emptyTree(repository);
  const top = `${commit.id}\n${last ?? '-'}\n${authorDate(commit)}\n${parent}\n`;
  if (last === undefined && !(await attributionOfSources(repository, [commit.id])).some(isKnown)) return;
  for (const tree of new Set(trees)) {
    const context = await nextContext({
      parent,
      amends: true,
      inProgress: [commit.id],
      reset: () => resetCommits(repository, { parent, head: commit.id, to: tree }),
    });
    if (context.reset.length > 0) continue;
    const input = { to: tree, journal, now: clock.now() };
    const answer = await trailersOf(repository, policy, context, input);
    keepAnswer(journal, `amend-${tree}`, top, tree === commit.tree ? { ...answer, unknown: 0 } : answer);
  }
}

const ANSWERS_AT_MOST = 20;

/** Drops the answers for another HEAD or fewer records. */
function dropAnswers(journal: Journal, start: string): void {
  const folder = path.join(journal.folder, 'prepared');
  const files = listFolder(folder).map((name) => path.join(folder, name));
  for (const file of files)
    if (files.length > ANSWERS_AT_MOST || !readStateFile(file).startsWith(start)) rmSync(file, { force: true });
}

/**
 * Written beside and renamed: a hook may be reading. Where somebody at a terminal is to be told of unknown lines, a mark
 * beside the answer says so.
 */
function keepAnswer(
  journal: Journal,
  name: string,
  top: string,
  { trailers, unknown }: Pick<PreparedTrailers, 'trailers' | 'unknown'>,
): void {
  const folder = path.join(journal.folder, 'prepared');
  const mark = path.join(folder, `open-${name}`);
  if (unknown > 0) writeOwnFile(mark, top);
  else rmSync(mark, { force: true });
  writeOwnFile(path.join(folder, name), top + trailers.map((trailer) => `${trailerLine(trailer)}\n`).join(''));
}

/**
 * Git's `prepare-commit-msg`: writes the trailers into the message. Returns how many lines of unknown author are new in
 * this commit and count for something. Throws a GitError or a JournalError.
 */
export async function prepareMessage(
  repository: Repository,
  call: MessageHookCall,
  policy: TrailerPolicy,
  clock: HookPorts,
): Promise<number> {
  const tell = (sentence: string): void => clock.err?.(`linekeeper: ${sentence}`);
  await settleOwnIfMoved(repository, clock.now, tell);
  // Only a commit that is made from others needs what other work trees owe: whose lines those have.
  const settleBeside = (): Promise<void> => settleIfMoved(repository, clock.now, tell);
  const context = await contextOfCall(repository, call, settleBeside);
  if (!isNewWork(context) || context.reverts !== undefined) await settleBeside();
  trace('commit', () => `the next one on ${context.parent.slice(0, 10)}: ${inWords(context)}`);
  const journal = openJournal(repository.gitDir, clock.now);
  const isAtWork = openBrackets(journal.openRecords(), clock.now()).length > 0;
  const content = await contentOfCall(repository, call, context);
  if (content === undefined) return 0;
  const { to } = content;
  const last = latestOf([...journal.shelved(), ...journal.names()]);
  const now = clock.now();
  let joined: readonly string[] = [];
  const { change, sources, isPersons } = await attributeCommit(repository, context, {
    to,
    journal,
    now,
    pendingFirst: true,
    forMessage: true,
    joins: (commits) => (joined = commits),
    isAlone: () => context.reverts?.run === true && isWithoutAnAssistant(journal, context.parent),
  });
  const changes = (): Promise<readonly DiffFile[]> =>
    typeof to === 'string' ? diffTrees(repository, context.parent, to) : Promise.resolve(to);
  if (isAtWork) await seeCommitted(repository, journal, await changes());
  const tree =
    content.tree ?? (joined.length > 0 ? await indexTree(repository, call.env['GIT_INDEX_FILE']) : undefined);
  if (tree !== undefined) rememberSources(repository, context.parent, tree, sourceIds(context), joined);
  if (last !== undefined)
    writeHookSnapshot(repository, context.parent, tree ?? to, {
      last,
      at: now,
      ...(context.reverts ? { reverts: context.reverts.commit } : {}),
      ...(isPersons ? { byPerson: true } : {}),
    });
  writeDraft(repository, context.parent, tree ?? to, change, now);
  // What a merge brings from its other side is not this commit's work.
  const risk =
    context.others.length > 0 ? policy.riskOf(change) : await riskIn(repository, policy, change, { files: changes });
  // Without their risk, which the policy would look up for each of 200: its form shows that it is ours.
  const former = await staleTrailers(repository, call, sources.filter(isKnown), (source) =>
    trailersFor(source, policy.choice, null),
  );
  // Only a message that was just written: what git uses again may be anybody's.
  const without = policy.choice.others === 'ours-only' && call.source === 'message' ? clock.withoutAgents : undefined;
  await writeTrailers(repository, call, trailersFor(change, policy.choice, risk), {
    former,
    cleaned: (message) => without?.(message, { env: call.env, isAtWork }) ?? Promise.resolve(message),
  });
  return isPersons ? 0 : newUnknown(repository, policy, context, { change, sources });
}

/**
 * Lines of unknown author that only this commit has and that count for something. 0 for what git puts together, and
 * while it makes a series of commits.
 */
function newUnknown(
  { gitDir }: Repository,
  { unknownIn }: TrailerPolicy,
  context: CommitContext,
  { change, sources }: { readonly change: ChangeAttribution; readonly sources: readonly Source[] },
): number {
  const count = unknownIn?.(change) ?? 0;
  if (count === 0 || context.reverts || SERIES.some((name) => existsSync(path.join(gitDir, name)))) return 0;
  if (isNewWork(context)) return count;
  const [amended, ...rest] = sources;
  if (!context.amends || context.others.length + context.reset.length + rest.length > 0) return 0;
  return amended && isKnown(amended) ? Math.max(0, count - (unknownIn?.(amended) ?? 0)) : 0;
}

const SERIES = ['rebase-merge', 'rebase-apply', 'sequencer'];

/** How the commit comes about that git calls the hook for. `beforeNotes`: called before notes are looked through. */
async function contextOfCall(
  repository: Repository,
  call: MessageHookCall,
  beforeNotes: () => Promise<void>,
): Promise<CommitContext> {
  const head = await headNow(repository);
  const headCommit = head === null || saysCommit(call) ? undefined : await readCommit(repository, head);
  const amended = headCommit !== undefined && isAmend(repository, call, headCommit) ? headCommit : undefined;
  const parent = (amended ? amended.parents[0] : head) ?? emptyTree(repository);
  const index = call.env['GIT_INDEX_FILE'];
  return nextContext({
    parent,
    amends: amended !== undefined,
    inProgress: sourcesInProgress(repository, amended?.id),
    others: amended ? amended.parents.slice(1) : mergedHeads(repository),
    reverting: () => revertInProgress(repository, call),
    pickedUnseen: async (reverted) => {
      if (head === null || !isPickedWithoutCommit(repository, reverted)) return [];
      await beforeNotes();
      return (await import('../origins/picked-without-commit')).pickedCommits(repository, head, index);
    },
    reset: () => resetCommitsInHook(repository, { parent, head, to: () => indexTree(repository, index) }),
    stashed: () =>
      stashedBeside(repository, { parent, to: () => indexTree(repository, index), settleBeside: beforeNotes }),
  });
}

const inWords = ({ amends, others, reverts, picked, reset }: CommitContext): string =>
  [
    ...(amends ? ['amends'] : []),
    ...(others.length > 0 ? [`merges ${short(others)}`] : []),
    ...(reverts === undefined ? [] : [`reverts ${short([reverts.commit])}`]),
    ...(picked.length > 0 ? [`made from ${short(picked)}`] : []),
    ...(reset.length > 0 ? [`made again from ${short(reset)}, which were reset`] : []),
  ].join(', ') || 'new work';

/** What the commit will hold: `to` is its changed files, or its tree. Undefined while paths are unmerged. */
async function contentOfCall(
  repository: Repository,
  call: MessageHookCall,
  context: CommitContext,
): Promise<{ readonly to: string | readonly DiffFile[]; readonly tree: string | undefined } | undefined> {
  const index = call.env['GIT_INDEX_FILE'];
  const isMerge = context.others.length > 0;
  const known = call.diff?.from === context.parent ? call.diff.output : undefined;
  const files = isMerge ? undefined : await stagedFiles(repository, context.parent, index, known);
  // The tree needs another git call, and most commits need none.
  const tree = files === undefined || sourceIds(context).length > 0 ? await indexTree(repository, index) : undefined;
  const to = files ?? tree;
  return to === undefined ? undefined : { to, tree };
}

/** The latest name of a record. */
const latestOf = (names: readonly string[]): string | undefined =>
  names.reduce<string | undefined>(
    (latest, name) => (latest === undefined || name > latest ? name : latest),
    undefined,
  );

/** How a message becomes ours. `former`: trailers of earlier versions of it that no longer hold. */
interface Rewriting {
  readonly former: Awaited<ReturnType<typeof staleTrailers>>;
  /** The message without what may not stay in it. */
  readonly cleaned: (message: string) => Promise<string>;
}

async function writeTrailers(
  repository: Repository,
  call: MessageHookCall,
  trailers: readonly Trailer[],
  { former, cleaned }: Rewriting,
): Promise<void> {
  const { text, encoding } = readMessage(call.messageFile);
  const before = await cleaned(text);
  const cleanup = await cleanupOf(repository, before, call);
  // What another hook wrote where git wrote nothing but comments is a message: a person may save it as it is.
  const unwritten =
    call.source === 'template' ||
    (call.source === '' && isEmptyMessage(wordsOf(before, { ...cleanup, takes: 'comments' })));
  const isEmpty = !cleanup.edited && isEmptyMessage(wordsOf(before, cleanup));
  trace(
    'commit',
    () => `its trailers: ${isEmpty ? 'none, the message is empty' : trailers.map(trailerLine).join(' | ') || 'none'}`,
  );
  const message = withTrailers(before, isEmpty ? [] : trailers, { ...cleanup, former, evenEmpty: unwritten });
  removePendingMessage(repository);
  // A message that has them already may still be replaced in the editor.
  if (message === text && !(cleanup.edited && trailers.length > 0)) return;
  // First what commit-msg needs: it may be the only thing that was written, but never be missing.
  if (cleanup.edited) savePendingMessage(repository, { before, ours: trailers.map(trailerLine), cleanup, unwritten });
  if (message !== text) replaceFile(call.messageFile, message, { encoding });
}

const short = (ids: readonly string[]): string => ids.map((id) => id.slice(0, 10)).join(', ');

/** Whether no assistant was at work since the last commit. */
function isWithoutAnAssistant(journal: Journal, parent: string): boolean {
  const records = [...journal.read()];
  return isWithoutAssistant(records, records.length, parent);
}

/** The other parents of the merge in progress. */
function mergedHeads(repository: Repository): string[] {
  return attempt(
    () =>
      readFileSync(path.join(repository.gitDir, 'MERGE_HEAD'), 'utf8')
        .split('\n')
        .filter((line) => line !== ''),
    [],
  );
}

/**
 * What the index changes. Undefined where only git can tell, such as with a split index, and while paths are unmerged.
 */
async function stagedFiles(
  repository: Repository,
  parent: string,
  index: string | undefined,
  known: Buffer | undefined,
): Promise<readonly DiffFile[] | undefined> {
  try {
    return await diffIndex(
      repository,
      parent,
      index === undefined ? path.join(repository.gitDir, 'index') : path.resolve(repository.root, index),
      { patch: known },
    );
  } catch (error) {
    if (error instanceof GitError && error.reason === 'failed') return undefined;
    throw error;
  }
}

/** While somebody is at work, a commit is a point at which the content is known. */
async function seeCommitted(repository: Repository, journal: Journal, files: readonly DiffFile[]): Promise<void> {
  const blobs = await readBlobs(
    repository,
    files.map((file) => file.newId).filter((id) => !isZero(id)),
  );
  journal.add({
    kind: 'seen',
    files: files.map((file) => ({
      path: file.path,
      content: blobs.has(file.newId) ? journal.keep(blobs.get(file.newId) ?? Buffer.alloc(0)) : null,
      stored: true,
    })),
  });
}
