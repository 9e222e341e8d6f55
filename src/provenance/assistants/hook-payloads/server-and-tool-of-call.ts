/** The call of a tool that is unknown here: which server has it, in each assistant's spelling, and what it is given. */
import type { UnknownCall } from '../types';
import { isObject, objectOf, type Json } from './payload-fields';
import { callsItselfWriting } from './effects-of-unknown-tool';

/**
 * How an assistant spells the tools of MCP servers where `mcp__SERVER__TOOL`, `mcp_SERVER_TOOL`, `@SERVER/TOOL` and
 * `SERVER/TOOL` don't say it: joined by one letter.
 */
export type ToolSpelling = 'SERVER_TOOL' | 'SERVER-TOOL';

interface Named {
  readonly server: string | null;
  readonly tool: string;
  /** `SERVER__TOOL` in each reading that the spelling allows; `?` for a server that is not named. */
  readonly names: readonly string[];
}

const MOST_SPLITS = 12;

/** Every reading of a name whose parts are joined by a letter that may be in them too. */
function splits(text: string, by: string): Named {
  const places = [...text].flatMap((char, at) => (char === by && at > 0 && at < text.length - 1 ? [at] : []));
  const [first = -1] = places;
  return {
    server: first < 0 ? '' : text.slice(0, first),
    tool: text.slice(first + 1),
    names:
      first < 0
        ? [`?__${text}`]
        : places.slice(0, MOST_SPLITS).map((at) => `${text.slice(0, at)}__${text.slice(at + 1)}`),
  };
}

/** Which server's tool a name means; its server is null where it is one of the assistant's own. */
export function toolNamed(name: string, spelling?: ToolSpelling): Named {
  const [, double] = /^mcp__(.+)$/s.exec(name) ?? [];
  if (double !== undefined) {
    const parts = double.split('__');
    const readings = parts
      .slice(1)
      .map((_, at) => `${parts.slice(0, at + 1).join('__')}__${parts.slice(at + 1).join('__')}`);
    return parts.length < 2
      ? { server: '', tool: double, names: [`?__${double}`] }
      : { server: parts[0] ?? '', tool: parts.slice(1).join('__'), names: readings };
  }
  const [, unnamed] = /^MCP:\s*(.+)$/is.exec(name) ?? [];
  if (unnamed !== undefined) return { server: '', tool: unnamed, names: [`?__${unnamed}`] };
  const [, server, tool] = /^@?([\w .-]+)[/:](.+)$/s.exec(name) ?? /^([\w-]+)\.([\w-]+)$/.exec(name) ?? [];
  if (server !== undefined && tool !== undefined) return { server, tool, names: [`${server}__${tool}`] };
  const [, single] = /^mcp_(.+)$/s.exec(name) ?? [];
  if (single !== undefined) return splits(single, '_');
  if (/\w__\w/.test(name)) return toolNamed(`mcp__${name}`);
  const by = spelling === 'SERVER_TOOL' ? '_' : spelling === 'SERVER-TOOL' ? '-' : undefined;
  return by !== undefined && name.includes(by) ? splits(name, by) : { server: null, tool: name, names: [] };
}

/** The call as it is given, or the one that a tool for calling others passes on: `use_mcp_tool`, `call_mcp_tool`. */
export function toolCallOf(toolName: string, input: unknown, payload: Json, spelling?: ToolSpelling): UnknownCall {
  const passed = passedOn(input);
  const { server, tool, names } = passed
    ? { ...passed, names: [`${passed.server}__${passed.tool}`] }
    : toolNamed(toolName, spelling);
  const says = saysOf(payload);
  return {
    shown: passed ? `${passed.server} ${passed.tool}` : toolName,
    server,
    tool,
    names,
    input: passed ? passed.input : typeof input === 'string' ? parsed(input) : input,
    writes: says?.readOnly !== true && callsItselfWriting(tool),
    ...(says ? { says } : {}),
  };
}

function passedOn(
  input: unknown,
): { readonly server: string; readonly tool: string; readonly input: unknown } | undefined {
  if (!isObject(input)) return undefined;
  const at = (keys: RegExp): unknown => Object.entries(input).find(([key]) => keys.test(key))?.[1];
  const server = at(/^(?:mcp_?)?server_?(?:name|id)?$/i);
  const tool = at(/^(?:mcp_?)?tool_?name$/i);
  const args = at(/^(?:mcp_tool_|mcp_?|tool_?)?(?:arguments|args|input|params)$/i);
  if (typeof server !== 'string' || typeof tool !== 'string') return undefined;
  return { server, tool, input: typeof args === 'string' ? parsed(args) : args };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return { input: text };
  }
}

/** What the tool says of itself: its server's `annotations`, where the assistant passes them on. */
function saysOf(payload: Json): UnknownCall['says'] {
  const found = [
    payload['tool_annotations'],
    payload['toolAnnotations'],
    payload['annotations'],
    objectOf(payload['tool'])['annotations'],
    objectOf(payload['mcp'])['annotations'],
  ].find(isObject);
  if (found === undefined) return undefined;
  const [destructive, readOnly] = [found['destructiveHint'], found['readOnlyHint']];
  return {
    ...(typeof destructive === 'boolean' ? { destructive } : {}),
    ...(typeof readOnly === 'boolean' ? { readOnly } : {}),
  };
}
