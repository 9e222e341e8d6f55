/**
 * Cline: its extension (3.40) and its CLI (3.0.x of the `cline` package). https://docs.cline.bot/features/hooks
 *
 * Its hooks are programs whose names are those of the events.
 */
import { json } from '../../hook-answers';
import { readerOf } from '../../hook-payloads/claude-format-reader';
import { below } from '../../join-paths';
import { isObject, listOf, objectOf, pathAt, textAt, type Json } from '../../hook-payloads/payload-fields';
import { isWindows } from '../../../../base/platform';
import type { Assistant, Environment, HookCommand, HookSetup, Reading, Scope, Surroundings } from '../../types';
import { clineClaims, HARMLESS } from './edits-of-tools';

const EVENTS = ['PreToolUse', 'PostToolUse', 'TaskComplete', 'TaskCancel'] as const;

const readDialect = readerOf({
  id: 'cline',
  title: 'Cline',
  events: {
    pretooluse: 'before',
    posttooluse: 'after',
    tool_call: 'before',
    tool_result: 'after',
    userpromptsubmit: 'prompt',
    prompt_submit: 'prompt',
    taskstart: 'session-start',
    agent_start: 'session-start',
    taskcomplete: 'turn-end',
    taskcancel: 'turn-end',
    agent_end: 'turn-end',
    agent_abort: 'turn-end',
  },
  harmless: HARMLESS,
  claims: clineClaims,
  failed: (payload) => objectOf(payload['postToolUse'])['success'] === false,
});

export const cline: Assistant = {
  id: 'cline',
  title: 'Cline',
  coverage: {
    surfaces: 'extension, CLI',
    versions: 'CLI 3.0.65, extension 3.40',
    verified: 'run',
    edits: true,
    shell: true,
    completions: false,
    commitsRunHooks: true,
    limits: [
      'The hooks cannot ask. To block a tool, they end the whole task.',
      'A folder has one program for each event. If another tool has a program there, Linekeeper keeps it and says so.',
      'The CLI does not name the model.',
      'Our tests run the CLI. For the extension, they replay messages written after its source code.',
    ],
  },
  programs: ['cline'],
  extensions: ['saoudrizwan.claude-dev'],
  variables: ['CLINE_ACTIVE'],
  hooks,
  settings: () => [],
  harmless: HARMLESS,
  recognises: (payload) => isObject(payload) && 'clineVersion' in payload && typeof payload['hookName'] === 'string',
  read,
  model: (event) => event.model,
  deny: (reason) => json({ cancel: true, errorMessage: reason }),
  ask: null,
  allow: () => json({ cancel: false }),
  marks: { emails: [], trailers: [], accounts: [] },
};

function hooks(scope: Scope, where: Surroundings): readonly HookSetup[] {
  const folders =
    scope === 'user'
      ? [below(where.home, '.cline', 'hooks'), below(where.home, 'Documents', 'Cline', 'Hooks')]
      : where.repositoryRoot === undefined
        ? []
        : [below(where.repositoryRoot, '.clinerules', 'hooks')];
  // On Windows it starts `EVENT.ps1`, elsewhere `EVENT`; a team may have both systems.
  const scripts = [
    ...(scope === 'project' || !isWindows(where.platform) ? [SHELL_SCRIPT] : []),
    ...(scope === 'project' || isWindows(where.platform) ? [POWERSHELL_SCRIPT] : []),
  ];
  return folders.flatMap((folder) =>
    EVENTS.flatMap((event) =>
      scripts.map(({ ending, text, executable }): HookSetup => ({
        kind: 'file',
        file: below(folder, event + ending),
        text: (commands) => text(event === 'PreToolUse' ? commands.before : commands.others),
        executable,
      })),
    ),
  );
}

interface Script {
  readonly ending: string;
  readonly text: (command: HookCommand) => string;
  readonly executable: boolean;
}

const WHAT = '# Linekeeper hook: tells Linekeeper what Cline does to files. "linekeeper uninstall" takes it away.';
const SHELL_SCRIPT: Script = { ending: '', text: ({ sh }) => `#!/bin/sh\n${WHAT}\n${sh}\n`, executable: true };
const POWERSHELL_SCRIPT: Script = {
  ending: '.ps1',
  text: ({ powershell }) => `${WHAT}\n${powershell}\n`,
  executable: false,
};

/** Renames its fields to the usual names. The CLI has the call as it was; the extension its parameters as strings. */
function read(payload: unknown, env: Environment): Reading {
  if (!isObject(payload)) return readDialect(payload, env);
  const call = objectOf(payload['tool_call'] ?? payload['tool_result']);
  const use = objectOf(payload['preToolUse'] ?? payload['postToolUse']);
  const [folder] = listOf(payload['workspaceRoots']);
  const event: Json = {
    ...payload,
    hook_event_name: payload['hookName'],
    session_id: payload['taskId'],
    cwd: typeof folder === 'string' ? folder : undefined,
    transcript_path: pathAt(payload, 'transcriptPath'),
    model: textAt(objectOf(payload['model']), 'slug'),
    tool_name: textAt(call, 'name') ?? textAt(use, 'toolName'),
    tool_input: call['input'] ?? use['parameters'],
    tool_use_id: textAt(call, 'id'),
    tool_result: undefined,
    prompt: textAt(objectOf(payload['userPromptSubmit']), 'prompt'),
    agent_id: undefined, // always present, even for the main agent
  };
  return readDialect(event, env);
}
