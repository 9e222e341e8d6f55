/** The attribution of single commits as the gate counts them: with exact reverts and what commits claim. */
import type { ChangeAttribution } from '../../../provenance/authorship/types';
import {
  isAncestor,
  oldestWithNote,
  revertedBy,
  revertLeft,
  showCommits,
  type CommitAttribution,
  withCounts,
} from '../../../provenance/commits';
import { diffTrees, readCommit, withWorktreeTree, type Repository } from '../../../git';
import { loadPolicy } from '../../../policy/load';
import { adoptionCommit } from '../range/adoption-commit';
import { applyDisclosures } from './read-and-apply-disclosures';
import { hearExactReverts, workOfRevert } from './authors-of-exact-reverts';
import { hearReapplied } from './reapplied-reverts';
import type { AttributionOf } from '../gate-input-types';

/** A commit's attribution, and the commit that it exactly reverts if it is a person's revert. */
export interface CountedCommit extends CommitAttribution {
  readonly reverts?: string;
}

/** At most this many reverts are examined; of further ones only their notes are believed. */
const LOOKED_AT = 50;

/**
 * The commits as the gate counts them, in the same order. Only reverts cost git calls. `only`: the files that are asked
 * about; default: all. Throws a GitError.
 */
export async function asCounted(
  repository: Repository,
  shown: readonly CommitAttribution[],
  only?: ReadonlySet<string>,
): Promise<readonly CountedCommit[]> {
  const count = countingEach(repository, only);
  const all: CountedCommit[] = [];
  for (const attribution of shown) all.push(await count(attribution));
  return all;
}

/**
 * The same for commits that come one after another, as of a whole history. What they share is looked up once, and only
 * where there is a revert. Calls throw a GitError.
 */
export function countingEach(
  repository: Repository,
  only?: ReadonlySet<string>,
): (shown: CommitAttribution) => Promise<CountedCommit> {
  let [remaining, oldest]: [number, string | undefined] = [LOOKED_AT, undefined];
  let adoption: Promise<string | undefined> | undefined;
  const oldestNote: typeof oldestWithNote = async (_, base) => {
    // Listing a whole history takes long, and the commits that are shown together usually share theirs.
    if (oldest === undefined || !(await isAncestor(repository, oldest, base)))
      oldest = await oldestWithNote(repository, base);
    return oldest;
  };
  return async (shown) => {
    if (!mayBeRevert(shown) || remaining-- <= 0) return applyDisclosures(shown);
    adoption ??= adoptionOf(repository);
    const lookups = { oldestNote, ...(only === undefined ? {} : { only }) };
    return applyDisclosures(await revertAsCounted(repository, shown, await adoption, lookups));
  };
}

/** Whether the message of a commit with one parent names what it reverts. */
export const mayBeRevert = ({ commit }: Pick<CommitAttribution, 'commit'>): boolean =>
  commit.parents.length === 1 && revertedBy(commit.message) !== undefined;

/**
 * Uncommitted work as the gate will count it: where git has left a revert to be committed, by whom it was before.
 * Throws a GitError.
 */
export async function workAsCounted(repository: Repository, work: ChangeAttribution): Promise<ChangeAttribution> {
  const id = revertLeft(repository);
  const base = id === undefined ? undefined : await repository.commitId('HEAD');
  const reverted = id === undefined ? undefined : await readCommit(repository, id);
  if (base === undefined || reverted === undefined) return work;
  const back = await withWorktreeTree(repository, (tree, objects) => diffTrees(repository, base, tree, { objects }));
  const revert = { reverted, back, base, adoption: await adoptionOf(repository) };
  return workOfRevert(repository, work, revert, byNotes(repository));
}

async function adoptionOf(repository: Repository): Promise<string | undefined> {
  const { since } = (await loadPolicy(repository)).policy;
  return since === null ? undefined : adoptionCommit(repository, since);
}

const byNotes =
  (repository: Repository): AttributionOf =>
  async (ids) => {
    const shown = await showCommits(repository, ids);
    return ({ id }) => shown.get(id);
  };

async function revertAsCounted(
  repository: Repository,
  shown: CommitAttribution,
  adoption: string | undefined,
  lookups: Parameters<typeof hearExactReverts>[4],
): Promise<CountedCommit> {
  const { commit } = shown;
  const attributionOf = byNotes(repository);
  const commits = [commit];
  const reapplied = await hearReapplied(repository, commits, () => shown, attributionOf);
  // What stood on the branch before this commit is what the gate's base has.
  const range = { base: commit.parents[0] ?? commit.id, commits, ...(adoption === undefined ? {} : { adoption }) };
  const heard = (await hearExactReverts(repository, range, reapplied, attributionOf, lookups))(commit, []);
  if (heard === undefined) return shown;
  return { ...shown, ...withCounts(heard.files), ...(heard.reverts === undefined ? {} : { reverts: heard.reverts }) };
}
