/** What its hooks would receive when it creates one file, for `doctor --prove`. */
import { common, type SelfTest } from '../../hook-self-test/canary-edit';

export const kiro: SelfTest = {
  windowsShell: 'cmd',
  canaries: (edit) => [
    {
      surface: 'IDE from 1.0, CLI 3',
      before: {
        event: 'PreToolUse',
        payload: {
          ...common(edit),
          hook_event_name: 'PreToolUse',
          tool_name: 'fs_write',
          tool_input: { path: edit.name, text: edit.text },
        },
      },
      after: {
        event: 'PostToolUse',
        payload: {
          ...common(edit),
          hook_event_name: 'PostToolUse',
          tool_name: 'fs_write',
          tool_input: {},
          tool_response: `Created the ${edit.name} file.`,
        },
      },
    },
    {
      surface: 'IDE 0.12',
      before: {
        event: 'preToolUse',
        variable: 'USER_PROMPT',
        payload: { toolName: 'fs_write', toolArgs: { path: edit.name, text: edit.text } },
      },
      after: {
        event: 'postToolUse',
        variable: 'USER_PROMPT',
        payload: {
          toolName: 'fs_write',
          toolArgs: {},
          toolResult: `Created the ${edit.name} file.`,
          toolSuccess: true,
        },
      },
    },
  ],
};
