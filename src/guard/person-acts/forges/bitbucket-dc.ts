/** What only a person may say at Bitbucket Data Center. */
import { once } from '../../../danger/commands';
import type { ForgeActs } from './types';
import { field, OUR_STATUS } from './pattern-parts';

const PULL = String.raw`\/pull-requests\/[^/]+`;
const BUILDS = /\/(?:build-status\/[^/]+\/commits\/[^/]+|commits\/[^/]+\/builds)$/;

export const BITBUCKET_DC_ACTS = once((): ForgeActs => ({
  requests: [
    { act: 'approve', method: 'post', path: new RegExp(`${PULL}/approve$`) },
    {
      act: 'approve',
      method: 'put',
      path: new RegExp(`${PULL}/participants/[^/]+$`),
      body: field('status', 'APPROVED'),
    },
    { act: 'merge', method: 'post', path: new RegExp(`${PULL}/(?:auto-)?merge$`) },
    {
      act: 'resolve',
      method: 'put',
      path: new RegExp(`${PULL}/(?:blocker-)?comments/[^/]+$`),
      body: field('state', 'RESOLVED'),
    },
    { act: 'status', method: 'post', path: BUILDS, body: OUR_STATUS },
    { act: 'status', method: 'post', path: BUILDS, body: field('state', 'SUCCESSFUL'), check: true },
    {
      act: 'status',
      method: 'put',
      path: /\/insights\/[^/]+\/projects\/[^/]+\/repos\/[^/]+\/commits\/[^/]+\/reports\/([^/]+)$/,
      body: field('result', 'PASS'),
      check: true,
    },
    { act: 'push-base', method: 'put', path: /\/repos\/[^/]+\/browse\/\S+$/, branch: 'body' },
  ],
}));
