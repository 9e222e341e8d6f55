/**
 * How a commit comes about, decided in one place from what git shows: what it stands on, which commits it is made from,
 * which one it reverts. Whoever asks says what is visible; what only git can tell is asked where it matters.
 */
import type { RevertInProgress } from './revert-in-progress';
import { squashedCommits } from './source-commits';

/** A commit that is about to be made, or was made. */
export interface CommitContext {
  /** The commit that it stands on; the empty tree for a first one. */
  readonly parent: string;
  /** The other parents of a merge. */
  readonly others: readonly string[];
  /** It replaces the commit at HEAD. */
  readonly amends: boolean;
  /** The commits that it is made from, oldest first: amended, picked, rebased, squashed. */
  readonly picked: readonly string[];
  /** Commits that HEAD was reset from and whose work it brings again, oldest first. */
  readonly reset: readonly string[];
  /** The commit that it may revert. */
  readonly reverts: RevertInProgress | undefined;
}

/** The commits that a commit is made from. */
export const sourceIds = ({ picked, reset }: CommitContext): readonly string[] => [...new Set([...picked, ...reset])];

/** Whether a commit is nothing but what was written since its parent. */
export const isNewWork = (context: CommitContext): boolean =>
  !context.amends && context.others.length + sourceIds(context).length === 0;

/** What git shows before a commit. */
interface NextCommit {
  readonly parent: string;
  readonly others?: readonly string[];
  readonly amends?: boolean;
  /** What it is made from by the state that git keeps meanwhile, the amended commit included. */
  readonly inProgress?: readonly string[];
  /** What git is reverting; asked only for a commit that is made from no other. */
  readonly reverting?: () => RevertInProgress | undefined;
  /** What was picked without a trace in git's state; asked only for a commit that is made from no other. */
  readonly pickedUnseen?: (reverted: RevertInProgress | undefined) => Promise<readonly string[]>;
  /** What was reset and is there again. Not asked for what git itself is committing: that was not reset before it. */
  readonly reset: () => Promise<readonly string[]>;
  /** Work stashed in another work tree that is in this one now; asked only for a commit that is made from no other. */
  readonly stashed?: () => Promise<readonly string[]>;
}

/** How the next commit comes about. Throws what its questions throw. */
export async function nextContext(shown: NextCommit): Promise<CommitContext> {
  const { parent, others = [], amends = false, inProgress = [] } = shown;
  const reverted = others.length + inProgress.length > 0 || amends ? undefined : shown.reverting?.();
  const picked =
    inProgress.length > 0 || amends || others.length > 0 ? inProgress : ((await shown.pickedUnseen?.(reverted)) ?? []);
  const isOwn = others.length === 0 && reverted === undefined && picked.length === (amends ? 1 : 0);
  const reset = isOwn ? await shown.reset() : [];
  const stashed = isOwn && !amends && reset.length === 0 ? ((await shown.stashed?.()) ?? []) : [];
  return {
    parent,
    others,
    amends,
    picked: [...picked, ...stashed],
    reset,
    reverts: picked.length > 0 ? undefined : reverted,
  };
}

/** What git shows of a commit that was made. */
interface MadeCommit {
  readonly parent: string;
  readonly others: readonly string[];
  readonly message: string;
  /** What the hook saw it made from, and what git reported of a rebase. */
  readonly remembered: readonly string[];
  /** The commit that it replaced, by HEAD's log. */
  readonly replaced: string | undefined;
  readonly reset: readonly string[];
  readonly reverts: RevertInProgress | undefined;
  /** Commits that look like the same work, and work stashed elsewhere; asked where nothing else tells. */
  readonly alike: () => Promise<readonly string[]>;
}

/** How a commit came about, from the most reliable evidence available. Throws what its question throws. */
export async function madeContext(shown: MadeCommit): Promise<CommitContext> {
  const { parent, others, replaced, reset, reverts } = shown;
  // Until a rebase is done, git has reported only a part: a squash with a conflict is an amendment at first.
  const seen = shown.remembered.length > 0 ? [...new Set(shown.remembered)] : replaced === undefined ? [] : [replaced];
  const picked = seen.length + reset.length > 0 ? seen : await pickedByMessage(shown);
  return { parent, others, amends: replaced !== undefined, picked, reset, reverts };
}

async function pickedByMessage({ message, alike }: MadeCommit): Promise<readonly string[]> {
  const squashed = squashedCommits(message);
  if (squashed.length > 0) return squashed;
  const picked = /\(cherry picked from commit ([0-9a-f]{40,64})\)\s*$/.exec(message)?.[1];
  return picked === undefined ? alike() : [picked];
}
