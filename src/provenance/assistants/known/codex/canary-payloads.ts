/** What its hooks would receive when it creates one file, for `doctor --prove`. */
import { common, type CanaryEdit, type SelfTest } from '../../hook-self-test/canary-edit';

export const codex: SelfTest = {
  canaries: (edit) => {
    const payload = {
      ...common(edit),
      model: 'canary',
      tool_name: 'apply_patch',
      tool_use_id: edit.session,
      tool_input: { command: patchOf(edit) },
    };
    return [
      {
        before: { event: 'PreToolUse', payload: { ...payload, hook_event_name: 'PreToolUse' } },
        after: {
          event: 'PostToolUse',
          payload: { ...payload, hook_event_name: 'PostToolUse', tool_response: 'Success.' },
        },
      },
    ];
  },
};

function patchOf({ name, text }: CanaryEdit): string {
  const lines = text.split('\n').filter((line) => line !== '');
  return ['*** Begin Patch', `*** Add File: ${name}`, ...lines.map((line) => `+${line}`), '*** End Patch', ''].join(
    '\n',
  );
}
