/**
 * Reads payloads in the format that Claude Code introduced and many adopted: one JSON object with the name of the
 * event, the session, and for tools their name, input and response. What differs between assistants is a {@link
 * Dialect}.
 */
import { attempt } from '../../../base/platform';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { patchNames } from './edits-in-apply-patch-text';
import { isObject, nameAt, pathAt, present, textAt, type Json } from './payload-fields';
import { unfulfilled, type Claims } from './claimed-change-builders';
import type { Environment, EventBase, Reading, ToolEvent } from '../types';
import { toolCallOf, type ToolSpelling } from './server-and-tool-of-call';
import { callsItselfReading, givenTo, plainPath, removesFolders } from './effects-of-unknown-tool';

/** What a tool call does, as far as its input and response show. */
export type ToolClaims = Claims & Pick<ToolEvent, 'tool' | 'command' | 'shell'>;

/** What an assistant's event means to us. `failed` is an `after` whose tool did not succeed. */
type Role = 'before' | 'after' | 'failed' | 'prompt' | 'session-start' | 'session-end' | 'turn-end';

interface Dialect {
  readonly id: string;
  readonly title: string;
  /** Names of events in lower case. Others are ignored. */
  readonly events: Readonly<Record<string, Role>>;
  /** Tools that change no file, or that start others which report for themselves. */
  readonly harmless: ReadonlySet<string>;
  /** `input` is unmodified; `response` is undefined before the tool has acted, and when it failed. */
  readonly claims: (toolName: string, input: unknown, response: unknown) => ToolClaims;
  /** How it joins an MCP server's name and a tool's, where that is not clear by itself. */
  readonly spelling?: ToolSpelling;
  /** Whether an `after` reports a failure. Default: only the event does. */
  readonly failed?: (payload: Json) => boolean;
  /** An `after` repeats the input of its `before`, which pairs them where there is no id. Default: yes. */
  readonly repeatsInput?: boolean;
  /** Default: the result is on disk when an `after` is sent. */
  readonly onDisk?: (payload: Json, env: Environment, claims: ToolClaims) => boolean;
  /** Default: nobody changed the proposal. */
  readonly userModified?: (payload: Json) => boolean;
  /** Default: `transcript_path` of the payload. */
  readonly transcript?: (payload: Json, env: Environment) => string | undefined;
  /** Default: `model` of the payload. */
  readonly model?: (payload: Json, env: Environment) => string | undefined;
}

/** The `read` of an assistant that speaks this dialect. */
export function readerOf(dialect: Dialect): (payload: unknown, env: Environment) => Reading {
  return (payload, env) => {
    if (!isObject(payload)) return { notUnderstood: 'the payload is not a JSON object' };
    const name = textAt(payload, 'hook_event_name', 'hookEventName');
    if (name === undefined) return { notUnderstood: 'the payload has no hook_event_name' };
    const role = Object.hasOwn(dialect.events, name.toLowerCase()) ? dialect.events[name.toLowerCase()] : undefined;
    const base = baseOf(dialect, payload, env);
    switch (role) {
      case undefined:
        return { ignored: `an event of ${dialect.title} that says nothing about edits` };
      case 'before':
      case 'after':
      case 'failed':
        return tool(dialect, payload, env, base, role);
      case 'prompt':
        return { ...base, event: 'prompt', prompt: textAt(payload, 'prompt') ?? '' };
      default:
        return { ...base, event: role };
    }
  };
}

function baseOf({ id, model, transcript }: Dialect, payload: Json, env: Environment): EventBase {
  const folder = pathAt(payload, 'cwd');
  const cwd = folder === undefined ? undefined : plainPath(folder);
  return {
    assistant: id,
    ...present({
      session: nameAt(payload, 'session_id', 'sessionId'),
      model: model ? model(payload, env) : nameAt(payload, 'model'),
      transcriptPath: transcript ? transcript(payload, env) : pathAt(payload, 'transcript_path', 'transcriptPath'),
      cwd: cwd !== undefined && path.isAbsolute(cwd) ? cwd : undefined,
      subagent: nameAt(payload, 'agent_id', 'agentId'),
    }),
  };
}

function tool(
  dialect: Dialect,
  payload: Json,
  env: Environment,
  base: EventBase,
  role: 'before' | 'after' | 'failed',
): Reading {
  const toolName = nameAt(payload, 'tool_name', 'toolName');
  if (toolName === undefined)
    return {
      notUnderstood: 'the payload of a tool event has no tool_name',
      ...(role === 'before' ? { before: true } : {}),
    };
  const input = payload['tool_input'] ?? payload['toolInput'] ?? payload['toolArgs'];
  if (dialect.harmless.has(toolName)) {
    const shows = role === 'before' ? shownBy(toolName, input) : [];
    return {
      ignored: 'a tool that changes no file itself',
      ...(shows.length === 0 ? {} : { showing: { ...base, ...SHOWING, toolName, shows } }),
    };
  }
  const failed = role === 'failed' || (role === 'after' && dialect.failed?.(payload) === true);
  const response =
    role === 'before' || failed
      ? undefined
      : (payload['tool_response'] ?? payload['toolResponse'] ?? payload['tool_result'] ?? payload['toolResult']);
  const reported = dialect.claims(toolName, input, response);
  // an edit without a file name may be of any file
  const claims = reported.tool === 'edit' && reported.files.length === 0 ? UNTOLD : reported;
  const unclear = role === 'before' && (claims === UNTOLD || (claims.tool === 'shell' && claims.command === undefined));
  const named =
    role === 'before' && claims.tool === 'edit' ? namesIn(input).filter((name) => !claims.files.includes(name)) : [];
  const id = nameAt(payload, 'tool_use_id', 'toolUseId', 'tool_call_id');
  return {
    ...base,
    event: role === 'before' ? 'before' : 'after',
    toolName,
    ...(failed ? unfulfilled(claims) : claims),
    ...present({
      id,
      exit: failed ? exitIn(payload['error']) : undefined,
      pair: id === undefined && dialect.repeatsInput !== false ? digest([toolName, input]) : undefined,
    }),
    ...(named.length === 0 ? {} : { named }),
    ...(role === 'before' && claims.tool === 'other'
      ? { ...mayChange(toolName, input), call: toolCallOf(toolName, input, payload, dialect.spelling) }
      : {}),
    ...(unclear ? { unclear } : {}),
    failed,
    onDisk: dialect.onDisk?.(payload, env, claims) ?? true,
    userModified: dialect.userModified?.(payload) ?? false,
  };
}

/** `Exit code 1`, and what the command printed. */
function exitIn(error: unknown): number | undefined {
  const [, code] = typeof error === 'string' ? (/^Exit code (\d{1,3})\b/.exec(error) ?? []) : [];
  return code === undefined || Number(code) > 255 ? undefined : Number(code);
}

/** Which files an unknown tool may change. A tool that calls itself a reader is believed: a person set it up. */
function mayChange(toolName: string, input: unknown): Pick<ToolEvent, 'perhaps' | 'command'> {
  if (callsItselfReading(toolName)) return {};
  const { paths, commands } = givenTo(input);
  return {
    ...(paths.length === 0 ? {} : { perhaps: { paths, folders: removesFolders(toolName) } }),
    ...(commands.length === 0 ? {} : { command: commands.join('\n') }),
  };
}

/**
 * A shell tool's claims: its command, and nothing about files. Where several keys hold one, it is unclear which runs:
 * all of them count.
 */
export function shellClaims(input: Json, ...keys: readonly string[]): ToolClaims {
  const commands = new Set(
    (keys.length > 0 ? keys : ['command']).flatMap((key) => (Object.hasOwn(input, key) ? commandOf(input[key]) : [])),
  );
  return {
    tool: 'shell',
    files: [],
    edits: [],
    contents: [],
    exact: false,
    ...present({ command: commands.size === 0 ? undefined : [...commands].join('\n') }),
  };
}

/** The same for a tool that is named after another shell than sh. */
export const shellClaimsOf = (
  shell: NonNullable<ToolEvent['shell']>,
  input: Json,
  ...keys: readonly string[]
): ToolClaims => ({ ...shellClaims(input, ...keys), shell });

/** A command is a string, or the words of one program. */
function commandOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  const words = Array.isArray(value) ? value.filter((word) => typeof word === 'string') : [];
  return words.length === 0 ? [] : [words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')];
}

/** An unknown tool: it may change anything. */
export const UNKNOWN_TOOL: ToolClaims = { tool: 'other', files: [], edits: [], contents: [], exact: false };

/** An edit without a file name may be of any file. */
const UNTOLD: ToolClaims = { ...UNKNOWN_TOOL };

/** Undefined for a value nested too deeply to be serialised. */
function digest(value: unknown): string | undefined {
  return attempt(() => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32));
}

const SHOWING = {
  event: 'before',
  tool: 'other',
  files: [],
  edits: [],
  contents: [],
  exact: false,
  failed: false,
  onDisk: true,
  userModified: false,
} as const;

/** Tools that show the text of files, and those that show their names alone. */
const SHOWS_TEXT = /read|view|grep|search|open|cat\b/i;
const SHOWS_NAMES = /glob|^ls$|list|find_?by|file_?search|outline|web|codebase|terminal|mcpresource/i;

/** The files whose text a tool shows: those that its input names. */
function shownBy(toolName: string, input: unknown): string[] {
  if (!SHOWS_TEXT.test(toolName) || SHOWS_NAMES.test(toolName)) return [];
  // a search that counts, or says in which files it found something
  if (toolName === 'Grep' && (!isObject(input) || input['output_mode'] !== 'content')) return [];
  return namesIn(input).slice(0, 100);
}

const LONGEST_PATH = 4096;

/** The values of keys that name files, in an input or one level below it; and the files of a patch. */
function namesIn(input: unknown): string[] {
  if (typeof input === 'string') return patchNames(input);
  const found = new Set<string>();
  const look = (value: unknown, deeper: boolean): void => {
    for (const [key, entry] of Object.entries(isObject(value) || Array.isArray(value) ? value : {})) {
      if (typeof entry !== 'string') {
        if (deeper && Array.isArray(entry) && /(?:path|file)s$/i.test(key))
          for (const name of entry) if (typeof name === 'string' && isPath(name)) found.add(plainPath(name));
        if (deeper) look(entry, !isObject(entry) && Array.isArray(entry));
      } else if (entry.includes('*** Begin Patch')) for (const name of patchNames(entry)) found.add(name);
      else if (/(?:path|file|notebook|target|uri)$/i.test(key) && isPath(entry)) found.add(plainPath(entry));
    }
  };
  look(input, true);
  return [...found];
}

const isPath = (text: string): boolean => text !== '' && text.length <= LONGEST_PATH && !/[\0\r\n]/.test(text);
