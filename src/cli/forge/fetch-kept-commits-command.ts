/** The command that fetches the commits of pull requests, where the remote's forge keeps them. */
import { forgeNamed } from '../../review/forges';
import { shellWord } from '../../policy';
import { whichForge } from '../../review/pull-request';
import type { Repository } from '../../git';

/** Null where the forge keeps none, or which forge it is can't be known without asking it. Nothing is fetched. */
export async function fetchKeptCommits(repository: Repository, remote: string): Promise<string | null> {
  try {
    const address = (await repository.text(['remote', 'get-url', '--', remote])).trim();
    const { forge } = await whichForge(repository, { remote: { name: remote, address }, mayAsk: false });
    const storedRef = forgeNamed(forge).jobs?.keptRef?.('*');
    if (storedRef === undefined) return null;
    // As remote-tracking refs, among which sources are looked for. Double quotes are right in every shell.
    const here = storedRef.replace(/^refs\//, 'refs/remotes/').replace(/\*\/.*$/, '*');
    return `git fetch ${shellWord(remote)} "${storedRef}:${here}"`;
  } catch {
    return null;
  }
}
