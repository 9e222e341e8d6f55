/**
 * OpenAI Codex (CLI and IDE extension), as of version 0.169.0: https://developers.openai.com/codex/hooks
 *
 * Its edits are patches, given as text in the tool's input. It runs hooks only after the person has trusted them in its
 * own screen; we never set that mark.
 */
import { wordSet } from '../../../../base/patterns';
import { NO_OPINION, tellAfter, toolDecision } from '../../hook-answers';
import { readerOf, shellClaims, UNKNOWN_TOOL, type ToolClaims } from '../../hook-payloads/claude-format-reader';
import { hookOfEach } from '../../hook-lists-in-json-file';
import { absolute, below } from '../../join-paths';
import { patchClaims } from '../../hook-payloads/edits-in-apply-patch-text';
import { isObject, objectOf, textAt } from '../../hook-payloads/payload-fields';
import { codexEdits } from './transcript-edits';
import type { Assistant, HookCommands, HookEntry, HookSetup, Scope, Surroundings } from '../../types';

const TOOL_EVENTS = ['PreToolUse', 'PostToolUse'];
const OTHER_EVENTS = ['UserPromptSubmit', 'Stop', 'SessionEnd'];
const MATCHER = 'apply_patch|Bash|Edit|Write|mcp__.*';
const SECONDS = 10;
/** The longest time it gives hooks at the end of a session. */
const LAST_SECONDS = 3;

const HARMLESS = wordSet('view_image update_plan web_search read_file list_dir grep_files request_user_input');

export const codex: Assistant = {
  id: 'codex',
  title: 'OpenAI Codex',
  extensions: ['openai.chatgpt'],
  variables: ['CODEX_THREAD_ID', 'CODEX_SANDBOX', 'CODEX_CI'],
  coverage: {
    surfaces: 'CLI, IDE extension',
    versions: '0.169.0',
    verified: 'run',
    edits: true,
    shell: true,
    completions: false,
    commitsRunHooks: true,
    limits: [
      '`linekeeper doctor` says whether you trust the hooks. Linekeeper never trusts them for you.',
      'Codex treats a question of a hook as a yes. So the hooks block instead of asking.',
      'In a linked work tree that has a `.codex` folder, Codex runs the hooks of the main work tree.',
    ],
  },
  programs: ['codex'],
  hooks,
  settings: (where) => folders(where).map((folder) => below(folder, 'config.toml')),
  harmless: new Set(), // the matcher leaves them out
  trust: {
    file: (where) => below(userFolder(where), 'config.toml'),
    trusted,
    how: 'Start `codex`, open `/hooks`, and trust them.',
  },
  rulesFollowFilesOn: 'linux',
  transcripts: {
    places: (where) =>
      ['sessions', 'archived_sessions'].map((name) => ({
        folder: below(userFolder(where), name),
        depth: 3,
        name: /^rollout-.*\.jsonl$/,
      })),
    edits: codexEdits,
  },
  recognises: (payload) =>
    isObject(payload) && /[\\/]rollout-[^\\/]+\.jsonl$/.test(textAt(payload, 'transcript_path') ?? ''),
  read: readerOf({
    id: 'codex',
    title: 'OpenAI Codex',
    events: {
      pretooluse: 'before',
      posttooluse: 'after',
      userpromptsubmit: 'prompt',
      sessionstart: 'session-start',
      sessionend: 'session-end',
      stop: 'turn-end',
    },
    harmless: HARMLESS,
    claims,
    failed: (payload) =>
      /^(?:Exit code: [1-9]|apply_patch verification failed)/.test(textAt(payload, 'tool_response') ?? ''),
  }),
  model: (event) => event.model, // every payload has it
  deny: (reason) => toolDecision('deny', reason),
  ask: null, // it would continue
  tellAfter,
  allow: () => NO_OPINION,
  marks: { emails: ['noreply@openai.com'], trailers: [], accounts: [215057067, 199175422] },
};

function claims(toolName: string, input: unknown): ToolClaims {
  const args = objectOf(input);
  switch (toolName) {
    case 'apply_patch':
      return {
        tool: 'edit',
        ...patchClaims(typeof input === 'string' ? input : (textAt(args, 'command', 'input', 'patch') ?? '')),
      };
    case 'Bash':
    case 'shell':
    case 'exec_command':
    case 'local_shell':
      return shellClaims(args, 'command', 'cmd');
    default:
      return UNKNOWN_TOOL;
  }
}

function hooks(scope: Scope, where: Surroundings): readonly HookSetup[] {
  const folder = scope === 'user' ? userFolder(where) : where.repositoryRoot && below(where.repositoryRoot, '.codex');
  if (!folder) return [];
  return [{ kind: 'listed', file: below(folder, 'hooks.json'), defaults: {}, entries, offSwitches: [] }];
}

const folders = (where: Surroundings): string[] => [
  userFolder(where),
  ...(where.repositoryRoot === undefined ? [] : [below(where.repositoryRoot, '.codex')]),
];

const userFolder = ({ home, env }: Surroundings): string => absolute(env['CODEX_HOME'], below(home, '.codex'));

function entries({ before, others }: HookCommands): HookEntry[] {
  return hookOfEach({ tools: TOOL_EVENTS, matcher: MATCHER, others: OTHER_EVENTS }, (event) => ({
    type: 'command',
    command: (event === 'PreToolUse' ? before : others).sh,
    commandWindows: (event === 'PreToolUse' ? before : others).any,
    timeout: event === 'SessionEnd' ? LAST_SECONDS : SECONDS,
  }));
}

/**
 * `config.toml` has a table `[hooks.state."FILE:pre_tool_use:0:0"]` (or in single quotes) with a `trusted_hash` for
 * each hook that the person has trusted; one that was turned off since has `enabled = false`. Only Codex knows whether
 * the hash is that of the current hook.
 */
function trusted(config: string, file: string): boolean {
  const found = new Map<string, { hash: boolean; off: boolean }>();
  let current: { hash: boolean; off: boolean } | undefined;
  for (const line of config.split(/\r?\n/)) {
    if (/^\s*\[/.test(line)) {
      const [, double, single] = /^\s*\[\s*hooks\.state\.(?:"((?:[^"\\]|\\.)*)"|'([^']*)')\s*\]/.exec(line) ?? [];
      const key = single ?? double?.replace(/\\(.)/g, '$1');
      current = undefined;
      if (key?.startsWith(`${file}:`) === true) {
        current = { hash: false, off: false };
        found.set(key.slice(file.length + 1).split(':')[0] ?? '', current);
      }
    } else if (current && /^\s*trusted_hash\s*=/.test(line)) current.hash = true;
    else if (current && /^\s*enabled\s*=\s*false\b/.test(line)) current.off = true;
  }
  return ['pre_tool_use', 'post_tool_use'].every((event) => {
    const state = found.get(event);
    return state?.hash === true && !state.off;
  });
}
