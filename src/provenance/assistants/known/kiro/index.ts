/**
 * Kiro, in its differing generations: the IDE 0.12, the IDE from 1.0 and the CLI 3 (one hook format), and the CLI 2.
 * https://kiro.dev/docs/hooks, https://kiro.dev/docs/cli/hooks
 *
 * Before a tool acts, its input is given; afterwards often not, but a sentence names the file. There is no id that
 * pairs the two, and no model. IDE 0.12 passes its payload in a variable, with a standard input that never ends.
 */
import { CANNOT_ASK, NO_OPINION, refusal } from '../../hook-answers';
import { readerOf } from '../../hook-payloads/claude-format-reader';
import { absolute, below } from '../../join-paths';
import { isObject } from '../../hook-payloads/payload-fields';
import type {
  Assistant,
  Environment,
  HookCommands,
  HookFile,
  HookSetup,
  Reading,
  Scope,
  Surroundings,
} from '../../types';
import { kiroEdits, kiroPlaces } from './transcript-edits';
import { HARMLESS, kiroClaims } from './edits-of-tools';

/** Tools of MCP servers are `mcp_SERVER_TOOL` in its IDE and `@SERVER/TOOL` in its CLI. */
const MATCHER = '^(fs_write|fs_append|str_replace|delete_file|write|execute_bash|execute_pwsh|shell|mcp_.*|@.*/.*)$';
const SECONDS = 10;

const readModern = readerOf({
  id: 'kiro',
  title: 'Kiro',
  events: {
    pretooluse: 'before',
    posttooluse: 'after',
    userpromptsubmit: 'prompt',
    agentspawn: 'session-start',
    sessionstart: 'session-start',
    sessionend: 'session-end',
    stop: 'turn-end',
    agentstop: 'turn-end',
  },
  harmless: HARMLESS,
  claims: kiroClaims,
  repeatsInput: false,
  failed: (payload) =>
    payload['toolSuccess'] === false ||
    (isObject(payload['tool_response']) && payload['tool_response']['success'] === false),
});

export const kiro: Assistant = {
  id: 'kiro',
  title: 'Kiro',
  coverage: {
    surfaces: 'IDE 0.12, IDE from 1.0, CLI',
    versions: 'IDE 0.12 to 1.2, CLI 2 and 3',
    verified: 'documented',
    edits: true,
    shell: true,
    completions: false,
    commitsRunHooks: true,
    limits: [
      CANNOT_ASK,
      'The hooks do not name the model.',
      'IDE 0.12 reads hooks only from the project (`--project`), and names no session. On Windows it runs no hooks.',
      'CLI 2 keeps hooks in the file of each agent (`.kiro/agents`). Linekeeper does not change these files. Add `linekeeper record kiro` to `preToolUse`, `postToolUse` and `stop` there.',
      'Linekeeper finds missed edits only in the session logs of the CLI. These logs name no session and no model.',
      "The Linekeeper extension records completions in Kiro's editor. The hooks do not see them.",
    ],
  },
  programs: ['kiro', 'kiro-cli'],
  variables: ['KIRO_SESSION_ID'],
  commands: ['kiro-cli'],
  hooks,
  settings: () => [],
  harmless: HARMLESS,
  transcripts: { places: (where) => kiroPlaces(userFolder(where)), edits: kiroEdits },
  recognises: (payload) => isObject(payload) && isLegacy(payload),
  read,
  model: (event) => event.model,
  deny: refusal,
  ask: null,
  allow: () => NO_OPINION,
  marks: { emails: [], trailers: [], accounts: [244629292, 208079219] },
};

/** IDE 0.12 reports what happened, not which event this is: a result exists only afterwards. */
function read(payload: unknown, env: Environment): Reading {
  if (!isObject(payload) || !isLegacy(payload)) return readModern(payload, env);
  const done = 'toolResult' in payload || 'toolSuccess' in payload;
  return readModern({ ...payload, hook_event_name: done ? 'PostToolUse' : 'PreToolUse' }, env);
}

const isLegacy = (payload: Readonly<Record<string, unknown>>): boolean =>
  typeof payload['toolName'] === 'string' &&
  'toolArgs' in payload &&
  !('hook_event_name' in payload) &&
  !('sessionId' in payload);

function hooks(scope: Scope, where: Surroundings): readonly HookSetup[] {
  const folder =
    scope === 'user'
      ? below(userFolder(where), 'hooks')
      : where.repositoryRoot && below(where.repositoryRoot, '.kiro', 'hooks');
  if (!folder) return [];
  const modern: HookFile = {
    kind: 'file',
    file: below(folder, 'linekeeper.json'),
    text: modernHooks,
    executable: false,
  };
  if (scope === 'user') return [modern];
  return [
    modern,
    {
      kind: 'file',
      file: below(folder, 'linekeeper-before.kiro.hook'),
      text: ({ before }) => legacyHook('preToolUse', before.sh),
      executable: false,
    },
    {
      kind: 'file',
      file: below(folder, 'linekeeper-after.kiro.hook'),
      text: ({ others: other }) => legacyHook('postToolUse', other.sh),
      executable: false,
    },
  ];
}

const userFolder = ({ home, env }: Surroundings): string => absolute(env['KIRO_HOME'], below(home, '.kiro'));

const text = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

function modernHooks({ before, others }: HookCommands): string {
  const hook = (trigger: string, command: string, matcher?: string): object => ({
    name: `Linekeeper hook: ${trigger}`,
    trigger,
    ...(matcher === undefined ? {} : { matcher }),
    action: { type: 'command', command },
    timeout: SECONDS,
    enabled: true,
  });
  return text({
    version: 'v1',
    hooks: [
      hook('PreToolUse', before.any, MATCHER),
      hook('PostToolUse', others.any, MATCHER),
      hook('Stop', others.any),
    ],
  });
}

/**
 * The variable is piped to our command as its input; the hook's own standard input is left alone, because it never
 * ends.
 */
function legacyHook(type: 'preToolUse' | 'postToolUse', command: string): string {
  return text({
    enabled: true,
    name: `Linekeeper hook: ${type}`,
    description: 'Records which lines Kiro writes. "linekeeper uninstall" takes it away.',
    version: '1.0.0',
    when: { type, toolTypes: ['write', 'shell', '@mcp'] },
    then: { type: 'runCommand', command: `printf '%s' "$USER_PROMPT" | { ${command}; }`, timeout: SECONDS },
  });
}
