/** Bitbucket Data Center (formerly Server, formerly Stash). */
import type { Forge } from '../forge-interface';
import { wordOf } from '../client-parts/ci-events-and-variables';
import { textIn } from '../forge-probe-answer';
import { link, repositoryOf } from './web-urls';

export const bitbucketDc: Forge = {
  id: 'bitbucket-dc',
  name: 'Bitbucket Data Center',
  ...link,
  tellsBy: {
    path: '/rest/api/latest/application-properties',
    isIt: (answer) => answer.status === 200 && textIn(answer, 'displayName') === 'Bitbucket',
  },
  jobs: {
    runner: 'Jenkins for Bitbucket Data Center',
    isHere: (env) => wordOf(env, 'LINEKEEPER_BITBUCKET_REPOSITORY') !== undefined,
    numbersIn(message) {
      const number = /^Pull request #([1-9]\d{0,9}): /.exec(message)?.[1];
      return number === undefined ? [] : [Number(number)];
    },
    wholeClone: 'a clone with all of its history',
    environmentFor(remote, env) {
      const { address, repository } = repositoryOf(remote);
      return Promise.resolve({
        LINEKEEPER_BITBUCKET_URL: address,
        ...env,
        LINEKEEPER_BITBUCKET_REPOSITORY: repository,
      });
    },
  },
  client: async () => (await import('./forge-client')).client,
};
