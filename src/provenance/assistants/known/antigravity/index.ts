/**
 * Google Antigravity (https://antigravity.google/docs/hooks). Its hooks report what a step will do, and afterwards only
 * the number of the step. An answer that is not a decision, or an exit code other than 0, refuses; no answer lets its
 * own permissions decide.
 */
import { wordSet } from '../../../../base/patterns';
import { json, NO_OPINION } from '../../hook-answers';
import { readerOf, shellClaims, UNKNOWN_TOOL, type ToolClaims } from '../../hook-payloads/claude-format-reader';
import { below } from '../../join-paths';
import { isObject, listOf, objectOf, pathAt, textAt, type Json } from '../../hook-payloads/payload-fields';
import { exactly, someChange, together, type Claims } from '../../hook-payloads/claimed-change-builders';
import type {
  Assistant,
  Environment,
  HookCommands,
  HookEntry,
  HookSetup,
  Reading,
  Scope,
  Surroundings,
} from '../../types';

const HARMLESS = wordSet(`
  view_file view_file_outline view_code_item view_content_chunk list_dir grep_search find_by_name
  codebase_search command_status read_terminal read_url_content search_web task_boundary notify_user
`);

const readDialect = readerOf({
  id: 'antigravity',
  title: 'Antigravity',
  events: { pretooluse: 'before', posttooluse: 'after', stop: 'turn-end' },
  harmless: HARMLESS,
  claims,
  failed: (payload) => typeof payload['error'] === 'string' && payload['error'] !== '',
});

export const antigravity: Assistant = {
  id: 'antigravity',
  title: 'Antigravity',
  coverage: {
    surfaces: 'agent of the editor, CLI',
    versions: 'hooks of November 2026',
    verified: 'documented',
    edits: true,
    shell: true,
    completions: false,
    commitsRunHooks: true,
    limits: [
      "If Antigravity's settings allow everything, a question has no effect. So the hooks block instead of asking.",
      'The hooks do not name the model.',
    ],
  },
  programs: ['antigravity', 'agy'],
  commands: [],
  hooks,
  settings: () => [],
  harmless: HARMLESS,
  recognises: (payload) =>
    isObject(payload) && typeof payload['conversationId'] === 'string' && Array.isArray(payload['workspacePaths']),
  read,
  model: (event) => event.model,
  deny: (reason) => json({ decision: 'deny', reason }),
  ask: null, // with `toolPermission: always-proceed` nobody would be asked
  allow: () => NO_OPINION,
  marks: { emails: [], trailers: [], accounts: [] },
};

function hooks(scope: Scope, { home, repositoryRoot }: Surroundings): readonly HookSetup[] {
  const folder =
    scope === 'user' ? below(home, '.gemini', 'config') : repositoryRoot && below(repositoryRoot, '.agents');
  return folder ? [{ kind: 'listed', file: below(folder, 'hooks.json'), defaults: {}, entries, offSwitches: [] }] : [];
}

function entries({ before, others }: HookCommands): HookEntry[] {
  const hook = (command: string): object => ({ type: 'command', command });
  return [
    { at: ['linekeeper', 'PreToolUse'], value: { matcher: '*', hooks: [hook(before.any)] } },
    { at: ['linekeeper', 'PostToolUse'], value: { matcher: '*', hooks: [hook(others.any)] } },
    { at: ['linekeeper', 'Stop'], value: hook(others.any) },
  ];
}

/**
 * Renames its fields to the usual names. An event is recognised by its content: a call, or only its step, or neither.
 */
function read(payload: unknown, env: Environment): Reading {
  if (!isObject(payload) || typeof payload['conversationId'] !== 'string') return readDialect(payload, env);
  const call = objectOf(payload['toolCall']);
  const step = payload['stepIdx'];
  const event = 'toolCall' in payload ? 'PreToolUse' : typeof step === 'number' ? 'PostToolUse' : 'Stop';
  const [folder] = listOf(payload['workspacePaths']);
  return readDialect(
    {
      ...payload,
      hook_event_name: event,
      session_id: payload['conversationId'],
      cwd: typeof folder === 'string' ? folder : undefined,
      tool_name: event === 'PostToolUse' ? 'step' : call['name'],
      tool_input: call['args'],
      ...(typeof step === 'number' ? { tool_use_id: `step-${String(step)}` } : {}),
    },
    env,
  );
}

function claims(toolName: string, input: unknown): ToolClaims {
  const args = objectOf(input);
  const target = pathAt(args, 'TargetFile', 'AbsolutePath');
  if (toolName === 'run_command') return shellClaims(args, 'CommandLine', 'command');
  if (target === undefined) return UNKNOWN_TOOL;
  switch (toolName) {
    case 'write_to_file': {
      const text = textAt(args, 'CodeContent');
      return {
        tool: 'edit',
        ...(text === undefined ? someChange(target) : exactly([], [{ path: target, after: text }])),
      };
    }
    case 'replace_file_content':
      return { tool: 'edit', ...replaced(target, args) };
    case 'multi_replace_file_content': {
      const chunks = listOf(args['ReplacementChunks']);
      return {
        tool: 'edit',
        ...(chunks.length === 0
          ? someChange(target)
          : together(chunks.map((chunk) => replaced(target, objectOf(chunk))))),
      };
    }
    default:
      return UNKNOWN_TOOL;
  }
}

function replaced(target: string, args: Json): Claims {
  const old = textAt(args, 'TargetContent');
  const text = textAt(args, 'ReplacementContent');
  return old === undefined || old === '' || text === undefined
    ? someChange(target)
    : exactly([{ path: target, old, new: text }]);
}
