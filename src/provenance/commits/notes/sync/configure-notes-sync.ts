/**
 * Lets plain `git push` and `git fetch` carry notes, sign-offs, debts and deployments, for those who asked for it; and
 * undoes that.
 */
import type { Repository } from '../../../../git';
import { SHARED_LINE_NOTES } from '../refs-of-line-notes';
import { lineNotesRefspec } from './sync-line-notes';
import { notesRefspec, remotesOf } from './push-and-fetch-notes';

/** Read by the pre-push hook. */
const CARRY_KEY = 'linekeeper.notes';

/** What a plain fetch of a remote should bring. */
const refspecsOf = (remote: string): readonly string[] => [
  notesRefspec(remote),
  ...SHARED_LINE_NOTES.map((ref) => lineNotesRefspec(remote, ref)),
];

/** Those of them that are not configured in git yet. */
async function missingOf(repository: Repository, remote: string): Promise<readonly string[]> {
  const there = await repository.git(['config', '--local', '--get-all', `remote.${remote}.fetch`], { codes: [0, 1] });
  const known = there.stdout.toString('utf8').split('\n');
  return refspecsOf(remote).filter((refspec) => !known.includes(refspec));
}

/** For all existing remotes; returns their names. Doing it twice changes nothing. Throws a GitError. */
export async function pushNotesAlong(repository: Repository): Promise<string[]> {
  const remotes = await remotesOf(repository);
  for (const remote of remotes)
    for (const refspec of await missingOf(repository, remote))
      await repository.git(['config', '--local', '--add', `remote.${remote}.fetch`, refspec]);
  await repository.git(['config', '--local', '--type=bool', CARRY_KEY, 'true']);
  return remotes;
}

/**
 * Remotes from which a plain fetch does not bring everything: added since, or set up by an earlier version. Throws a
 * GitError.
 */
export async function remotesLeftOut(repository: Repository): Promise<readonly string[]> {
  const unpushed: string[] = [];
  for (const remote of await remotesOf(repository))
    if ((await missingOf(repository, remote)).length > 0) unpushed.push(remote);
  return unpushed;
}

/** Throws a GitError. */
export async function stopPushingNotesAlong(repository: Repository): Promise<void> {
  if (!(await pushesNotesAlong(repository))) return;
  for (const remote of await remotesOf(repository))
    for (const refspec of refspecsOf(remote))
      await repository.git(['config', '--local', '--fixed-value', '--unset-all', `remote.${remote}.fetch`, refspec], {
        codes: [0, 5],
      });
  await repository.git(['config', '--local', '--unset-all', CARRY_KEY], { codes: [0, 5] });
}

export const pushesNotesAlong = async (repository: Repository): Promise<boolean> =>
  (await repository.git(['config', '--local', '--type=bool', '--get', CARRY_KEY], { codes: [0, 1, 128] })).stdout
    .toString('utf8')
    .trim() === 'true';
