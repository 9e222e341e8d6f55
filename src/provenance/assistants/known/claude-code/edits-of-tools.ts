/**
 * What Claude Code's tools do to files, as far as their input and response show (`sdk-tools.d.ts` of the package;
 * `MultiEdit` and `LS` are from older versions).
 */
import { shellClaims, shellClaimsOf, UNKNOWN_TOOL, type ToolClaims } from '../../hook-payloads/claude-format-reader';
import { isObject, listOf, objectOf, pathAt, present, textAt, type Json } from '../../hook-payloads/payload-fields';
import { exactly, NO_CLAIMS, someChange, together, type Claims } from '../../hook-payloads/claimed-change-builders';
import type { ClaimedEdit } from '../../types';

/** With more occurrences than this, an edit stays one claim for all of them. */
const MOST_PLACES = 1000;

/** `response` is undefined before the tool has acted, and when it failed. */
export function claudeClaims(toolName: string, input: Json, response: Json | undefined): ToolClaims {
  switch (toolName) {
    case 'Write':
      return { tool: 'edit', ...write(input, response) };
    case 'Edit':
      return { tool: 'edit', ...edit(input, response) };
    case 'MultiEdit':
      return { tool: 'edit', ...multiEdit(input) };
    case 'NotebookEdit':
      return { tool: 'edit', ...notebook(input, response) };
    case 'Bash':
    case 'Monitor':
      return shellClaims(input);
    case 'PowerShell':
      return shellClaimsOf('powershell', input);
    default:
      return UNKNOWN_TOOL;
  }
}

function write(input: Json, response: Json | undefined): Claims {
  const path = pathAt(input, 'file_path');
  if (path === undefined) return NO_CLAIMS;
  const after = textAt(response ?? {}, 'content') ?? textAt(input, 'content');
  if (after === undefined) return someChange(path);
  if (response?.['type'] === 'create') return exactly([{ path, old: '', new: after }], [{ path, before: null, after }]);
  return exactly([], [{ path, after, ...present({ before: original(response) }) }]);
}

/** The file before the edit; undefined where not given (null also means a file too large to include). */
function original(response: Json | undefined): string | undefined {
  return textAt(response ?? {}, 'originalFile', 'original_file');
}

function edit(input: Json, response: Json | undefined): Claims {
  const path = pathAt(input, 'file_path');
  // the response has the text as in the file, while the input may only resemble it (typographic quotes)
  const old = textAt(response ?? {}, 'oldString') ?? textAt(input, 'old_string');
  const text = textAt(response ?? {}, 'newString') ?? textAt(input, 'new_string');
  if (path === undefined) return NO_CLAIMS;
  if (old === undefined || text === undefined) return someChange(path);
  const everywhere = input['replace_all'] === true;
  const before = original(response);
  const claim: ClaimedEdit = { path, old, new: text, ...(everywhere ? { everywhere } : {}) };
  if (before === undefined || old === '') return exactly([claim]);
  const found = places(before, claim);
  return exactly(found.length === 0 ? [claim] : found, [{ path, before }]);
}

/** The occurrences that an edit replaced in `text`, each with the line on which it begins afterwards. */
function places(text: string, { path, old, new: replacement, everywhere }: ClaimedEdit): ClaimedEdit[] {
  const found: ClaimedEdit[] = [];
  const grows = lineBreaks(replacement) - lineBreaks(old);
  let line = 1;
  let from = 0;
  for (let at = text.indexOf(old); at >= 0; at = text.indexOf(old, at + old.length)) {
    line += lineBreaks(text.slice(from, at));
    from = at;
    found.push({ path, old, new: replacement, line: line + found.length * grows });
    if (everywhere !== true) break;
    if (found.length > MOST_PLACES) return [];
  }
  return found;
}

const lineBreaks = (text: string): number => text.split('\n').length - 1;

function multiEdit(input: Json): Claims {
  const path = pathAt(input, 'file_path');
  if (path === undefined) return NO_CLAIMS;
  const parts = listOf(input['edits']).map((replacement) =>
    isObject(replacement) ? edit({ ...objectOf(replacement), file_path: path }, undefined) : someChange(path),
  );
  return parts.length === 0 ? someChange(path) : together(parts);
}

function notebook(input: Json, response: Json | undefined): Claims {
  const path = pathAt(input, 'notebook_path', 'file_path');
  const before = original(response);
  const after = textAt(response ?? {}, 'updated_file');
  if (path === undefined || before === undefined || after === undefined || after === '') return someChange(path);
  return exactly([], [{ path, before, after }]);
}
