/** What its hooks would receive when it creates one file, for `doctor --prove`. */
import { common, fileOf, type SelfTest } from '../../hook-self-test/canary-edit';

export const opencode: SelfTest = {
  canaries: (edit) => {
    const payload = {
      opencode: true,
      ...common(edit),
      model: 'canary',
      tool_name: 'write',
      tool_use_id: edit.session,
      tool_input: { filePath: fileOf(edit), content: edit.text },
    };
    return [
      {
        before: { event: 'BEFORE', payload: { ...payload, hook_event_name: 'PreToolUse' } },
        after: {
          event: 'OTHER',
          payload: { ...payload, hook_event_name: 'PostToolUse', tool_response: { metadata: { exists: false } } },
        },
      },
    ];
  },
};
