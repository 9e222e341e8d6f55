/** Azure DevOps Services and Server. */
import type { Forge } from '../forge-interface';
import { firstWordOf, wordOf } from '../client-parts/ci-events-and-variables';
import { link, placeOf } from './web-urls';
import { workflow } from './workflow';

export const azure: Forge = {
  id: 'azure',
  name: 'Azure DevOps',
  ...link,
  templates: [
    '.azuredevops/pull_request_template.md',
    '.vsts/pull_request_template.md',
    'docs/pull_request_template.md',
    'pull_request_template.md',
  ],
  jobs: {
    runner: 'Azure Pipelines',
    isHere: (env) => wordOf(env, 'TF_BUILD') !== undefined && wordOf(env, 'SYSTEM_COLLECTIONURI') !== undefined,
    keptRef: (number) => `refs/pull/${String(number)}/merge`,
    numbersIn(message) {
      const first = message.split('\n')[0] ?? '';
      const match = /^Merged PR ([1-9]\d{0,9}): |^Merge pull request ([1-9]\d{0,9}) from /.exec(first);
      return match === null ? [] : [Number(match[1] ?? match[2])];
    },
    wholeClone: 'checkout: self, with fetchDepth: 0 and persistCredentials: true',
    workflow,
    next: 'Commit it and make a pipeline of it. Then add it under Build validation in the policies of the target branch, and the status "linekeeper/linekeeper" under Status checks, to be reset whenever there are new changes.',
    async environmentFor(remote, env) {
      const place = placeOf(remote);
      return Promise.resolve(
        place === undefined
          ? env
          : {
              ...env,
              SYSTEM_COLLECTIONURI: place.collection,
              SYSTEM_TEAMPROJECT: place.project,
              BUILD_REPOSITORY_ID: place.repository,
              LINEKEEPER_AZURE_TOKEN: firstWordOf(env, 'LINEKEEPER_AZURE_TOKEN', 'AZURE_DEVOPS_EXT_PAT'),
            },
      );
    },
  },
  client: async () => (await import('./forge-client')).client,
};
