/** The forges. A new one is a folder next to this file and a line here. */
import { azure } from './azure';
import { bitbucketCloud } from './bitbucket-cloud';
import { bitbucketDc } from './bitbucket-dc';
import type { Forge, ForgeId } from './forge-interface';
import { forgejo } from './forgejo';
import { gitea } from './gitea';
import { github } from './github';
import { gitlab } from './gitlab';
import type { Remote } from './parse-remote';
import { ReviewError } from './review-page-error';

/**
 * A forge's own host name is stronger evidence than a path, which any forge may have: those that are known by their
 * path come last.
 */
export const FORGES: readonly Forge[] = [github, gitlab, bitbucketCloud, gitea, forgejo, azure, bitbucketDc];

export const FORGE_IDS: readonly ForgeId[] = FORGES.map(({ id }) => id);

export const isForgeId = (id: string): boolean => FORGE_IDS.includes(id);

/** The forge with an id of the table. Throws a {@link ReviewError} `unknown-forge` for any other. */
export function forgeNamed(id: ForgeId, forges: readonly Forge[] = FORGES): Forge {
  const found = forges.find((one) => one.id === id);
  if (found === undefined)
    throw new ReviewError(
      'unknown-forge',
      `No Git host is called ${JSON.stringify(id)}. There is: ${forges.map((one) => one.id).join(', ')}.`,
    );
  return found;
}

/** The forge a remote is on. Throws a {@link ReviewError} `unknown-forge` when neither host nor path identifies it. */
export function forgeOf(remote: Remote, forges: readonly Forge[] = FORGES): Forge {
  const found = forges.find((one) => one.recognises(remote));
  if (found !== undefined) return found;
  throw new ReviewError(
    'unknown-forge',
    `The name ${remote.host} doesn't say which Git host it is. Name it: --forge ${forges.map(({ id }) => id).join(' | ')}`,
  );
}
