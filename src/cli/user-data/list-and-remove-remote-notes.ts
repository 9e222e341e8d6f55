/** Our notes at a remote: which are there, what their removal means for others, and the removal. */
import { forgetRemoteNotes } from '../../provenance/commits/exports-for-notes-sync-and-upkeep';
import type { Repository } from '../../git';

/** Patterns of the refs that Linekeeper pushes. */
const PUSHED = ['refs/notes/ai', 'refs/notes/linekeeper-*'];
const NETWORK_MS = 10 * 60_000;

interface RemoteNotes {
  readonly ref: string;
  /** Full id of what it is at. */
  readonly id: string;
}

/** What a person must know before it goes. */
export const WHAT_IT_MEANS = `Everybody who uses this remote loses the authors of lines, the sign-offs, the deployments and agents' runs. Open pull requests need their sign-offs again. If a colleague still has the notes, their next push restores them. Commits keep their trailers.`;

/** Asks the remote. Throws a GitError. */
export async function notesAtRemote(repository: Repository, remote: string): Promise<readonly RemoteNotes[]> {
  const listed = await repository.text(['ls-remote', '--quiet', '--', remote, ...PUSHED], { timeout: NETWORK_MS });
  return listed.split('\n').flatMap((line) => {
    const [id = '', ref = ''] = line.split('\t');
    return ref.startsWith('refs/notes/') ? [{ id, ref }] : [];
  });
}

/**
 * Removes them there, each only if it is still what was seen, and forgets here that they were there. Throws a GitError;
 * then some may be gone.
 */
export async function removeNotesAtRemote(
  repository: Repository,
  remote: string,
  found: readonly RemoteNotes[],
): Promise<void> {
  await repository.git(
    [
      'push',
      '--quiet',
      '--no-verify',
      ...found.map(({ ref, id }) => `--force-with-lease=${ref}:${id}`),
      '--',
      remote,
      ...found.map(({ ref }) => `:${ref}`),
    ],
    { timeout: NETWORK_MS },
  );
  await forgetRemoteNotes(repository, remote);
}
