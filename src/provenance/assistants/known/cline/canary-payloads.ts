/** What its hooks would receive when it creates one file, for `doctor --prove`. */
import type { SelfTest } from '../../hook-self-test/canary-edit';

export const cline: SelfTest = {
  windowsShell: 'cmd',
  canaries: (edit) => {
    const payload = { clineVersion: 'canary', taskId: edit.session, workspaceRoots: [edit.folder] };
    const use = { toolName: 'write_to_file', parameters: { path: edit.name, content: edit.text } };
    return [
      {
        before: { event: 'PreToolUse', payload: { ...payload, hookName: 'PreToolUse', preToolUse: use } },
        after: {
          event: 'PostToolUse',
          payload: { ...payload, hookName: 'PostToolUse', postToolUse: { ...use, success: true } },
        },
      },
    ];
  },
};
