/** A full commit id in place of an Action's tag or branch, which can be moved. */
import type { Repository } from '../../git';
import { isOffline } from '../pull-request';

const COMMIT = /^[0-9a-f]{40}$/;
const NETWORK_MS = 15_000;

/**
 * `OWNER/NAME@COMMIT # REF`, for a line of YAML, as the repository has it now; the given text when it has a commit, or
 * none can be found out. Asks with git, so as it is set up here; not at all where `linekeeper.offline` is true.
 */
export async function pinAction(repository: Repository, action: string): Promise<string> {
  const [, name = '', ref = ''] = /^([\w.-]+\/[\w.-]+)(?:\/[\w./-]+)?@([\w./-]+)$/.exec(action) ?? [];
  if (name === '' || COMMIT.test(ref) || ref.startsWith('-') || (await isOffline(repository))) return action;
  const answer = await repository.git(
    [
      '-c',
      'credential.interactive=false',
      'ls-remote',
      '--quiet',
      '--',
      `https://github.com/${name}`,
      `refs/tags/${ref}`,
      `refs/tags/${ref}^{}`,
      `refs/heads/${ref}`,
    ],
    { codes: [0, 1, 2, 128], timeout: NETWORK_MS },
  );
  const found = new Map(
    answer.stdout
      .toString('utf8')
      .split('\n')
      .map((line) => line.split('\t'))
      .map(([id = '', full = '']) => [full, id]),
  );
  // Of an annotated tag the commit, and not the tag's own object.
  const commit = [`refs/tags/${ref}^{}`, `refs/tags/${ref}`, `refs/heads/${ref}`]
    .map((full) => found.get(full))
    .find((id) => id !== undefined);
  return commit !== undefined && COMMIT.test(commit) ? `${action.slice(0, -ref.length)}${commit} # ${ref}` : action;
}
