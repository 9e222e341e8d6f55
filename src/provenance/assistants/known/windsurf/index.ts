/**
 * Windsurf: its agent Cascade, in the editor and in JetBrains. https://docs.windsurf.com/windsurf/cascade/hooks
 *
 * Its calls have no id. Its payloads may hold raw control characters inside strings, which JSON does not allow.
 */
import { CANNOT_ASK, NO_OPINION, refusal } from '../../hook-answers';
import { readerOf, shellClaims, UNKNOWN_TOOL, type ToolClaims } from '../../hook-payloads/claude-format-reader';
import { below } from '../../join-paths';
import { isObject, listOf, objectOf, pathAt, textAt, type Json } from '../../hook-payloads/payload-fields';
import { exactly, NO_CLAIMS, someChange } from '../../hook-payloads/claimed-change-builders';
import type {
  Assistant,
  ClaimedEdit,
  Environment,
  HookCommands,
  HookEntry,
  HookSetup,
  Reading,
  Scope,
  Surroundings,
} from '../../types';
import { windsurfEdits, windsurfPlaces } from './transcript-edits';

const BEFORE = ['pre_write_code', 'pre_run_command', 'pre_mcp_tool_use'];
const OTHER = ['post_write_code', 'post_run_command', 'post_mcp_tool_use', 'pre_user_prompt', 'post_cascade_response'];

const readDialect = readerOf({
  id: 'windsurf',
  title: 'Windsurf',
  events: {
    pre_write_code: 'before',
    post_write_code: 'after',
    pre_run_command: 'before',
    post_run_command: 'after',
    pre_mcp_tool_use: 'before',
    post_mcp_tool_use: 'after',
    pre_user_prompt: 'prompt',
    post_cascade_response: 'turn-end',
    post_cascade_response_with_transcript: 'turn-end',
  },
  harmless: new Set(),
  claims,
  repeatsInput: false,
});

export const windsurf: Assistant = {
  id: 'windsurf',
  title: 'Windsurf',
  coverage: {
    surfaces: 'Cascade, in the editor and in JetBrains',
    versions: 'hooks of November 2026',
    verified: 'documented',
    edits: true,
    shell: true,
    completions: false,
    commitsRunHooks: true,
    limits: [
      CANNOT_ASK,
      "The Linekeeper extension records completions in Windsurf's editor. The hooks do not see them.",
    ],
  },
  programs: ['windsurf'],
  extensions: ['codeium.codeium'],
  commands: [],
  hooks,
  settings: () => [],
  harmless: new Set(),
  transcripts: { places: windsurfPlaces, edits: windsurfEdits },
  recognises: (payload) =>
    isObject(payload) &&
    typeof payload['agent_action_name'] === 'string' &&
    typeof payload['trajectory_id'] === 'string',
  read,
  model: (event) => event.model,
  deny: refusal,
  ask: null,
  allow: () => NO_OPINION,
  marks: { emails: [], trailers: [], accounts: [] },
};

function hooks(scope: Scope, where: Surroundings): readonly HookSetup[] {
  const files =
    scope === 'user'
      ? [below(where.home, '.codeium', 'windsurf', 'hooks.json'), below(where.home, '.codeium', 'hooks.json')]
      : where.repositoryRoot === undefined
        ? []
        : [below(where.repositoryRoot, '.windsurf', 'hooks.json')];
  return files.map((file) => ({ kind: 'listed', file, defaults: {}, entries, offSwitches: [] }));
}

function entries({ before, others: otherCommands }: HookCommands): HookEntry[] {
  return [...BEFORE.map((event) => entry(event, before.any)), ...OTHER.map((event) => entry(event, otherCommands.any))];
}

const entry = (event: string, command: string): HookEntry => ({
  at: ['hooks', event],
  value: { command, show_output: false },
});

/** Renames its fields to the usual names. */
function read(payload: unknown, env: Environment): Reading {
  if (!isObject(payload)) return readDialect(payload, env);
  const info = objectOf(payload['tool_info']);
  return readDialect(
    {
      hook_event_name: payload['agent_action_name'],
      session_id: payload['trajectory_id'],
      model: payload['model_name'],
      cwd: pathAt(info, 'cwd'),
      transcript_path: pathAt(info, 'transcript_path'),
      tool_name: textAt(payload, 'agent_action_name')?.replace(/^(?:pre|post)_/, ''),
      tool_input: info,
      prompt: textAt(info, 'user_prompt', 'prompt'),
    },
    env,
  );
}

function claims(toolName: string, input: unknown): ToolClaims {
  const info = objectOf(input);
  if (toolName === 'run_command') return shellClaims(info, 'command_line', 'command');
  if (toolName !== 'write_code') return UNKNOWN_TOOL;
  const target = pathAt(info, 'file_path');
  if (target === undefined) return { tool: 'edit', ...NO_CLAIMS };
  const edits = listOf(info['edits']).map((edit) => claimOf(target, objectOf(edit)));
  const claims = edits.filter((edit) => edit !== undefined);
  return {
    tool: 'edit',
    ...(claims.length === 0 || claims.length < edits.length ? someChange(target) : exactly(claims)),
  };
}

function claimOf(target: string, edit: Json): ClaimedEdit | undefined {
  const old = textAt(edit, 'old_string');
  const text = textAt(edit, 'new_string');
  return old === undefined || text === undefined ? undefined : { path: target, old, new: text };
}
