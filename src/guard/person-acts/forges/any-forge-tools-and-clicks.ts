/** What tools of servers, and libraries, call the same at every forge. */
import { either } from '../../../base/patterns';
import { once } from '../../../danger/commands';
import type { ForgeActs } from './types';
import { field, OUR_STATUS } from './pattern-parts';

/** A browser's tool that presses what a page shows, and what the pages of forges call it. */
const PRESSES =
  /^(?:(?:browser|page|puppeteer|playwright|stagehand|chrome|mouse) )?(?:click|press|tap|act)(?: (?:element|on|by \w+|text|selector|node))?$/;
const MERGES = either(
  /(?<!\b(?:cancel|disable|close|don't|view|open)\s)\bmerge (?:pull request|merge request|when ready|when pipeline succeeds|immediately|without waiting)/i,
  /(?<!\b(?:cancel|disable|close|don't|view|open)\s)\b(?:squash|rebase|bypass rules|confirm|create a) (?:and )?merge\b/i,
  /(?<!\b(?:cancel|disable|close|don't|view|open)\s)\b(?:(?:enable|set to) auto-?merge|complete (?:merge|pull request)|confirm (?:squash|rebase|bypass))/i,
);
/** A page about one change, or the form in which somebody reviews it. */
const AT_A_CHANGE = String.raw`(?=[^]*(?:\/pull\/|\/pull-?requests\/|\/merge_requests\/|\/pulls\/|\b(?:pull|merge) request\b|\breview\b|\bMR\b|\bPR\b))`;
const PRODUCTION =
  /(?:^|\.)(?:(?:deploy(?:ment)?_?)?(?:target|environment|env|env_?name|environment_?name|stage|channel|alias|tier)=(?:prod|production|prd|live)|(?:prod|production|is_?prod(?:uction)?|live)=true)$/im;

const CHANGE = String.raw`\b(?:pull request|pull|pr|prs|merge request|mr|mrs|changeset|change)\b`;

export const ANY_FORGE_ACTS = once((): ForgeActs => ({
  tools: [
    // who approves a change, and not a request to approve it
    {
      act: 'approve',
      tool: new RegExp(
        String.raw`(?<!\b(?:un|request|remove|revoke|list|get|check)\b.*)\bapprove\b.*${CHANGE}|${CHANGE}.*(?<!\b(?:request|remove|list|get)\b.*)\bapprove\b|^approve$`,
      ),
    },
    {
      act: 'approve',
      tool: new RegExp(`${CHANGE}.*\\b(?:review|participant|vote)\\b|\\b(?:submit|create|add|write)\\b.*\\breview\\b`),
      with: field('event|state|status|action|decision|vote', 'APPROVED?'),
    },
    {
      act: 'merge',
      tool: new RegExp(
        String.raw`^(?:\w+ )?(?:merge|accept|complete|land|automerge|auto merge|enqueue)\b.*${CHANGE}|${CHANGE}.*\b(?:merge|accept|complete|automerge|enqueue)$|\b(?:enable|set)\b.*\bauto ?merge\b`,
      ),
    },
    {
      act: 'merge',
      tool: new RegExp(`${CHANGE}|\\bupdate\\b`),
      with: field('action|method|operation', 'merge|accept|automerge|enable_auto_merge'),
    },
    { act: 'merge', tool: PRESSES, with: MERGES },
    {
      act: 'merge',
      tool: PRESSES,
      with: new RegExp(`${AT_A_CHANGE}[^]*(?<!(?:cancel|disable)\\s)(?<![-/\\w])merge\\b(?![-_/ ]request)`, 'i'),
    },
    { act: 'approve', tool: PRESSES, with: new RegExp(`${AT_A_CHANGE}[^]*(?<![-/\\w])approve\\b`, 'i') },
    { act: 'dismiss', tool: PRESSES, with: /\bdismiss (?:stale )?review\b/i },
    {
      act: 'deploy',
      tool: PRESSES,
      with: /\bapprove and deploy\b|\b(?:promote|deploy|rollback|roll back) to production\b|\binstant rollback\b/i,
    },
    { act: 'publish', tool: PRESSES, with: /\bpublish (?:release|package|version)\b/i },
    { act: 'dismiss', tool: /\bdismiss\b.*\breview\b|\breview\b.*\bdismiss\b/ },
    {
      act: 'status',
      tool: /\b(?:create|set|update|post)\b.*\b(?:commit status|status|check run|check|build status)\b/,
      with: OUR_STATUS,
    },
    {
      act: 'status',
      tool: /\b(?:create|set|update|post)\b.*\b(?:(?:commit|pull request|build) status|check run)\b/,
      with: field('state|conclusion|status', 'success|successful|succeeded|notApplicable|neutral|skipped'),
      check: true,
    },
    {
      act: 'deploy',
      tool: /\b(?:create|trigger|start|approve|promote)\b.*\bdeployment\b|\bdeployment\b.*\b(?:create|trigger|approve)\b/,
    },
    {
      act: 'deploy',
      tool: either(
        /^(?:(?!get|list|describe|show|check|watch|wait|plan|preview|validate|cancel|diff|can)\w+ )?(?:re)?deploy\b(?! (?:status|logs?|list|history|info|preview|plan|check|key))/,
        /^(?:trigger|create|start|run|execute|promote|release|roll ?out)\b.*\b(?:deploy|rollout|promotion)\b|^(?:promote|release|roll ?out|ship)$/,
      ),
      with: PRODUCTION,
      without: /(?:^|\.)(?:dry_?run|preview|plan_?only|what_?if)=true$/im,
    },
    {
      act: 'publish',
      tool: /^(?:\w+ )?(?:create|publish|edit|update) release$|\brelease (?:create|publish)\b|\bpublish\b.*\b(?:package|release)\b/,
      without: field('draft', 'true'),
    },
  ],
  code: [
    {
      act: 'merge',
      text: /\b(?:getByRole|getByText|getByLabel|get_by_role|get_by_text|locator|click|find_element|querySelector)\s*\([^\n;]{0,200}?\b(?:merge pull request|(?:squash|rebase|confirm) (?:and )?merge|confirm squash|merge when ready)\b[^\n;]*/i,
    },
  ],
}));
