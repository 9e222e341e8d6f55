/**
 * What Copilot's tools do to files, as far as their input shows. The editor's tools have long names and camelCase
 * arguments, the CLI's short names and its own arguments; both are parsed leniently, since they change between
 * versions.
 */
import { wordSet } from '../../../../base/patterns';
import { shellClaims, shellClaimsOf, UNKNOWN_TOOL, type ToolClaims } from '../../hook-payloads/claude-format-reader';
import { patchClaims } from '../../hook-payloads/edits-in-apply-patch-text';
import { isObject, listOf, objectOf, pathAt, textAt, type Json } from '../../hook-payloads/payload-fields';
import { exactly, NO_CLAIMS, someChange, together, type Claims } from '../../hook-payloads/claimed-change-builders';

/** Tools known to change no file. VS Code's hooks have no matcher, so these arrive too. */
export const HARMLESS: ReadonlySet<string> = wordSet(`
  read_file list_dir file_search grep_search semantic_search search_workspace_symbols list_code_usages
  get_errors get_changed_files get_terminal_output terminal_last_command terminal_selection get_task_output
  get_search_view_results test_failure test_search fetch_webpage github_repo get_vscode_api view_image
  manage_todo_list think read_project_structure copilot_getNotebookSummary read_notebook_cell_output
  ask_questions tool_search runSubagent view grep glob web_fetch report_intent update_todo ask_user task View
  Grep Glob Read Task WebFetch
`);

/** `input` is an object, or the bare text of a patch. */
export function copilotClaims(toolName: string, input: unknown): ToolClaims {
  // with models that edit by patches, the CLI gives the bare text of a patch, under the names of its other tools
  if (typeof input === 'string') return { tool: 'edit', ...patchClaims(input) };
  const args = objectOf(input);
  switch (toolName) {
    case 'create_file':
    case 'create':
    case 'Write':
      return { tool: 'edit', ...created(args) };
    case 'replace_string_in_file':
    case 'edit':
    case 'Edit':
      return { tool: 'edit', ...replaced(args) };
    case 'multi_replace_string_in_file':
      return { tool: 'edit', ...multiReplaced(args) };
    case 'apply_patch':
      return { tool: 'edit', ...patchClaims(textAt(args, 'input', 'patch', 'patchText', 'command') ?? '') };
    case 'insert_edit_into_file': // its `code` leaves out unchanged text, so it is not exact
    case 'edit_notebook_file':
    case 'create_new_jupyter_notebook':
      return { tool: 'edit', ...someChange(target(args)) };
    case 'run_in_terminal':
    case 'bash':
    case 'Bash':
      return shellClaims(args);
    case 'powershell':
    case 'PowerShell':
      return shellClaimsOf('powershell', args);
    default:
      return UNKNOWN_TOOL;
  }
}

const target = (args: Json): string | undefined => pathAt(args, 'filePath', 'file_path', 'path');

function created(args: Json): Claims {
  const path = target(args);
  const text = textAt(args, 'content', 'file_text');
  if (path === undefined || text === undefined) return someChange(path);
  return exactly([{ path, old: '', new: text }], [{ path, before: null, after: text }]);
}

function replaced(args: Json): Claims {
  const path = target(args);
  const old = textAt(args, 'oldString', 'old_str', 'old_string');
  const text = textAt(args, 'newString', 'new_str', 'new_string');
  if (path === undefined || old === undefined || text === undefined) return someChange(path);
  return exactly([{ path, old, new: text }]);
}

function multiReplaced(args: Json): Claims {
  const parts = listOf(args['replacements']).map((one) => (isObject(one) ? replaced(one) : NO_CLAIMS));
  return parts.length === 0 ? someChange(target(args)) : together(parts);
}
