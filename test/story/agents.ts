/** The plot's changes, as each agent is told to make them. */
import type { Step as AgentStep } from '../support/real-assistants/agent';
import type { ToolCall } from '../support/model/turns';
import type { Change } from './ledger';

/** Calls of the tools of the editor's own agent. */
export function copilotCalls(changes: readonly Change[], at: (path: string) => string): ToolCall[] {
  return changes.map((change) =>
    'create' in change
      ? { name: 'create_file', input: { filePath: at(change.create.path), content: change.create.text } }
      : {
          name: 'replace_string_in_file',
          input: { filePath: at(change.replace.path), oldString: change.replace.old, newString: change.replace.new },
        },
  );
}

/** Steps of a session of Claude Code. */
export const claudeSteps = (changes: readonly Change[]): AgentStep[] =>
  changes.map((change) =>
    'create' in change
      ? { write: { path: change.create.path, content: change.create.text } }
      : { edit: { path: change.replace.path, old: change.replace.old, new: change.replace.new } },
  );
