/** What only a person may say at GitLab. */
import { once } from '../../../danger/commands';
import type { ForgeActs } from './types';
import { DEPLOYS, field, OUR_STATUS } from './pattern-parts';

const REQUEST = String.raw`\/merge_requests\/[^/]+`;

export const GITLAB_ACTS = once((): ForgeActs => ({
  commands: [
    { act: 'approve', program: 'glab', verb: 'mr approve' },
    { act: 'merge', program: 'glab', verb: 'mr merge, mr accept' },
    { act: 'deploy', program: 'glab', verb: 'ci trigger, ci play, pipeline trigger, job play, job trigger' },
    { act: 'deploy', program: 'glab', verb: 'ci run, pipeline run, pipe run, ci run-trig', line: DEPLOYS },
    { act: 'publish', program: 'glab', verb: 'release create, release upload' },
    { act: 'approve', program: 'glab', verb: 'alias set', line: /\bmr\s+approve\b/ },
    { act: 'merge', program: 'glab', verb: 'alias set', line: /\bmr\s+(?:merge|accept)\b/ },
  ],
  requests: [
    { act: 'approve', method: 'post', path: new RegExp(`${REQUEST}/approve$`) },
    { act: 'merge', method: 'put', path: new RegExp(`${REQUEST}/merge$`) },
    { act: 'merge', method: 'post', path: /\/merge_trains\/merge_requests\/[^/]+$/ },
    { act: 'status', method: 'post', path: /\/statuses\/[^/]+$/, body: OUR_STATUS },
    { act: 'status', method: 'post', path: /\/statuses\/[^/]+$/, body: field('state', 'success'), check: true },
    {
      act: 'resolve',
      method: 'put',
      path: new RegExp(`${REQUEST}/discussions/[^/]+$`),
      body: field('resolved', 'true'),
    },
    {
      act: 'deploy',
      method: 'post',
      path: /\/projects\/[^/]+\/deployments(?:\/[^/]+\/approval)?$/,
      not: field('status', 'rejected'),
    },
    { act: 'deploy', method: 'put', path: /\/projects\/[^/]+\/deployments\/[^/]+$/ },
    { act: 'deploy', method: 'post', path: /\/jobs\/[^/]+\/play$/ },
    { act: 'deploy', method: 'post', path: /\/(?:pipeline|trigger\/pipeline)$/, body: DEPLOYS },
    { act: 'publish', method: 'post', path: /\/projects\/[^/]+\/releases$/ },
    { act: 'publish', method: 'put post', path: /\/projects\/[^/]+\/packages\/\S+$/ },
    { act: 'push-base', method: 'post put delete', path: /\/repository\/(?:files\/\S+|commits)$/, branch: 'body' },
  ],
  mutations: {
    mergeRequestAccept: { act: 'merge' },
    mergeRequestApprove: { act: 'approve' },
    discussionToggleResolve: { act: 'resolve', with: field('resolve', 'true') },
    jobPlay: { act: 'deploy' },
    releaseCreate: { act: 'publish' },
    approveDeployment: { act: 'deploy' },
    commitCreate: { act: 'push-base', with: /\b(?:main|master)\b/ },
  },
  tools: [
    { act: 'resolve', tool: /\bresolve\b.*\b(?:merge request|mr|discussion|thread)\b/ },
    {
      act: 'resolve',
      tool: /\b(?:merge request|mr)\b.*\b(?:thread|discussion|note)s?\b/,
      with: field('resolved', 'true'),
    },
    { act: 'deploy', tool: /\bplay\b.*\bjob\b|\bjob\b.*\bplay\b/ },
    { act: 'deploy', tool: /\b(?:create|trigger|run)\b.*\bpipeline\b/, with: DEPLOYS },
  ],
  code: [
    { act: 'approve', text: /\b(?:mr|merge_?request\w*|\))\.approve\s*\(|\bMergeRequestApprovals\.approve\s*\(/i },
    {
      act: 'merge',
      text: /\b(?:mr|merge_?request\w*)\.merge\s*\(|\bMergeRequests\.(?:accept|merge)\s*\(|\bmergerequests\b[^\n]*\.merge\s*\(|\.acceptMergeRequest\s*\(/i,
    },
    { act: 'publish', text: /\breleases\.create\s*\(|\bProjectReleases\.create\s*\(/ },
    { act: 'deploy', text: /\bjobs?\b[^\n]*\.play\s*\(/ },
  ],
}));
