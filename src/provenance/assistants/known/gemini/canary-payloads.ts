/** What its hooks would receive when it creates one file, for `doctor --prove`. */
import { common, fileOf, type SelfTest } from '../../hook-self-test/canary-edit';

export const gemini: SelfTest = {
  canaries: (edit) => {
    const payload = {
      ...common(edit),
      tool_name: 'write_file',
      tool_input: { file_path: fileOf(edit), content: edit.text },
    };
    const returnDisplay = { filePath: fileOf(edit), originalContent: '', newContent: edit.text, isNewFile: true };
    return [
      {
        before: { event: 'BeforeTool', payload: { ...payload, hook_event_name: 'BeforeTool' } },
        after: {
          event: 'AfterTool',
          payload: { ...payload, hook_event_name: 'AfterTool', tool_response: { returnDisplay } },
        },
      },
    ];
  },
};
