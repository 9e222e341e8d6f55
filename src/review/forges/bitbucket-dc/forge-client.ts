/** The API of Bitbucket Data Center for a job. */
import { addressOf, ForgeError, type ForgeClient, type Patience } from '../client-parts';
import { wordOf, type Environment } from '../client-parts/ci-events-and-variables';
import { readEvent } from './read-job-event';
import { bitbucketDcRequests } from './pull-requests';
import { bitbucketDc, placeOf, transportOf, type ServerOptions } from './rest-api';

export const client: ForgeClient = {
  readEvent,
  connect: (env, patience) => bitbucketDc(optionsFrom(env, patience)),
  pullRequests(env, patience) {
    const options = optionsFrom(env, patience);
    return bitbucketDcRequests(transportOf(options), placeOf(options.repository));
  },
};

function optionsFrom(env: Environment, patience: Partial<Patience> | undefined): ServerOptions {
  const token = wordOf(env, 'LINEKEEPER_BITBUCKET_TOKEN');
  if (token === undefined)
    throw new ForgeError(
      'no-token',
      "Bitbucket can't be asked for approvals without a token. Make an HTTP access token of the repository that may read it (to write it, for the status), and give it to the job as the secret LINEKEEPER_BITBUCKET_TOKEN.",
    );
  return {
    address: addressOf(wordOf(env, 'LINEKEEPER_BITBUCKET_URL') ?? '', 'LINEKEEPER_BITBUCKET_URL'),
    token,
    repository: wordOf(env, 'LINEKEEPER_BITBUCKET_REPOSITORY') ?? '',
    ...(patience && { patience }),
  };
}
