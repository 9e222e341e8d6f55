/** What only a person may say at Bitbucket Cloud. */
import { once } from '../../../danger/commands';
import type { ForgeActs } from './types';
import { DEPLOYS, field, OUR_STATUS } from './pattern-parts';

const PULL = String.raw`\/pullrequests\/[^/]+`;

export const BITBUCKET_CLOUD_ACTS = once((): ForgeActs => ({
  commands: [
    { act: 'approve', program: 'bb bkt', verb: 'pr approve' },
    { act: 'merge', program: 'bb bkt', verb: 'pr merge, pr auto-merge' },
    { act: 'deploy', program: 'bb bkt', verb: 'pipeline run', line: DEPLOYS },
  ],
  requests: [
    { act: 'approve', method: 'post', path: new RegExp(`${PULL}/approve$`) },
    { act: 'merge', method: 'post', path: new RegExp(`${PULL}/merge$`) },
    { act: 'resolve', method: 'post', path: new RegExp(`${PULL}/comments/[^/]+/resolve$`) },
    { act: 'resolve', method: 'put', path: new RegExp(`${PULL}/tasks/[^/]+$`), body: field('state', 'RESOLVED') },
    {
      act: 'status',
      method: 'post put',
      path: /\/commit\/[^/]+\/statuses\/build(?:\/linekeeper\S*)?$/,
      body: OUR_STATUS,
    },
    {
      act: 'status',
      method: 'post put',
      path: /\/commit\/[^/]+\/statuses\/build(?:\/([^/]+))?$/,
      body: field('state', 'SUCCESSFUL'),
      check: true,
    },
    { act: 'deploy', method: 'post', path: /\/repositories\/[^/]+\/[^/]+\/pipelines\/?$/, body: DEPLOYS },
    { act: 'push-base', method: 'post', path: /\/repositories\/[^/]+\/[^/]+\/src\/?$/, branch: 'body' },
  ],
  tools: [{ act: 'resolve', tool: /\bresolve\b.*\bcomment\b/ }],
}));
