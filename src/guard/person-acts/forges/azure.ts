/** What only a person may say at Azure DevOps. */
import { once } from '../../../danger/commands';
import type { ForgeActs } from './types';
import { DEPLOYS, field, OUR_STATUS } from './pattern-parts';

const PULL = String.raw`\/pull-?requests\/[^/]+`;
const VOTES = field('vote', '10|5|approve|approve-with-suggestions|Approved(?:WithSuggestions)?');
/** Of a commit or a pull request, by its address or by `az devops invoke`. */
const STATUSES = new RegExp(
  String.raw`(?:${PULL}|\/commits\/[^/]+)\/statuses$|\/_apis\/git\/(?:pullRequestS|commitS|s)tatuses$`,
  'i',
);
const SETTLED = field('status', 'fixed|closed|wontFix|byDesign|2|3|4|5');

export const AZURE_ACTS = once((): ForgeActs => ({
  commands: [
    { act: 'approve', program: 'az', verb: 'repos pr set-vote', line: /--vote[= ]+["']?approve/ },
    {
      act: 'merge',
      program: 'az',
      verb: 'repos pr update',
      line: /--status[= ]+["']?completed|--auto-complete(?![= ]+["']?(?:false|off))/,
    },
    { act: 'merge', program: 'az', verb: 'repos pr create', line: /--auto-complete(?![= ]+["']?(?:false|off))/ },
    { act: 'deploy', program: 'az', verb: 'pipelines run, pipelines build queue', line: DEPLOYS },
    { act: 'deploy', program: 'az', verb: 'pipelines release create' },
    { act: 'publish', program: 'az', verb: 'artifacts universal publish' },
    { act: 'push-base', program: 'az', verb: 'repos ref update, repos ref create', line: /\bheads\/(?:main|master)\b/ },
    {
      act: 'approve',
      program: 'az',
      verb: 'devops invoke',
      line: /pullRequestReviewers/i,
      with: /^(?:PUT|PATCH|POST)$/i,
    },
    {
      act: 'merge',
      program: 'az',
      verb: 'devops invoke',
      line: /--resource[= ]+["']?pullRequests\b/i,
      with: /^PATCH$/i,
    },
    { act: 'deploy', program: 'az', verb: 'devops invoke', line: /--resource[= ]+["']?approvals\b/i, with: /^PATCH$/i },
  ],
  requests: [
    { act: 'approve', method: 'put patch', path: new RegExp(`${PULL}/reviewers/[^/]+$`, 'i'), body: VOTES },
    { act: 'merge', method: 'patch', path: new RegExp(`${PULL}$`, 'i'), body: field('status', 'completed|3') },
    { act: 'merge', method: 'patch', path: new RegExp(`${PULL}$`, 'i'), body: /autoCompleteSetBy/ },
    { act: 'status', method: 'post', path: STATUSES, body: OUR_STATUS },
    { act: 'status', method: 'post', path: STATUSES, body: field('state', 'succeeded|notApplicable|2|5'), check: true },
    { act: 'resolve', method: 'patch', path: new RegExp(`${PULL}/threads/[^/]+$`, 'i'), body: SETTLED },
    {
      act: 'deploy',
      method: 'patch',
      path: /\/(?:pipelines\/approvals|release\/approvals(?:\/[^/]+)?)$/i,
      body: field('status', 'approved'),
    },
    { act: 'deploy', method: 'post', path: /\/_apis\/(?:pipelines\/[^/]+\/runs|build\/builds)$/i, body: DEPLOYS },
    { act: 'deploy', method: 'post patch', path: /\/_apis\/release\/releases(?:\/[^/]+\/environments\/[^/]+)?$/i },
    {
      act: 'push-base',
      method: 'post',
      path: /\/git\/repositories\/[^/]+\/(?:pushes|refs)$/i,
      body: /refs\/heads\/(?:main|master)\b/,
    },
  ],
  tools: [
    { act: 'approve', tool: /\bvote\b.*\b(?:pull request|pr)\b|\b(?:pull request|pr)\b.*\bvote\b/, with: VOTES },
    { act: 'merge', tool: /\bupdate\b.*\b(?:pull request|pr)\b/, with: field('status', 'completed') },
    { act: 'merge', tool: /\bupdate\b.*\b(?:pull request|pr)\b/, with: field('auto_?complete', 'true') },
    {
      act: 'resolve',
      tool: /\bresolve comment\b|\b(?:update|set)\b.*\b(?:pull request|pr)\b.*\b(?:thread|comment)\b/,
      with: /^(?!.*status)|status=(?:fixed|closed|wontfix|bydesign)/i,
    },
  ],
  code: [
    {
      act: 'status',
      text: /\bcreate_?(?:commit|pull_?request)_?status\s*\([^;]*(?:\bsucceeded\b|not_?applicable)[^;]*/i,
      check: true,
    },
    { act: 'approve', text: /\bcreate_?pull_?request_?reviewer\s*\([^;]*vote\D{0,5}(?:10|5)\b/i },
    { act: 'merge', text: /\bupdate_?pull_?request\s*\([^;]*(?:completed|auto_?complete_?set_?by|status\s*[=:]\s*3)/i },
  ],
}));
