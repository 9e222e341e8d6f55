/**
 * Cursor: its agent, its Tab completions and its CLI. https://cursor.com/docs/agent/hooks
 *
 * One edit may be reported more than once, by the hooks around the tool and by the hook about the file; the journal
 * counts it once. It also runs hook files that were set up for Claude Code, so its payloads arrive there too.
 */
import { CANNOT_ASK, NO_OPINION, json } from '../../hook-answers';
import { readerOf } from '../../hook-payloads/claude-format-reader';
import { isObject, listOf, pathAt, textAt, type Json } from '../../hook-payloads/payload-fields';
import { hooksBelow } from '../../hook-lists-in-json-file';
import type { Assistant, Environment, HookCommands, HookEntry, Reading } from '../../types';
import { cursorClaims, HARMLESS } from './edits-of-tools';

const BEFORE = ['preToolUse', 'beforeShellExecution'];
const OTHER = [
  'postToolUse',
  'postToolUseFailure',
  'afterFileEdit',
  'afterTabFileEdit',
  'afterShellExecution',
  'beforeSubmitPrompt',
  'stop',
  'sessionEnd',
];

const readDialect = readerOf({
  id: 'cursor',
  title: 'Cursor',
  events: {
    pretooluse: 'before',
    posttooluse: 'after',
    posttoolusefailure: 'failed',
    beforeshellexecution: 'before',
    beforemcpexecution: 'before',
    aftermcpexecution: 'after',
    aftershellexecution: 'after',
    afterfileedit: 'after',
    aftertabfileedit: 'after',
    beforesubmitprompt: 'prompt',
    userpromptsubmit: 'prompt',
    sessionstart: 'session-start',
    sessionend: 'session-end',
    stop: 'turn-end',
  },
  harmless: HARMLESS,
  claims: cursorClaims,
  // Tab changes the editor's document; whether it is saved is unknown
  onDisk: (payload) => textAt(payload, 'hook_event_name') !== 'afterTabFileEdit',
});

export const cursor: Assistant = {
  id: 'cursor',
  title: 'Cursor',
  coverage: {
    surfaces: 'agent, Tab, CLI',
    versions: '3.11',
    verified: 'documented',
    edits: true,
    shell: true,
    completions: true,
    commitsRunHooks: true,
    limits: [
      CANNOT_ASK,
      'Cursor does not report whether the file was saved after a Tab completion. Linekeeper records the completion when the file contains it.',
      "Cursor's session logs do not say when a file was changed. So Linekeeper finds no missed edits there.",
      'Older versions of the CLI run fewer hooks. `linekeeper doctor` says when the hooks last ran.',
    ],
  },
  programs: ['cursor', 'cursor-agent'],
  variables: ['CURSOR_AGENT', 'CURSOR_TRACE_ID'],
  commands: ['cursor-agent'],
  hooks: hooksBelow(['.cursor', 'hooks.json'], { defaults: { version: 1 }, entries, offSwitches: [] }),
  settings: () => [],
  harmless: HARMLESS,
  recognises: (payload) => isObject(payload) && 'cursor_version' in payload,
  read,
  model: (event) => (event.model === 'default' || event.model === 'auto' ? undefined : event.model),
  deny: (reason) => json({ permission: 'deny', user_message: reason, agent_message: reason }),
  ask: null,
  allow: () => NO_OPINION,
  marks: { emails: ['cursoragent@cursor.com'], trailers: ['made-with'], accounts: [206951365] },
};

function entries({ before, others }: HookCommands): HookEntry[] {
  return [
    ...BEFORE.map((event) => ({ at: ['hooks', event], value: { command: before.any } })),
    ...OTHER.map((event) => ({ at: ['hooks', event], value: { command: others.any } })),
  ];
}

/**
 * Renames its fields to the usual names. Events about a file or a command become those of a tool with the event's name.
 */
function read(payload: unknown, env: Environment): Reading {
  if (!isObject(payload)) return readDialect(payload, env);
  const event = textAt(payload, 'hook_event_name') ?? '';
  const file = pathAt(payload, 'file_path');
  const isEdit = /^(?:after(?:Tab)?FileEdit|(?:before|after)ShellExecution)$/.test(event);
  const asTool: Json = isEdit
    ? {
        tool_name: event.endsWith('ShellExecution') ? 'Shell' : event,
        tool_input: file === undefined ? { command: payload['command'] } : { file_path: file, edits: payload['edits'] },
      }
    : {};
  const ofServer = /^(?:before|after)MCPExecution$/.test(event)
    ? { tool_name: `MCP:${textAt(payload, 'tool_name') ?? ''}` }
    : {};
  const callId = textAt(payload, 'tool_use_id')?.replace(/\s+/g, '/'); // two ids, one per line
  return readDialect(
    {
      ...payload,
      session_id: textAt(payload, 'conversation_id', 'session_id'),
      cwd: folderOf(payload, file),
      ...asTool,
      ...ofServer,
      ...(callId === undefined ? {} : { tool_use_id: callId }),
    },
    env,
  );
}

/** The folder that a command was run in, else the workspace folder that contains the file, else the first. */
function folderOf(payload: Json, file: string | undefined): string | undefined {
  const cwd = pathAt(payload, 'cwd');
  if (cwd !== undefined) return plainPath(cwd);
  const roots = listOf(payload['workspace_roots']).flatMap((root) =>
    typeof root === 'string' ? [plainPath(root)] : [],
  );
  const inside =
    file === undefined
      ? undefined
      : roots.find((root) => plainPath(file).startsWith(`${root}/`) || plainPath(file).startsWith(`${root}\\`));
  return inside ?? roots[0];
}

/** On Windows its paths may be those of a URL: `/c:/folder`. */
const plainPath = (name: string): string => (/^\/[A-Za-z]:/.test(name) ? name.slice(1) : name);
