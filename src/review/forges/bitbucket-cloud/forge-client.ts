/** The API of Bitbucket Cloud for a job. */
import { addressOf, ForgeError, type ForgeClient, type Patience } from '../client-parts';
import { wordOf, type Environment } from '../client-parts/ci-events-and-variables';
import { readDeploymentEvent, readEvent } from './read-job-event';
import { bitbucketCloudRequests } from './pull-requests';
import { bitbucketCloud, reach, type BitbucketOptions } from './rest-api';

export const client: ForgeClient = {
  readEvent,
  readDeploymentEvent,
  connect: (env, patience) => bitbucketCloud(optionsFrom(env, patience)),
  pullRequests(env, patience) {
    const { server, here } = reach(optionsFrom(env, patience));
    return bitbucketCloudRequests(server, here);
  },
};

function optionsFrom(env: Environment, patience: Partial<Patience> | undefined): BitbucketOptions {
  const token = wordOf(env, 'LINEKEEPER_BITBUCKET_TOKEN');
  if (token === undefined)
    throw new ForgeError(
      'no-token',
      "Bitbucket can't be asked for approvals without a token. Make a repository access token that may read the repository and write pull requests, and add it as the secured variable LINEKEEPER_BITBUCKET_TOKEN.",
    );
  return {
    address: addressOf(
      wordOf(env, 'LINEKEEPER_BITBUCKET_URL') ?? 'https://api.bitbucket.org/2.0',
      'LINEKEEPER_BITBUCKET_URL',
    ),
    token,
    repository: wordOf(env, 'BITBUCKET_REPO_FULL_NAME') ?? '',
    ...(patience && { patience }),
  };
}
