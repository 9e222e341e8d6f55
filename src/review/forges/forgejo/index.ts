/** Forgejo (Codeberg): made from Gitea, with its API. */
import type { Forge } from '../forge-interface';
import { textIn } from '../forge-probe-answer';
import { wordOf } from '../client-parts/ci-events-and-variables';
import { templatesIn } from '../gitea';
import { apiAddress, jobs } from '../gitea/ci-jobs';
import { link } from '../gitea/web-urls';
import { workflowIn } from '../gitea/workflow';

export const forgejo: Forge = {
  id: 'forgejo',
  name: 'Forgejo',
  ...link,
  recognises: ({ host }) => host === 'codeberg.org' || host.includes('forgejo'),
  templates: templatesIn('.forgejo'),
  tellsBy: {
    path: '/api/forgejo/v1/version',
    isIt: (answer) => answer.status === 200 && textIn(answer, 'version') !== undefined,
  },
  apiAddress,
  jobs: {
    ...jobs,
    runner: 'Forgejo Actions',
    isHere: (env) => wordOf(env, 'FORGEJO_ACTIONS') !== undefined,
    workflow: workflowIn('.forgejo'),
  },
  client: async () => (await import('../gitea/forge-client')).client,
};
