/** What a command of ours wrote at a person's request is the person's. */
import { declareLines } from '../../provenance/declarations';
import { GitError } from '../../git';
import { JournalError } from '../../provenance/journal';
import type { Worktree } from '../workspace/worktree';

/** `lines`: 1-based, both ends included; null for the whole file. Where it can't be recorded, they stay unknown. */
export async function creditOwnEdit(
  { repository, now }: Pick<Worktree, 'repository' | 'now'>,
  path: string,
  lines: { readonly start: number; readonly end: number } | null,
): Promise<void> {
  const by = { author: 'human', evidence: 'declared' } as const;
  try {
    await declareLines(repository, { path, lines: lines && [lines], by }, now);
  } catch (error) {
    if (!(error instanceof GitError) && !(error instanceof JournalError)) throw error;
  }
}
