/** What only a person may say at GitHub: its program, its API, its mutations, its tools and its libraries. */
import { once } from '../../../danger/commands';
import type { ForgeActs } from './types';
import { DEPLOYS, field, OUR_STATUS } from './pattern-parts';

const APPROVES = field('event', 'APPROVED?');
const PULL = String.raw`\/pulls\/[^/]+`;

export const GITHUB_ACTS = once((): ForgeActs => ({
  commands: [
    { act: 'approve', program: 'gh', verb: 'pr review', with: /^(?:--approve(?:=true)?|-[cr]*a[bcFr]*)$/ },
    { act: 'merge', program: 'gh', verb: 'pr merge', without: /^--disable-auto(?:=true)?$/ },
    { act: 'deploy', program: 'gh', verb: 'workflow run', line: DEPLOYS },
    { act: 'publish', program: 'gh', verb: 'release create, release new', without: /^(?:-d|--draft)(?:=true)?$/ },
    {
      act: 'publish',
      program: 'gh',
      verb: 'release edit',
      with: /^--(?:draft=false|latest(?:=true)?|prerelease=false)$/,
    },
    { act: 'publish', program: 'gh', verb: 'release upload' },
    // a name of one's own for it
    { act: 'approve', program: 'gh', verb: 'alias set', line: /\bpr\s+review\b[^|;&]*(?:--approve|\s-a\b)/ },
    { act: 'merge', program: 'gh', verb: 'alias set', line: /\bpr\s+merge\b/ },
    { act: 'merge', program: 'hub', verb: 'merge' },
    { act: 'publish', program: 'hub', verb: 'release create, release edit', without: /^(?:-d|--draft)$/ },
    { act: 'merge', program: 'gt', verb: 'merge' },
    { act: 'merge', program: 'ghstack', verb: 'land' },
    { act: 'merge', program: 'spr', verb: 'land, merge' },
    { act: 'merge', program: 'git-town', verb: 'ship' },
  ],
  requests: [
    { act: 'approve', method: 'post', path: new RegExp(`${PULL}/reviews$`), body: APPROVES },
    { act: 'approve', method: 'post', path: new RegExp(`${PULL}/reviews/[^/]+/events$`), body: APPROVES },
    { act: 'approve', method: 'post', path: /\/actions\/runs\/[^/]+\/approve$/ },
    { act: 'merge', method: 'put', path: new RegExp(`${PULL}/merge$`) },
    { act: 'merge', method: 'post', path: /\/repos\/[^/]+\/[^/]+\/merges$/ },
    { act: 'dismiss', method: 'put', path: new RegExp(`${PULL}/reviews/[^/]+/dismissals$`) },
    { act: 'status', method: 'post', path: /\/statuses\/[^/]+$/, body: OUR_STATUS },
    { act: 'status', method: 'post', path: /\/statuses\/[^/]+$/, body: field('state', 'success'), check: true },
    { act: 'status', method: 'post patch', path: /\/check-runs(?:\/[^/]+)?$/, body: OUR_STATUS },
    {
      act: 'status',
      method: 'post',
      path: /\/check-runs$/,
      body: field('conclusion', 'success|neutral|skipped'),
      check: true,
    },
    {
      act: 'status',
      method: 'patch',
      path: /\/check-runs\/[^/]+$/,
      body: field('conclusion', 'success|neutral|skipped'),
      check: true,
    },
    // what the pages of the forge send themselves
    {
      act: 'merge',
      method: 'post put',
      path: /\/pull\/\d+\/(?:page_data\/)?(?:merge|squash_merge|enable_auto_merge)$/,
    },
    {
      act: 'approve',
      method: 'post put',
      path: /\/pull\/\d+\/(?:page_data\/(?:submit_)?review|reviews)$/,
      body: /\bapproved?\b/i,
    },
    { act: 'deploy', method: 'post', path: /\/deployments(?:\/[^/]+\/statuses)?$/ },
    {
      act: 'deploy',
      method: 'post',
      path: /\/actions\/runs\/[^/]+\/(?:pending_deployments|deployment_protection_rule)$/,
      not: field('state', 'rejected'),
    },
    {
      act: 'deploy',
      method: 'post',
      path: /\/actions\/workflows\/[^/]*(?:deploy|release|publish|promot|rollout|prod|ship)[^/]*\/dispatches$/i,
    },
    { act: 'deploy', method: 'post', path: /\/(?:actions\/workflows\/[^/]+\/)?dispatches$/, body: DEPLOYS },
    { act: 'publish', method: 'post', path: /\/repos\/[^/]+\/[^/]+\/releases$/, not: field('draft', 'true') },
    { act: 'publish', method: 'patch', path: /\/releases\/[^/]+$/, body: field('draft', 'false') },
    { act: 'publish', method: 'post', path: /\/releases\/[^/]+\/assets$/ },
    { act: 'push-base', method: 'put delete', path: /\/contents\/\S+$/, branch: 'body' },
    { act: 'push-base', method: 'patch post', path: /\/git\/refs\/heads\/([^/\s]+)$/, branch: 'path' },
  ],
  mutations: {
    addPullRequestReview: { act: 'approve', with: APPROVES },
    submitPullRequestReview: { act: 'approve', with: APPROVES },
    mergePullRequest: { act: 'merge' },
    mergeBranch: { act: 'merge' },
    enablePullRequestAutoMerge: { act: 'merge' },
    enqueuePullRequest: { act: 'merge' },
    dismissPullRequestReview: { act: 'dismiss' },
    resolveReviewThread: { act: 'resolve' },
    createCheckRun: {
      act: 'status',
      with: field('conclusion|name', `SUCCESS|NEUTRAL|SKIPPED|linekeeper`),
      check: true,
    },
    updateCheckRun: { act: 'status', with: field('conclusion', 'SUCCESS|NEUTRAL|SKIPPED'), check: true },
    createDeployment: { act: 'deploy' },
    createDeploymentStatus: { act: 'deploy' },
    approveDeployments: { act: 'deploy' },
    createCommitOnBranch: { act: 'push-base', with: /\b(?:refs\/heads\/)?(?:main|master)\b/ },
    updateRef: { act: 'push-base' },
    updateRefs: { act: 'push-base', with: /\brefs\/heads\/(?:main|master)\b/ },
  },
  tools: [
    {
      act: 'approve',
      tool: /\b(?:pull request|pr|pull) review\b|\breview (?:pull request|pr|write)\b/,
      with: field('event|state|action|decision', 'APPROVED?'),
    },
    { act: 'resolve', tool: /\bresolve\b.*\b(?:review|thread|conversation)s?\b/ },
    { act: 'resolve', tool: /\breview\b/, with: field('method', 'resolve_thread') },
    {
      act: 'deploy',
      tool: /\b(?:run|trigger|dispatch)\b.*\b(?:workflow|action)s?\b|\bworkflow\b.*\b(?:dispatch|run)\b|\bactions run trigger\b/,
      with: DEPLOYS,
    },
    {
      act: 'push-base',
      tool: /^(?:push files|create or update file|delete file|create commit|commit files?|update file)$/,
      branch: true,
    },
  ],
  code: [
    {
      act: 'approve',
      text: /\.create_?review\s*\([^;]*APPROVE|\bcreateReview\s*\([^;]*APPROVE|\bsubmit_?review\s*\([^;]*APPROVE/i,
    },
    {
      act: 'merge',
      text: /\bpulls\.merge\s*\(|\.(?:get_pull|pull_request)\s*\([^\n]*\)\.merge\s*\(|\b(?:pr|pull|pull_request|pullRequest)\.merge\s*\(|\.enable_automerge\s*\(|\bmerge_pull_request\b/,
    },
    { act: 'dismiss', text: /\bdismissReview\s*\(|\breview\w*\.dismiss\s*\(/ },
    {
      act: 'status',
      text: /\b(?:createCommitStatus|create_status|create_check_run|checks\.create)\s*\([^;]*(?:linekeeper|["'`]success["'`])[^;]*/i,
      check: true,
    },
    {
      act: 'deploy',
      text: /\b(?:createDeployment|create_deployment|createDeploymentStatus|reviewPendingDeploymentsForRun)\s*\(|\b(?:createWorkflowDispatch|create_dispatch)\s*\([^;]*(?:deploy|release|publish|prod)/i,
    },
    {
      act: 'publish',
      text: /\b(?:createRelease|create_git_release|create_git_tag_and_release)\s*\((?![^;]*draft\s*[:=]\s*true)/i,
    },
  ],
}));
