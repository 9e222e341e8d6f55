/**
 * The answer for the next commit: which trailers it gets. Given in git's `prepare-commit-msg` hook, or computed ahead
 * by the editor and left for the hook to find.
 */
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { replaceFile } from '../../files';
import type { ChangeAttribution } from '../../authorship/types';
import { latestEdit, listFolder, openBrackets, openJournal, writeOwnFile, type Journal } from '../../journal';
import { attributeChange } from '../authors/attribute-change';
import { afterRevert } from '../authors/after-revert';
import { attributeStaged } from '../authors/attribute-staged';
import { readCommit, type Commit } from '../../git';
import { diffIndex, diffTrees, isZero, type DiffFile } from '../../git';
import { trace } from '../../trace';
import { writeDraft } from '../settle/linked-worktree-drafts';
import { staleTrailers } from './stale-trailers';
import { headNow } from '../../git';
import { writeHookSnapshot } from '../settle/hook-snapshot';
import { removePendingMessage, savePendingMessage } from './commit-msg';
import { cleanupOf, readMessage, isEmptyMessage, wordsOf, type HookCall } from './git-cleanup';
import { readBlobs } from '../../git';
import { emptyTree } from '../../git';
import { readStateFile } from '../../git';
import type { Repository } from '../../git';
import { revertInProgress, isWithoutAssistant } from '../origins/revert';
import { GitError } from '../../git';
import { settleIfMoved } from '../settle/settle-before-read';
import { attributionOfSources, isKnown, rememberSources, sourcesInProgress } from '../origins/source-commits';
import { markResetPending, sourcesOfNextCommit, resetCommits } from '../origins/reset';
import { trailerLine, trailersFor, withTrailers, type Trailer, type TrailerChoice } from './trailers';
import { indexTree, withWorktreeTree } from '../../git';
import { saysCommit, isAmend, authorDate } from '../origins/amend';
import { isPickedWithoutCommit } from '../origins/cherry-pick';

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
}

/** The contents of a change. */
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

/**
 * Trailers for what is staged now, as the next commit on HEAD. Undefined while paths are unmerged. Throws a GitError.
 */
export async function stagedTrailers(
  repository: Repository,
  policy: TrailerPolicy,
  clock: Clock,
): Promise<
  { readonly trailers: readonly Trailer[]; readonly change: ChangeAttribution; readonly tree: string } | undefined
> {
  await settleIfMoved(repository, clock.now, (sentence) => clock.err?.(`linekeeper: ${sentence}`));
  const tree = await indexTree(repository);
  if (tree === undefined) return undefined;
  const journal = openJournal(repository.gitDir, clock.now);
  const head = (await repository.commitId('HEAD')) ?? null;
  const parent = head ?? emptyTree(repository);
  const sources = await sourcesOfNextCommit(repository, { parent, head, to: tree });
  const change = await attributeChange(repository, { from: parent, to: tree, journal, now: clock.now(), sources });
  const risk = await riskIn(repository, policy, change, { files: () => diffTrees(repository, parent, tree) });
  return { trailers: trailersFor(change, policy.choice, risk), change, tree };
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
  keepAnswer(journal, staged.tree, top, staged.trailers);
  const answered = new Set([staged.tree]);
  const answer = async (tree: string, objects: string): Promise<void> => {
    if (answered.has(tree)) return;
    answered.add(tree);
    const sources = await sourcesOfNextCommit(repository, { parent: head, head, to: tree, objects });
    const change = await attributeChange(repository, {
      from: head,
      to: tree,
      objects,
      journal,
      now: clock.now(),
      sources,
    });
    const risk = await riskIn(repository, policy, change, {
      files: () => diffTrees(repository, head, tree, { objects }),
      objects,
    });
    keepAnswer(journal, tree, top, trailersFor(change, policy.choice, risk));
  };
  await withWorktreeTree(repository, answer);
  if (everyWay && answered.size > 1) {
    await withWorktreeTree(repository, answer, 'tracked');
    await withWorktreeTree(repository, answer, recordedPaths(journal));
  }
  return { trailers: staged.trailers.map(trailerLine), change: staged.change };
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
  for (const tree of new Set(trees)) {
    if ((await resetCommits(repository, { parent, head: commit.id, to: tree })).length > 0) continue;
    const sources = await attributionOfSources(repository, [commit.id]);
    if (last === undefined && !sources.some(isKnown)) continue;
    const change = await attributeChange(repository, { from: parent, to: tree, journal, now: clock.now(), sources });
    const risk = await riskIn(repository, policy, change, { files: () => diffTrees(repository, parent, tree) });
    keepAnswer(journal, `amend-${tree}`, top, trailersFor(change, policy.choice, risk));
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

/** Written beside and renamed: a hook may be reading. */
function keepAnswer(journal: Journal, name: string, top: string, trailers: readonly Trailer[]): void {
  const folder = path.join(journal.folder, 'prepared');
  writeOwnFile(path.join(folder, name), top + trailers.map((trailer) => `${trailerLine(trailer)}\n`).join(''));
}

/** Git's `prepare-commit-msg`: writes the trailers into the message. Throws a GitError or a JournalError. */
export async function prepareMessage(
  repository: Repository,
  call: HookCall,
  policy: TrailerPolicy,
  clock: Clock,
): Promise<void> {
  await settleIfMoved(repository, clock.now, (sentence) => clock.err?.(`linekeeper: ${sentence}`));
  const head = await headNow(repository);
  const headCommit = head === null || saysCommit(call) ? undefined : await readCommit(repository, head);
  const amends = headCommit !== undefined && isAmend(repository, call, headCommit);
  const parent = (amends ? headCommit.parents[0] : head) ?? emptyTree(repository);
  const journal = openJournal(repository.gitDir, clock.now);
  const told = sourcesInProgress(repository, amends ? headCommit.id : undefined);
  const others = amends ? headCommit.parents.slice(1) : mergedHeads(repository);
  const taken = others.length + told.length > 0 || amends ? undefined : revertInProgress(repository, call);
  const picked =
    told.length > 0 || amends || head === null || !isPickedWithoutCommit(repository, others, taken)
      ? told
      : await (await import('../origins/cherry-pick')).pickedCommits(repository, head, call.env['GIT_INDEX_FILE']);
  const index = call.env['GIT_INDEX_FILE'];
  // What git itself is committing is not what was reset before it.
  const isOwn = others.length === 0 && taken === undefined && picked.length === (amends ? 1 : 0);
  const back = isOwn ? await resetCommits(repository, { parent, head, to: () => indexTree(repository, index) }) : [];
  if (isOwn) markResetPending(repository, back.length > 0);
  const ids = [...picked, ...back];
  const sources = await attributionOfSources(repository, ids);
  trace(
    'commit',
    () =>
      `the next one on ${parent.slice(0, 10)}: ${
        [
          ...(amends ? ['amends'] : []),
          ...(others.length > 0 ? [`merges ${short(others)}`] : []),
          ...(taken === undefined ? [] : [`reverts ${short([taken.commit])}`]),
          ...(picked.length > 0 ? [`made from ${short(picked)}`] : []),
          ...(back.length > 0 ? [`made again from ${short(back)}, which were reset`] : []),
        ].join(', ') || 'new work'
      }`,
  );
  const seen = openBrackets(journal.openRecords(), clock.now()).length > 0;
  const files =
    others.length > 0
      ? undefined
      : await stagedFiles(repository, parent, index, call.diff?.from === parent ? call.diff.output : undefined);
  // The tree needs another git call, and most commits need none.
  const tree = files === undefined || ids.length > 0 ? await indexTree(repository, index) : undefined;
  const to = files ?? tree;
  if (to === undefined) return;
  const last = [...journal.shelved(), ...journal.names()].reduce<string | undefined>(
    (latest, name) => (latest === undefined || name > latest ? name : latest),
    undefined,
  );
  const now = clock.now();
  const input = { from: parent, to, others, journal, now, sources };
  const replayed = await (amends || others.length + ids.length > 0
    ? attributeChange(repository, input)
    : attributeStaged(repository, input));
  const changes = (): Promise<readonly DiffFile[]> =>
    typeof to === 'string' ? diffTrees(repository, parent, to) : Promise.resolve(to);
  if (seen) await seeCommitted(repository, journal, await changes());
  if (tree !== undefined) rememberSources(repository, parent, tree, ids);
  const reverts = picked.length > 0 ? undefined : taken;
  const { change, isPersons } = reverts
    ? await afterRevert(repository, {
        id: reverts.commit,
        parent,
        back: changes,
        replayed,
        isAlone: () => reverts.run && isWithoutAnAssistant(journal, parent),
      })
    : { change: replayed, isPersons: false };
  if (last !== undefined)
    writeHookSnapshot(repository, parent, tree ?? to, {
      last,
      at: now,
      ...(reverts ? { reverts: reverts.commit } : {}),
      ...(isPersons ? { byPerson: true } : {}),
    });
  writeDraft(repository, parent, tree ?? to, change, now);
  // What a merge brings from its other side is not this commit's work.
  const risk = others.length > 0 ? policy.riskOf(change) : await riskIn(repository, policy, change, { files: changes });
  const trailers = trailersFor(change, policy.choice, risk);
  const former = await staleTrailers(repository, call, sources.filter(isKnown), (source) =>
    trailersFor(source, policy.choice, policy.riskOf(source)),
  );
  const { text: before, encoding } = readMessage(call.messageFile);
  const unwritten = call.source === '' || call.source === 'template';
  const cleanup = await cleanupOf(repository, before, call);
  const empty = !cleanup.edited && isEmptyMessage(wordsOf(before, cleanup));
  trace(
    'commit',
    () => `its trailers: ${empty ? 'none, the message is empty' : trailers.map(trailerLine).join(' | ') || 'none'}`,
  );
  const message = withTrailers(before, empty ? [] : trailers, { ...cleanup, former, evenEmpty: unwritten });
  removePendingMessage(repository);
  if (message === before) return;
  // First what commit-msg needs: it may be the only thing that was written, but never be missing.
  if (cleanup.edited) savePendingMessage(repository, { before, ours: trailers.map(trailerLine), cleanup, unwritten });
  replaceFile(call.messageFile, message, { encoding });
}

const short = (ids: readonly string[]): string => ids.map((id) => id.slice(0, 10)).join(', ');

/** Whether no assistant was at work since the last commit. */
function isWithoutAnAssistant(journal: Journal, parent: string): boolean {
  const records = [...journal.read()];
  return isWithoutAssistant(records, records.length, parent);
}

/** The other parents of the merge in progress. */
function mergedHeads(repository: Repository): string[] {
  try {
    return readFileSync(path.join(repository.gitDir, 'MERGE_HEAD'), 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  } catch {
    return [];
  }
}

/**
 * What the index changes. Undefined where only git can tell, such as with a split index, and while paths are unmerged.
 */
async function stagedFiles(
  repository: Repository,
  parent: string,
  index: string | undefined,
  told: Buffer | undefined,
): Promise<readonly DiffFile[] | undefined> {
  try {
    return await diffIndex(
      repository,
      parent,
      index === undefined ? path.join(repository.gitDir, 'index') : path.resolve(repository.root, index),
      told,
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
