/** What its hooks would receive when it creates one file, for `doctor --prove`. */
import { fileOf, type SelfTest } from '../../hook-self-test/canary-edit';

export const windsurf: SelfTest = {
  canaries: (edit) => {
    const payload = {
      trajectory_id: edit.session,
      model_name: 'canary',
      tool_info: { file_path: fileOf(edit), edits: [{ old_string: '', new_string: edit.text }] },
    };
    return [
      {
        before: { event: 'pre_write_code', payload: { ...payload, agent_action_name: 'pre_write_code' } },
        after: { event: 'post_write_code', payload: { ...payload, agent_action_name: 'post_write_code' } },
      },
    ];
  },
};
