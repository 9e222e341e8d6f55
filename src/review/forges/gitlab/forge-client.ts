/** GitLab's API for a job, and for a person. */
import { addressOf, type ForgeClient, ForgeError } from '../client-parts';
import { firstWordOf, wordOf } from '../client-parts/ci-events-and-variables';
import { readDeploymentEvent, readEvent } from './read-job-event';
import { gitlabRequests } from './pull-requests';
import { gitlab } from './rest-api';

export const client: ForgeClient = {
  readEvent,
  readDeploymentEvent,
  requestsAt: gitlabRequests,
  connect(env, patience) {
    const token = firstWordOf(env, 'LINEKEEPER_GITLAB_TOKEN', 'GITLAB_TOKEN');
    if (token === undefined)
      throw new ForgeError(
        'no-token',
        'GitLab can\'t be asked for approvals without a token. Make a project access token with the scope "api" (or "read_api", then without comment and labels), and add it as the masked variable LINEKEEPER_GITLAB_TOKEN.',
      );
    return gitlab({
      address: addressOf(env['CI_API_V4_URL'] ?? 'https://gitlab.com/api/v4', 'CI_API_V4_URL'),
      token,
      project: firstWordOf(env, 'CI_PROJECT_ID', 'CI_PROJECT_PATH') ?? '',
      defaultBranch: wordOf(env, 'CI_DEFAULT_BRANCH'),
      ...(patience && { patience }),
    });
  },
};
