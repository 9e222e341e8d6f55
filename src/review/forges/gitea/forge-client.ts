/** The API of Gitea and Forgejo, for a job and for a person. */
import { addressOf, ForgeError, type ForgeClient, type Patience } from '../client-parts';
import { firstWordOf, wordOf, type Environment } from '../client-parts/ci-events-and-variables';
import { readDeploymentEvent, readEvent } from './read-job-event';
import { giteaRequests } from './pull-requests';
import { gitea, reach, type GiteaOptions } from './rest-api';

export const client: ForgeClient = {
  readEvent,
  readDeploymentEvent,
  connect: (env, patience) => gitea(optionsFrom(env, patience)),
  pullRequests(env, patience) {
    const { server, here } = reach(optionsFrom(env, patience));
    return giteaRequests(server, here);
  },
};

function optionsFrom(env: Environment, patience: Partial<Patience> | undefined): GiteaOptions {
  const api = wordOf(env, 'GITHUB_API_URL');
  const site = wordOf(env, 'GITHUB_SERVER_URL');
  if (api === undefined && site === undefined)
    throw new ForgeError('answer', 'Which server is meant is not known: GITHUB_SERVER_URL names it.');
  const token = firstWordOf(env, 'GITEA_TOKEN', 'FORGEJO_TOKEN', 'GITHUB_TOKEN');
  if (token === undefined)
    throw new ForgeError(
      'no-token',
      'The Git host needs a token. In the workflow: env: { GITHUB_TOKEN: ${{ github.token }} }',
    );
  return {
    address: addressOf(api ?? `${site?.replace(/\/+$/, '') ?? ''}/api/v1`, 'GITHUB_API_URL'),
    token,
    teamToken: wordOf(env, 'LINEKEEPER_TEAM_TOKEN'),
    repository: wordOf(env, 'GITHUB_REPOSITORY') ?? '',
    kind: wordOf(env, 'FORGEJO_ACTIONS') === undefined ? 'gitea' : 'forgejo',
    ...(patience && { patience }),
  };
}
