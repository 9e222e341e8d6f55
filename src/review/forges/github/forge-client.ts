/** GitHub's API for a job, and for a person. */
import { addressOf, type ForgeClient, ForgeError, isLoopback } from '../client-parts';
import { firstWordOf, wordOf, type Environment } from '../client-parts/ci-events-and-variables';
import { readDeploymentEvent, readEvent } from './read-job-event';
import { githubRequests } from './pull-requests';
import { github } from './rest-api';

export const client: ForgeClient = {
  readEvent,
  readDeploymentEvent,
  requestsAt: githubRequests,
  connect(env, patience) {
    const address = addressOf(env['GITHUB_API_URL'] ?? 'https://api.github.com', 'GITHUB_API_URL');
    refuseImitators(env, address);
    const token = firstWordOf(env, 'GITHUB_TOKEN', 'GH_TOKEN');
    if (token === undefined)
      throw new ForgeError(
        'no-token',
        "GitHub can't be asked without a token. In the workflow: env: { GITHUB_TOKEN: ${{ github.token }} }",
      );
    return github({
      address,
      token,
      teamToken: wordOf(env, 'LINEKEEPER_TEAM_TOKEN'),
      repository: wordOf(env, 'GITHUB_REPOSITORY') ?? '',
      login: wordOf(env, 'LINEKEEPER_LOGIN'),
      ...(patience && { patience }),
    });
  },
};

/**
 * Gitea, Forgejo and others give their jobs GitHub's variables, and most of GitHub's answers: a review that was
 * dismissed there is still APPROVED. Only an address that GitHub itself has is GitHub. Throws a {@link ForgeError}.
 */
function refuseImitators(env: Environment, address: string): void {
  const name = ['FORGEJO_ACTIONS', 'GITEA_ACTIONS'].find((one) => wordOf(env, one) !== undefined);
  if (name === undefined && isGitHubs(address)) return;
  throw new ForgeError(
    'unknown-forge',
    `${name === undefined ? 'GITHUB_API_URL is no address of GitHub' : `${name} is set`}, so this is not a GitHub job, although it has GitHub's variables. Linekeeper cannot read the approvals here. Let your own job write them: "linekeeper check --base B --head H --actor LOGIN --approvals FILE".`,
  );
}

/** The cloud's, that of a cloud with data residency, a server's own, or this machine. */
function isGitHubs(address: string): boolean {
  const { hostname, pathname } = new URL(address);
  if (isLoopback(hostname)) return !/\/api\/v1\/?$/.test(pathname);
  return hostname === 'api.github.com' || /^api\.[\w-]+\.ghe\.com$/.test(hostname) || /\/api\/v3\/?$/.test(pathname);
}
