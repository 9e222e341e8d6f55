/** Notes for commits that were made in linked work trees which were removed before they were settled. */
import { readCommits, type Commit, diffTrees, emptyTree, type Repository } from '../../../git';
import {
  draftsIn,
  removeDraft,
  removeDraftFolder,
  orphanedFolders,
  type Draft,
} from './note-drafts-of-linked-worktrees';
import { patchKey } from './hook-snapshots-of-commits';
import { writeNote } from '../notes/format';
import { changeNote } from '../notes';
import { sourcesInProgress } from '../origins/source-commits';

/** A commit that is on no branch by then, such as one of a detached HEAD, is not expected to get a note. */
const KEPT_MS = 24 * 3600_000;

/** Writes notes of which only drafts are left. Throws a GitError. */
export async function settleRemovedWorktrees(repository: Repository, now: number): Promise<void> {
  for (const folder of orphanedFolders(repository)) {
    const found = new Set<string>();
    for (const { file, draft } of draftsIn(folder)) {
      if (!(await settleDraft(repository, draft))) continue;
      found.add(draft.parent);
      removeDraft(file);
    }
    // Anything else begun on the same parent was amended, or never made.
    for (const { file, draft } of draftsIn(folder))
      if (found.has(draft.parent) || now - draft.at > KEPT_MS) removeDraft(file);
    if (draftsIn(folder).length === 0) removeDraftFolder(folder);
  }
}

/** Whether there is such a commit. */
async function settleDraft(repository: Repository, draft: Draft): Promise<boolean> {
  const commits = await commitsOf(repository, draft);
  for (const commit of commits)
    await changeNote(repository, commit, (existing) =>
      existing?.record
        ? undefined
        : writeNote(commit.id, `${commit.author.name} <${commit.author.email}>`, draft.change, existing),
    );
  return commits.length > 0;
}

/** The commits that match what the hook saw. */
async function commitsOf(repository: Repository, { parent, to }: Draft): Promise<Commit[]> {
  const isRoot = parent === emptyTree(repository);
  const list = await repository.git(
    // Its branch may have been reset or deleted since, while git is making another commit of it.
    [
      'rev-list',
      '--ignore-missing',
      '--parents',
      '--all',
      '--reflog',
      ...sourcesInProgress(repository, undefined),
      ...(isRoot ? ['--max-parents=0'] : ['--ancestry-path', `^${parent}`]),
    ],
    { codes: [0, 128] },
  );
  const next = list.stdout
    .toString('utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([id, first]) => id !== '' && (isRoot || first === parent));
  const found: Commit[] = [];
  for (const commit of (
    await readCommits(
      repository,
      next.flatMap(([id]) => id ?? []),
    )
  ).values()) {
    if (commit.tree === to || patchKey(await diffTrees(repository, parent, commit.id)) === to) found.push(commit);
  }
  return found;
}
