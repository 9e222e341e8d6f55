/** What its hooks would receive when it creates one file, for `doctor --prove`. */
import { fileOf, type SelfTest } from '../../hook-self-test/canary-edit';

export const antigravity: SelfTest = {
  windowsShell: 'cmd',
  canaries: (edit) => {
    const payload = { conversationId: edit.session, workspacePaths: [edit.folder], stepIdx: 1 };
    return [
      {
        before: {
          event: 'PreToolUse',
          payload: {
            ...payload,
            toolCall: { name: 'write_to_file', args: { TargetFile: fileOf(edit), CodeContent: edit.text } },
          },
        },
        after: { event: 'PostToolUse', payload },
      },
    ];
  },
};
