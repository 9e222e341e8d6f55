/** Records an emergency's debt where others see it. */
import type { CheckResult } from '../../gate';
import { GitError, type Repository } from '../../git';
import { defaultRemote, NotesError } from '../../commits/sync';
import { pushSignOffs, recordDebt } from '../../gate/sign-offs';
import { CannotSay } from '../command';

/**
 * Records the debt and, in CI, pushes it: otherwise it would disappear with the runner. Returns what a person should
 * know, as sentences. Throws a {@link CannotSay} when CI can't push it.
 */
export async function oweSignOff(
  repository: Repository,
  { base, head, emergency }: Pick<CheckResult, 'base' | 'head' | 'emergency'>,
  { now, isCi }: { readonly now: number; readonly isCi: boolean },
): Promise<readonly string[]> {
  if (emergency === null) return [];
  await recordDebt(repository, { base, head, emergency, now });
  if (!isCi) return ['The debt is recorded here. "linekeeper notes push" tells the others.'];
  try {
    await pushSignOffs(repository, await defaultRemote(repository));
    return [];
  } catch (error) {
    if (!(error instanceof GitError || error instanceof NotesError)) throw error;
    throw new CannotSay(
      `The emergency can't be let through, because what it owes could not be recorded on the remote: ${error.message}`,
      { cause: error },
    );
  }
}
