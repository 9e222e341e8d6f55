/**
 * What Kiro's tools do to files. Its IDE has a tool for each kind of edit; its CLI has one, with the kind as `command`.
 * After a tool, only the sentence of its result may name the file.
 */
import { wordSet } from '../../../../base/patterns';
import { shellClaims, shellClaimsOf, UNKNOWN_TOOL, type ToolClaims } from '../../hook-payloads/claude-format-reader';
import { objectOf, pathAt, textAt, type Json } from '../../hook-payloads/payload-fields';
import { exactly, NO_CLAIMS, someChange, type Claims } from '../../hook-payloads/claimed-change-builders';

export const HARMLESS: ReadonlySet<string> = wordSet(`
  fs_read read read_file read_multiple_files read_code list_directory file_search grep_search glob grep
  web_fetch web_search remote_web_search get_diagnostics list_processes get_process_output introspect knowledge
  thinking todo_list report_issue memory task_status user_input use_subagent invoke_sub_agent
`);

/** `input` may be empty afterwards; then `response` is a sentence. A call that names no file may change anything. */
export function kiroClaims(toolName: string, input: unknown, response: unknown): ToolClaims {
  const args = objectOf(input);
  switch (toolName) {
    case 'fs_write':
    case 'write':
    case 'fs_append':
    case 'str_replace':
    case 'delete_file': {
      const reported = edited(toolName, args);
      const claims = reported.files.length > 0 ? reported : someChange(namedIn(response));
      return { tool: 'edit', ...claims };
    }
    case 'execute_bash':
    case 'shell':
      return shellClaims(args);
    case 'execute_pwsh':
      return shellClaimsOf('powershell', args);
    case 'execute_cmd':
      return shellClaimsOf('cmd', args);
    default:
      return UNKNOWN_TOOL;
  }
}

function edited(toolName: string, args: Json): Claims {
  const target = pathAt(args, 'path', 'targetFile', 'file_path');
  if (target === undefined) return NO_CLAIMS;
  if (toolName === 'delete_file') return exactly([], [{ path: target, after: null }]);
  const command = textAt(args, 'command');
  const old = textAt(args, 'oldStr', 'old_str');
  const replacement = textAt(args, 'newStr', 'new_str');
  if (
    (toolName === 'str_replace' || command === 'str_replace' || command === 'strReplace') &&
    old !== undefined &&
    old !== '' &&
    replacement !== undefined
  )
    return exactly([{ path: target, old, new: replacement }]);
  const whole = textAt(args, 'text', 'file_text', 'content', 'fileText');
  // whether the file existed before is not reported
  if ((toolName === 'fs_write' && command === undefined) || command === 'create')
    return whole === undefined ? someChange(target) : exactly([], [{ path: target, after: whole }]);
  return someChange(target);
}

const RESULTS = [
  /^Created the (.+) file\.$/,
  /^Replaced text in (.+)$/,
  /^Appended the text to the (.+) file\.$/,
  /^Deleted the (.+) file\.$/,
];

function namedIn(response: unknown): string | undefined {
  if (typeof response !== 'string' || response.length > 5000) return undefined;
  const sentence = response.trim();
  for (const form of RESULTS) {
    const name = form.exec(sentence)?.[1];
    if (name !== undefined && !name.includes('\0')) return name;
  }
  return undefined;
}
