/** What its hooks would receive when it creates one file, for `doctor --prove`. */
import { fileOf, type SelfTest } from '../../hook-self-test/canary-edit';

export const cursor: SelfTest = {
  canaries: (edit) => {
    const payload = {
      conversation_id: edit.session,
      model: 'canary',
      cursor_version: 'canary',
      workspace_roots: [edit.folder],
    };
    const tool = {
      tool_name: 'Write',
      tool_input: { file_path: fileOf(edit), content: edit.text },
      tool_use_id: edit.session,
    };
    return [
      {
        surface: 'tool hooks',
        before: { event: 'preToolUse', payload: { ...payload, hook_event_name: 'preToolUse', ...tool } },
        after: { event: 'postToolUse', payload: { ...payload, hook_event_name: 'postToolUse', ...tool } },
      },
      {
        surface: 'file hooks, Tab',
        before: {
          event: 'preToolUse',
          payload: { ...payload, hook_event_name: 'preToolUse', tool_name: 'Read', tool_input: {} },
        },
        after: {
          event: 'afterFileEdit',
          payload: {
            ...payload,
            hook_event_name: 'afterFileEdit',
            file_path: fileOf(edit),
            edits: [{ old_string: '', new_string: edit.text }],
          },
        },
      },
    ];
  },
};
