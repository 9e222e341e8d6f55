/** What its hooks would receive when it creates one file, for `doctor --prove`. */
import { common, fileOf, type SelfTest } from '../../hook-self-test/canary-edit';

export const githubCopilot: SelfTest = {
  canaries: (edit) => [
    {
      before: {
        event: 'PreToolUse',
        env: { COPILOT_CLI: '1' },
        payload: {
          ...common(edit),
          hook_event_name: 'PreToolUse',
          tool_name: 'Write',
          tool_input: { path: fileOf(edit), file_text: edit.text },
        },
      },
      after: {
        event: 'PostToolUse',
        env: { COPILOT_CLI: '1' },
        payload: {
          ...common(edit),
          hook_event_name: 'PostToolUse',
          tool_name: 'Write',
          tool_input: { path: fileOf(edit), file_text: edit.text },
          tool_result: { result_type: 'success' },
        },
      },
    },
  ],
};
