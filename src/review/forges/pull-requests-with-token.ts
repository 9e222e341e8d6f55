/** Pull requests at a forge, with a person's token. */
import type { Patience } from './client-parts';
import type { Environment } from './client-parts/ci-events-and-variables';
import type { PullRequests, RequestApi, RequestPlace } from './client-parts/pull-requests-interface';
import type { ForgeId } from './forge-interface';
import { forgeNamed } from './forges';

/**
 * Pull requests at a forge, for a person whose token is in the environment; undefined for a forge whose own program does
 * it. Throws a ForgeError when the token is missing.
 */
export async function pullRequestsAt(id: ForgeId, env: Environment): Promise<PullRequests | undefined> {
  return (await forgeNamed(id).client?.())?.pullRequests?.(env, PATIENCE);
}

/** A person waits for it: less patience than a job has. Milliseconds. */
const PATIENCE: Patience = { answer: 15_000, between: 500, limit: 5_000, retries: 1 };

/** Throws a ForgeError for an address that a token must not be sent to, and for a forge that can't do it. */
export async function requestsAt({ kind, address, token, repository, patience }: RequestPlace): Promise<RequestApi> {
  const [{ addressOf, ForgeError }, client] = await Promise.all([
    import('./client-parts'),
    forgeNamed(kind).client?.(),
  ]);
  if (client?.requestsAt === undefined)
    throw new ForgeError('answer', `Pull requests at ${forgeNamed(kind).name} can't be created here.`);
  return client.requestsAt({
    address: addressOf(address, "The remote's Git host"),
    token,
    repository,
    patience: { ...PATIENCE, ...patience },
  });
}
