/** The forges, by id. A new one is a file next to this one and a line here. */
import type { Remote } from '../remote';
import { ReviewError } from '../error';
import { azure } from './azure';
import { bitbucketCloud } from './bitbucket-cloud';
import { bitbucketDc } from './bitbucket-dc';
import { FORGE_IDS, type Forge, type ForgeId } from './forge';
import { gitea } from './gitea';
import { github } from './github';
import { gitlab } from './gitlab';

export const FORGES: Readonly<Record<ForgeId, Forge>> = {
  github,
  gitlab,
  'bitbucket-cloud': bitbucketCloud,
  'bitbucket-dc': bitbucketDc,
  azure,
  gitea,
};

export const isForgeId = (id: string): id is ForgeId => FORGE_IDS.some((known) => known === id);

/** The forge a remote is on. Throws a {@link ReviewError} `unknown-forge` when neither host nor path identifies it. */
export function forgeOf(remote: Remote): Forge {
  // a forge's own host name is stronger evidence than a path, which any forge may have: known hosts come first
  const found = (['github', 'gitlab', 'bitbucket-cloud', 'gitea', 'azure', 'bitbucket-dc'] as const).find((id) =>
    FORGES[id].recognises(remote),
  );
  if (found !== undefined) return FORGES[found];
  throw new ReviewError(
    'unknown-forge',
    `The name ${remote.host} doesn't say which forge it is. Name it: --forge ${FORGE_IDS.join(' | ')}`,
  );
}
