/**
 * Gemini CLI, as of version 0.61.0: https://geminicli.com/docs/hooks
 *
 * Its calls have no id, and its hooks no model. In the shells that it starts, git's hooks are turned off.
 */
import { wordSet } from '../../../../base/patterns';
import { json, NO_OPINION } from '../../hook-answers';
import { readerOf, shellClaims, UNKNOWN_TOOL, type ToolClaims } from '../../hook-payloads/claude-format-reader';
import { below } from '../../join-paths';
import { isObject, objectOf, pathAt, textAt, type Json } from '../../hook-payloads/payload-fields';
import { exactly, someChange, type Claims } from '../../hook-payloads/claimed-change-builders';
import { hookOfEach, hooksBelow } from '../../hook-lists-in-json-file';
import type { Assistant, HookCommands, HookEntry } from '../../types';
import { geminiEdits } from './transcript-edits';
import { geminiModel } from './model-in-transcript';

const MATCHER = 'write_file|replace|edit|run_shell_command|mcp_.*';
const TOOL_EVENTS = ['BeforeTool', 'AfterTool'];
const OTHER_EVENTS = ['BeforeAgent', 'AfterAgent', 'SessionEnd'];
const MILLISECONDS = 10_000;

const HARMLESS = wordSet(`
  read_file read_many_files list_directory glob search_file_content grep_search google_web_search web_fetch
  save_memory write_todos ask_user activate_skill
`);

export const gemini: Assistant = {
  id: 'gemini',
  title: 'Gemini CLI',
  extensions: ['google.geminicodeassist'],
  variables: ['GEMINI_CLI'],
  coverage: {
    surfaces: 'CLI',
    versions: '0.61.0',
    verified: 'run',
    edits: true,
    shell: true,
    completions: false,
    commitsRunHooks: false,
    limits: [
      'Gemini CLI turns Git hooks off for its own commits. `linekeeper doctor` lists these commits.',
      'If no person is available, a question ends the whole run. So the hooks block instead of asking.',
      "Gemini CLI reads a project's hooks only in the folder in which it starts.",
    ],
  },
  programs: ['gemini'],
  hooks: hooksBelow(['.gemini', 'settings.json'], { defaults: {}, entries, offSwitches: [] }),
  settings: () => [],
  harmless: new Set(), // the matcher leaves them out
  transcripts: {
    places: ({ home }) => [{ folder: below(home, '.gemini', 'tmp'), depth: 2, name: /^session-.*\.jsonl$/ }],
    edits: (text) => geminiEdits(text, claims),
  },
  recognises: (payload) =>
    isObject(payload) &&
    ['BeforeTool', 'AfterTool', 'BeforeAgent', 'AfterAgent'].includes(textAt(payload, 'hook_event_name') ?? ''),
  read: readerOf({
    id: 'gemini',
    title: 'Gemini CLI',
    events: {
      beforetool: 'before',
      aftertool: 'after',
      beforeagent: 'prompt',
      afteragent: 'turn-end',
      sessionstart: 'session-start',
      sessionend: 'session-end',
    },
    harmless: HARMLESS,
    claims,
    failed: (payload) => objectOf(payload['tool_response'])['error'] !== undefined,
    userModified: isChangedByUser,
  }),
  model: geminiModel,
  deny: (reason) => json({ decision: 'deny', reason }),
  ask: null, // it would end the run
  allow: () => NO_OPINION,
  marks: {
    emails: [
      '176961590+gemini-code-assist[bot]@users.noreply.github.com',
      '161369871+google-labs-jules[bot]@users.noreply.github.com',
    ],
    trailers: [],
    accounts: [176961590, 161369871],
  },
};

/** A person changed what was proposed. */
export function isChangedByUser(payload: Json): boolean {
  const stat = objectOf(objectOf(objectOf(payload['tool_response'])['returnDisplay'])['diffStat']);
  return ['user_added_lines', 'user_removed_lines'].some((key) => typeof stat[key] === 'number' && stat[key] > 0);
}

function claims(toolName: string, input: unknown, response: unknown): ToolClaims {
  const args = objectOf(input);
  switch (toolName) {
    case 'write_file':
    case 'replace':
    case 'edit':
      return { tool: 'edit', ...edited(args, objectOf(objectOf(response)['returnDisplay'])) };
    case 'run_shell_command':
      return shellClaims(args);
    default:
      return UNKNOWN_TOOL;
  }
}

/** The response has the whole file before and after. */
function edited(args: Json, shown: Json): Claims {
  const target = pathAt(shown, 'filePath') ?? pathAt(args, 'file_path', 'absolute_path', 'path');
  if (target === undefined) return someChange();
  const after = textAt(shown, 'newContent');
  const fresh = shown['isNewFile'] === true;
  const before = fresh ? null : textAt(shown, 'originalContent');
  if (after !== undefined && before !== undefined)
    return exactly(fresh ? [{ path: target, old: '', new: after }] : [], [{ path: target, before, after }]);
  const old = textAt(args, 'old_string');
  const text = textAt(args, 'new_string');
  return old === undefined || text === undefined || old === ''
    ? someChange(target)
    : exactly([{ path: target, old, new: text }]);
}

function entries({ before, others }: HookCommands): HookEntry[] {
  return hookOfEach({ tools: TOOL_EVENTS, matcher: MATCHER, others: OTHER_EVENTS }, (event) => ({
    type: 'command',
    name: 'linekeeper',
    command: (event === 'BeforeTool' ? before : others).any,
    timeout: MILLISECONDS,
  }));
}
