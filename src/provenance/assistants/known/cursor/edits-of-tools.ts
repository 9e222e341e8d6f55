/** What Cursor's tools and its file events report. */
import { wordSet } from '../../../../base/patterns';
import { shellClaims, UNKNOWN_TOOL, type ToolClaims } from '../../hook-payloads/claude-format-reader';
import { patchClaims } from '../../hook-payloads/edits-in-apply-patch-text';
import { isObject, listOf, objectOf, pathAt, textAt, type Json } from '../../hook-payloads/payload-fields';
import { exactly, NO_CLAIMS, someChange, together, type Claims } from '../../hook-payloads/claimed-change-builders';
import type { ClaimedEdit } from '../../types';

export const HARMLESS: ReadonlySet<string> = wordSet(`
  Read Grep Glob LS List SemanticSearch WebSearch WebFetch TodoWrite ReadLints Task AskQuestion FetchRules
  ListMcpResources FetchMcpResource CreatePlan SwitchMode Await
`);

export function cursorClaims(toolName: string, input: unknown): ToolClaims {
  const args = objectOf(input);
  switch (toolName) {
    case 'Write':
      return { tool: 'edit', ...written(args) };
    case 'StrReplace':
    case 'Edit':
    case 'MultiEdit':
      return { tool: 'edit', ...(args['edits'] === undefined ? replaced(args, target(args)) : listed(args)) };
    case 'afterFileEdit':
    case 'afterTabFileEdit':
      return { tool: 'edit', ...listed(args) };
    case 'Delete':
      return { tool: 'edit', ...removed(target(args)) };
    case 'ApplyPatch':
      return {
        tool: 'edit',
        ...patchClaims(
          typeof input === 'string' ? input : (textAt(args, 'patch', 'input', 'patch_text', 'patchText') ?? ''),
        ),
      };
    case 'EditNotebook':
      return { tool: 'edit', ...someChange(target(args)) };
    case 'Shell':
    case 'Bash':
      return shellClaims(args);
    default:
      return UNKNOWN_TOOL;
  }
}

function target(args: Json): string | undefined {
  const name = pathAt(args, 'file_path', 'path', 'target_file', 'target_notebook');
  return name !== undefined && /^\/[A-Za-z]:/.test(name) ? name.slice(1) : name;
}

/** Whether the file existed before is not reported. */
function written(args: Json): Claims {
  const path = target(args);
  const text = textAt(args, 'content', 'contents');
  return path === undefined || text === undefined ? someChange(path) : exactly([], [{ path, after: text }]);
}

const removed = (path: string | undefined): Claims =>
  path === undefined ? NO_CLAIMS : exactly([], [{ path, after: null }]);

function replaced(args: Json, path: string | undefined): Claims {
  const old = textAt(args, 'old_string');
  const text = textAt(args, 'new_string');
  if (path === undefined) return NO_CLAIMS;
  if (old === undefined || text === undefined) return someChange(path);
  const line = lineOf(args);
  const claim: ClaimedEdit = {
    path,
    old,
    new: text,
    ...(args['replace_all'] === true ? { everywhere: true as const } : {}),
    ...(line === undefined ? {} : { line }),
  };
  return exactly([claim]);
}

/** The edits of one file. A range shows where an edit was made; with several, earlier ones shift it. */
function listed(args: Json): Claims {
  const path = target(args);
  const edits = listOf(args['edits']);
  if (edits.length === 0) return someChange(path);
  return together(
    edits.map((edit) =>
      isObject(edit) ? replaced(edits.length === 1 ? edit : { ...edit, range: undefined }, path) : someChange(path),
    ),
  );
}

function lineOf(edit: Json): number | undefined {
  const line = objectOf(edit['range'])['start_line_number'];
  return typeof line === 'number' && Number.isInteger(line) && line > 0 ? line : undefined;
}
