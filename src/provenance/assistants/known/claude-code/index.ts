/** Claude Code (CLI and IDE extension), as of version 2.1.328: https://code.claude.com/docs/en/hooks */
import { NO_OPINION, tellAfter, tellBefore, toolDecision } from '../../hook-answers';
import { readerOf } from '../../hook-payloads/claude-format-reader';
import { absolute, below } from '../../join-paths';
import { objectOf } from '../../hook-payloads/payload-fields';
import type { Assistant, HookCommands, HookEntry, HookSetup, Scope, Surroundings } from '../../types';
import { claudeEdits, claudePlaces } from './transcript-edits';
import { claudeClaims } from './edits-of-tools';
import { claudeModel } from './model-in-transcript';

/**
 * Tools that write, or may, including those of MCP servers. Claude Code treats this as a regular expression, because it
 * has more than words and bars.
 */
const MATCHER = '^(Edit|MultiEdit|Write|NotebookEdit|Bash|PowerShell|Monitor|mcp__.*)$';
/**
 * Files of keys that its tool for reading shows, in the form of its permission rules. Their hook is the one without an
 * answer of its own: what can't be looked at must not stop an assistant from reading. `if` keeps any other file from
 * starting a process (2.1.85; earlier versions start one for each file that is read).
 * https://code.claude.com/docs/en/hooks
 */
const KEY_FILES = [
  ...['.ssh', '.aws', '.kube', '.azure', '.gnupg', '.docker', '.cargo', '.config'].map((name) => `~/${name}/**`),
  ...['.env*', '?*.env', '.netrc', '.git-credentials', '.pypirc', '.pgpass', '*.tfstate*', '*.pem', '*.key', '*.p12'],
  ...['*kubeconfig*', '*credentials*', '*secret*', '*service*account*.json'],
].map((name) => (name.startsWith('~') ? name : `//**/${name}`));
const TOOL_EVENTS = ['PreToolUse', 'PostToolUse', 'PostToolUseFailure'];
/** The end of a turn closes open brackets; a prompt does so where a turn was interrupted and has no end. */
const OTHER_EVENTS = ['UserPromptSubmit', 'Stop', 'SessionEnd'];
const SECONDS = 10;

const HARMLESS = new Set([
  'Read',
  'Glob',
  'Grep',
  'LS',
  'NotebookRead',
  'WebFetch',
  'WebSearch',
  'TodoWrite',
  'TodoRead',
  'AskUserQuestion',
  'EnterPlanMode',
  'ExitPlanMode',
  'TaskCreate',
  'TaskGet',
  'TaskList',
  'TaskUpdate',
  'TaskOutput',
  'TaskStop',
  'BashOutput',
  'KillShell',
  'ToolSearch',
  'ListMcpResources',
  'ReadMcpResource',
  // the tools started by these report for themselves
  'Agent',
  'Task',
  'Skill',
]);

export const claudeCode: Assistant = {
  id: 'claude-code',
  title: 'Claude Code',
  extensions: ['anthropic.claude-code'],
  variables: ['CLAUDECODE', 'CLAUDE_CODE_ENTRYPOINT'],
  coverage: {
    surfaces: 'CLI, IDE extension',
    versions: '2.1.328',
    verified: 'run',
    edits: true,
    shell: true,
    completions: false,
    commitsRunHooks: true,
    limits: [
      "Claude Code reads a project's hooks only in the folder in which it starts. If you start it in a subfolder, hooks of `--project` do not run.",
    ],
  },
  programs: ['claude'],
  hooks,
  settings: (where) => [...folders(where).map((folder) => below(folder, 'settings.local.json'))],
  harmless: new Set(), // the matcher leaves them out
  transcripts: { places: (where) => claudePlaces(userFolder(where), where), edits: claudeEdits },
  recognises: () => false, // its format is used by everybody: nothing in it is proof
  read: readerOf({
    id: 'claude-code',
    title: 'Claude Code',
    events: {
      pretooluse: 'before',
      posttooluse: 'after',
      posttoolusefailure: 'failed',
      userpromptsubmit: 'prompt',
      sessionstart: 'session-start',
      sessionend: 'session-end',
      stop: 'turn-end',
    },
    harmless: HARMLESS,
    claims: (toolName, input, response) =>
      claudeClaims(toolName, objectOf(input), response === undefined ? undefined : objectOf(response)),
    userModified: (payload) => objectOf(payload['tool_response'])['userModified'] === true,
  }),
  model: claudeModel,
  deny: (reason) => toolDecision('deny', reason),
  ask: (reason) => toolDecision('ask', reason), // treated as deny where nobody can be asked
  tellAfter,
  tellBefore,
  allow: () => NO_OPINION,
  marks: { emails: ['noreply@anthropic.com'], trailers: ['claude-session'], accounts: [209825114] },
};

function hooks(scope: Scope, where: Surroundings): readonly HookSetup[] {
  const folder = scope === 'user' ? userFolder(where) : where.repositoryRoot && below(where.repositoryRoot, '.claude');
  if (!folder) return [];
  return [
    { kind: 'listed', file: below(folder, 'settings.json'), defaults: {}, entries, offSwitches: ['disableAllHooks'] },
  ];
}

const folders = (where: Surroundings): string[] => [
  userFolder(where),
  ...(where.repositoryRoot === undefined ? [] : [below(where.repositoryRoot, '.claude')]),
];

const userFolder = ({ home, env }: Surroundings): string => absolute(env['CLAUDE_CONFIG_DIR'], below(home, '.claude'));

function entries({ before, others }: HookCommands): HookEntry[] {
  const run = (event: string): object[] => [
    { type: 'command', command: (event === 'PreToolUse' ? before : others).any, timeout: SECONDS },
  ];
  return [
    ...TOOL_EVENTS.map((event) => ({ at: ['hooks', event], value: { matcher: MATCHER, hooks: run(event) } })),
    {
      at: ['hooks', 'PreToolUse'],
      value: {
        matcher: 'Read',
        hooks: KEY_FILES.map((file) => ({
          type: 'command',
          if: `Read(${file})`,
          command: others.any,
          timeout: SECONDS,
        })),
      },
    },
    ...OTHER_EVENTS.map((event) => ({ at: ['hooks', event], value: { hooks: run(event) } })),
  ];
}
