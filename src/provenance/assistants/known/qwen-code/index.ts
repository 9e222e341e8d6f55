/**
 * Qwen Code, as of version 0.24: Claude Code's hook format, Gemini CLI's tools.
 * https://qwenlm.github.io/qwen-code-docs/en/users/features/hooks
 */
import { wordSet } from '../../../../base/patterns';
import { NO_OPINION, tellAfter, toolDecision } from '../../hook-answers';
import { readerOf, shellClaims, UNKNOWN_TOOL, type ToolClaims } from '../../hook-payloads/claude-format-reader';
import { cleanName } from '../../sanitize-names';
import { isObject, objectOf, pathAt, textAt, type Json } from '../../hook-payloads/payload-fields';
import { exactly, someChange, type Claims } from '../../hook-payloads/claimed-change-builders';
import { hookOfEach, hooksBelow } from '../../hook-lists-in-json-file';
import type { Assistant, HookCommands, HookEntry } from '../../types';
import { isChangedByUser } from '../gemini';

const MATCHER = 'edit|write_file|notebook_edit|run_shell_command|mcp__.*';
const TOOL_EVENTS = ['PreToolUse', 'PostToolUse', 'PostToolUseFailure'];
/** Prompts are left out: they are also sent after each round of tools, and would close open brackets. */
const OTHER_EVENTS = ['Stop', 'SessionEnd'];
const MILLISECONDS = 10_000;

const HARMLESS = wordSet(`
  read_file read_many_files list_directory glob grep_search web_fetch web_search todo_write save_memory
  exit_plan_mode ask_user_question skill lsp task agent
`);

export const qwenCode: Assistant = {
  id: 'qwen-code',
  title: 'Qwen Code',
  variables: ['QWEN_CODE'],
  coverage: {
    surfaces: 'CLI',
    versions: '0.24.4',
    verified: 'run',
    edits: true,
    shell: true,
    completions: false,
    commitsRunHooks: true,
    limits: ['If no person is available, Qwen Code treats a question as a refusal.'],
  },
  programs: ['qwen'],
  hooks: hooksBelow(['.qwen', 'settings.json'], { defaults: {}, entries, offSwitches: ['disableAllHooks'] }),
  settings: () => [],
  harmless: new Set(), // the matcher leaves them out
  recognises: (payload) => isObject(payload) && /[\\/]\.qwen[\\/]/.test(textAt(payload, 'transcript_path') ?? ''),
  read: readerOf({
    id: 'qwen-code',
    title: 'Qwen Code',
    events: {
      pretooluse: 'before',
      posttooluse: 'after',
      posttoolusefailure: 'failed',
      sessionstart: 'session-start',
      sessionend: 'session-end',
      stop: 'turn-end',
    },
    harmless: HARMLESS,
    claims,
    userModified: isChangedByUser,
    model: (payload, env) => cleanName(textAt(payload, 'model')) ?? cleanName(env['QWEN_CODE_MODEL']),
  }),
  model: (event) => event.model,
  deny: (reason) => toolDecision('deny', reason),
  ask: (reason) => toolDecision('ask', reason),
  tellAfter,
  allow: () => NO_OPINION,
  marks: { emails: ['qwen-coder@alibabacloud.com'], trailers: [], accounts: [] },
};

function claims(toolName: string, input: unknown, response: unknown): ToolClaims {
  const args = objectOf(input);
  switch (toolName) {
    case 'write_file':
    case 'edit':
      return { tool: 'edit', ...edited(args, objectOf(objectOf(response)['returnDisplay'])) };
    case 'notebook_edit':
      return { tool: 'edit', ...someChange(pathAt(args, 'notebook_path', 'file_path')) };
    case 'run_shell_command':
      return shellClaims(args);
    default:
      return UNKNOWN_TOOL;
  }
}

/** The response has the whole file before and after; before is also empty for a file that did not exist. */
function edited(args: Json, shown: Json): Claims {
  const target = pathAt(shown, 'filePath') ?? pathAt(args, 'file_path');
  if (target === undefined) return someChange();
  const [before, after] = [textAt(shown, 'originalContent'), textAt(shown, 'newContent')];
  if (before !== undefined && after !== undefined)
    return before === ''
      ? exactly([{ path: target, old: '', new: after }])
      : exactly([], [{ path: target, before, after }]);
  const [old, text] = [textAt(args, 'old_string'), textAt(args, 'new_string')];
  return old === undefined || text === undefined || old === ''
    ? someChange(target)
    : exactly([
        { path: target, old, new: text, ...(args['replace_all'] === true ? { everywhere: true as const } : {}) },
      ]);
}

function entries({ before, others }: HookCommands): HookEntry[] {
  return hookOfEach({ tools: TOOL_EVENTS, matcher: MATCHER, others: OTHER_EVENTS }, (event) => ({
    type: 'command',
    name: 'linekeeper',
    command: (event === 'PreToolUse' ? before : others).any,
    timeout: MILLISECONDS,
  }));
}
