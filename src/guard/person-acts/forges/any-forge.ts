/** What tools of servers, and libraries, call the same at every forge. */
import type { ForgeActs } from './types';
import { field, OUR_STATUS } from './words';

const CHANGE = String.raw`\b(?:pull request|pull|pr|prs|merge request|mr|mrs|changeset|change)\b`;

export const ANY_FORGE_ACTS: ForgeActs = {
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
      act: 'publish',
      tool: /^(?:\w+ )?(?:create|publish|edit|update) release$|\brelease (?:create|publish)\b|\bpublish\b.*\b(?:package|release)\b/,
      without: field('draft', 'true'),
    },
  ],
};
