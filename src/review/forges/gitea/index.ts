/** Gitea. */
import type { Forge } from '../forge-interface';
import { textIn } from '../forge-probe-answer';
import { wordOf } from '../client-parts/ci-events-and-variables';
import { apiAddress, jobs } from './ci-jobs';
import { link } from './web-urls';
import { workflowIn } from './workflow';

/** Where its templates for pull requests are: in its own folder, else in GitHub's. */
export const templatesIn = (folder: string): readonly string[] =>
  [folder, '.github', '.', 'docs'].flatMap((place) =>
    ['pull_request_template.md', 'PULL_REQUEST_TEMPLATE.md'].map((name) => (place === '.' ? name : `${place}/${name}`)),
  );

export const gitea: Forge = {
  id: 'gitea',
  name: 'Gitea',
  ...link,
  templates: templatesIn('.gitea'),
  tellsBy: {
    path: '/api/v1/version',
    isIt: (answer) => answer.status === 200 && textIn(answer, 'version') !== undefined,
  },
  apiAddress,
  jobs: {
    ...jobs,
    runner: 'Gitea Actions',
    isHere: (env) => wordOf(env, 'GITEA_ACTIONS') !== undefined && wordOf(env, 'FORGEJO_ACTIONS') === undefined,
    workflow: workflowIn('.gitea'),
  },
  client: async () => (await import('./forge-client')).client,
};
