/** Lets plain `git push` and `git fetch` carry notes, for who asked for it; and takes that back. */
import type { Repository } from '../../plumbing/repository';
import { notesRefspec, remotesOf } from './remote';

/** Read by the pre-push hook. */
export const CARRY_KEY = 'linekeeper.notes';

/** For all remotes that there are; gives their names. Doing it twice changes nothing. Throws a GitError. */
export async function pushNotesAlong(repository: Repository): Promise<string[]> {
  const remotes = await remotesOf(repository);
  for (const remote of remotes) {
    const key = `remote.${remote}.fetch`;
    const there = await repository.git(['config', '--local', '--get-all', key], { codes: [0, 1] });
    if (!there.stdout.toString('utf8').split('\n').includes(notesRefspec(remote)))
      await repository.git(['config', '--local', '--add', key, notesRefspec(remote)]);
  }
  await repository.git(['config', '--local', '--type=bool', CARRY_KEY, 'true']);
  return remotes;
}

/** Throws a GitError. */
export async function stopPushingNotesAlong(repository: Repository): Promise<void> {
  if (!(await pushesNotesAlong(repository))) return;
  for (const remote of await remotesOf(repository))
    await repository.git(
      ['config', '--local', '--fixed-value', '--unset-all', `remote.${remote}.fetch`, notesRefspec(remote)],
      { codes: [0, 5] },
    );
  await repository.git(['config', '--local', '--unset-all', CARRY_KEY], { codes: [0, 5] });
}

export const pushesNotesAlong = async (repository: Repository): Promise<boolean> =>
  (await repository.git(['config', '--local', '--type=bool', '--get', CARRY_KEY], { codes: [0, 1, 128] })).stdout
    .toString('utf8')
    .trim() === 'true';
