/** What Cline's tools do to files: those of its extension, and the smaller set of its CLI. */
import { wordSet } from '../../../../base/patterns';
import { shellClaims, UNKNOWN_TOOL, type ToolClaims } from '../../hook-payloads/claude-format-reader';
import { patchClaims } from '../../hook-payloads/edits-in-apply-patch-text';
import { listOf, objectOf, pathAt, textAt, type Json } from '../../hook-payloads/payload-fields';
import { exactly, NO_CLAIMS, someChange, type Claims } from '../../hook-payloads/claimed-change-builders';
import type { ClaimedEdit } from '../../types';

export const HARMLESS: ReadonlySet<string> = wordSet(`
  read_file read_files list_files search_files search_codebase list_code_definition_names browser_action
  web_fetch web_search fetch_web_content use_skill skills ask_followup_question ask_question attempt_completion
  plan_mode_respond load_mcp_documentation new_task condense focus_chain submit_and_exit
`);

export function clineClaims(toolName: string, input: unknown): ToolClaims {
  const args = objectOf(input);
  const target = pathAt(args, 'path', 'absolutePath', 'file_path');
  switch (toolName) {
    case 'editor':
      return edit(target, editor(args, target));
    case 'write_to_file':
    case 'new_file': {
      const text = textAt(args, 'content');
      return edit(
        target,
        target === undefined || text === undefined ? someChange(target) : exactly([], [{ path: target, after: text }]),
      );
    }
    case 'replace_in_file':
      return edit(target, searched(target, textAt(args, 'diff') ?? ''));
    case 'apply_patch': {
      const claims = patchClaims(typeof input === 'string' ? input : (textAt(args, 'input', 'patch') ?? ''));
      return { tool: 'edit', ...claims };
    }
    case 'execute_command':
      return shellClaims(args);
    case 'run_commands':
      return shellClaims(
        {
          command: args['command'],
          commands:
            listOf(args['commands'])
              .map((one) => (typeof one === 'string' ? one : (textAt(objectOf(one), 'command') ?? '')))
              .join('\n') || undefined,
        },
        'command',
        'commands',
      );
    default:
      return UNKNOWN_TOOL;
  }
}

const edit = (target: string | undefined, claims: Claims): ToolClaims => ({
  tool: 'edit',
  ...(target === undefined ? NO_CLAIMS : claims),
});

/** Without an old text it creates a file, or inserts at a line. */
function editor(args: Json, path: string | undefined): Claims {
  const old = textAt(args, 'old_text');
  const text = textAt(args, 'new_text');
  if (path === undefined || text === undefined) return someChange(path);
  if (old === undefined || old === '')
    return typeof args['insert_line'] === 'number' ? someChange(path) : exactly([], [{ path, after: text }]);
  return exactly([{ path, old, new: text }]);
}

/** Blocks of `------- SEARCH`, `=======` and `+++++++ REPLACE`; an empty search means the whole file. */
function searched(path: string | undefined, diff: string): Claims {
  if (path === undefined) return someChange();
  const edits: ClaimedEdit[] = [];
  const blocks = diff.matchAll(/^-{3,} SEARCH>?\r?\n([^]*?)^={3,}\r?\n([^]*?)^\+{3,} REPLACE>?$/gm);
  for (const [, old = '', text = ''] of blocks) if (old !== '') edits.push({ path, old, new: text });
  return edits.length === 0 ? someChange(path) : exactly(edits);
}
