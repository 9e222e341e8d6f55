/** Bitbucket Cloud. */
import type { Forge } from '../forge-interface';
import { wordOf } from '../client-parts/ci-events-and-variables';
import { link } from './web-urls';
import { workflow } from './workflow';

export const bitbucketCloud: Forge = {
  id: 'bitbucket-cloud',
  name: 'Bitbucket Cloud',
  ...link,
  jobs: {
    runner: 'Bitbucket Pipelines',
    isHere: (env) =>
      wordOf(env, 'BITBUCKET_BUILD_NUMBER') !== undefined || wordOf(env, 'BITBUCKET_REPO_FULL_NAME') !== undefined,
    numbersIn(message) {
      const number = /\(pull request #([1-9]\d{0,9})\)$/.exec((message.split('\n')[0] ?? '').trim())?.[1];
      return number === undefined ? [] : [Number(number)];
    },
    wholeClone: 'clone: { depth: full }',
    workflow,
    next: 'Commit it. Then add LINEKEEPER_BITBUCKET_TOKEN, and require successful builds in the branch restrictions of the target branch.',
    environmentFor: (remote, env) => Promise.resolve({ ...env, BITBUCKET_REPO_FULL_NAME: remote.path }),
  },
  client: async () => (await import('./forge-client')).client,
};
