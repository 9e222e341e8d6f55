/** How hooks are tried: for each assistant that has hooks, what they would receive when it creates one file. */
import { around, claudeShaped, common, fileOf, type CanaryEdit, type SelfTest } from './self-test-and-canary-edit';

export const SELF_TESTS: Readonly<Record<string, SelfTest | undefined>> = {
  kiro: {
    windowsShell: 'cmd',
    canaries: (edit) => [
      {
        surface: 'IDE from 1.0, CLI 3',
        ...around(
          ['PreToolUse', 'PostToolUse'],
          { ...common(edit), tool_name: 'fs_write', tool_input: { path: edit.name, text: edit.text } },
          { tool_input: {}, tool_response: `Created the ${edit.name} file.` },
        ),
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
  },
  'github-copilot': {
    canaries: (edit) => {
      const { before, after } = around(
        ['PreToolUse', 'PostToolUse'],
        { ...common(edit), tool_name: 'Write', tool_input: { path: fileOf(edit), file_text: edit.text } },
        { tool_result: { result_type: 'success' } },
      );
      const env = { COPILOT_CLI: '1' };
      return [{ before: { ...before, env }, after: { ...after, env } }];
    },
  },
  cursor: {
    canaries: (edit) => {
      const payload = {
        conversation_id: edit.session,
        model: 'canary',
        cursor_version: 'canary',
        workspace_roots: [edit.folder],
      };
      const input = { file_path: fileOf(edit), content: edit.text };
      const edits = [{ old_string: '', new_string: edit.text }];
      return [
        {
          surface: 'tool hooks',
          ...around(['preToolUse', 'postToolUse'], {
            ...payload,
            tool_name: 'Write',
            tool_input: input,
            tool_use_id: edit.session,
          }),
        },
        {
          surface: 'file hooks, Tab',
          before: around(['preToolUse', ''], { ...payload, tool_name: 'Read', tool_input: {} }).before,
          after: around(['', 'afterFileEdit'], { ...payload, file_path: fileOf(edit), edits }).after,
        },
      ];
    },
  },
  'claude-code': { windowsShell: 'sh', canaries: claudeShaped('Write', 'file_path') },
  windsurf: {
    canaries: (edit) => [
      around(
        ['pre_write_code', 'post_write_code'],
        {
          trajectory_id: edit.session,
          model_name: 'canary',
          tool_info: { file_path: fileOf(edit), edits: [{ old_string: '', new_string: edit.text }] },
        },
        {},
        'agent_action_name',
      ),
    ],
  },
  codex: {
    canaries: (edit) => [
      around(
        ['PreToolUse', 'PostToolUse'],
        {
          ...common(edit),
          model: 'canary',
          tool_name: 'apply_patch',
          tool_use_id: edit.session,
          tool_input: { command: patchOf(edit) },
        },
        { tool_response: 'Success.' },
      ),
    ],
  },
  gemini: {
    canaries: (edit) => {
      const returnDisplay = { filePath: fileOf(edit), originalContent: '', newContent: edit.text, isNewFile: true };
      const input = { file_path: fileOf(edit), content: edit.text };
      return [
        around(
          ['BeforeTool', 'AfterTool'],
          { ...common(edit), tool_name: 'write_file', tool_input: input },
          { tool_response: { returnDisplay } },
        ),
      ];
    },
  },
  antigravity: {
    windowsShell: 'cmd',
    canaries: (edit) => {
      const payload = { conversationId: edit.session, workspacePaths: [edit.folder], stepIdx: 1 };
      const args = { TargetFile: fileOf(edit), CodeContent: edit.text };
      return [
        {
          before: { event: 'PreToolUse', payload: { ...payload, toolCall: { name: 'write_to_file', args } } },
          after: { event: 'PostToolUse', payload },
        },
      ];
    },
  },
  opencode: {
    canaries: (edit) => {
      const { before, after } = around(
        ['PreToolUse', 'PostToolUse'],
        {
          opencode: true,
          ...common(edit),
          model: 'canary',
          tool_name: 'write',
          tool_use_id: edit.session,
          tool_input: { filePath: fileOf(edit), content: edit.text },
        },
        { tool_response: { metadata: { exists: false } } },
      );
      // what our plugin calls its two commands
      return [{ before: { ...before, event: 'BEFORE' }, after: { ...after, event: 'OTHER' } }];
    },
  },
  cline: {
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
  },
  'qwen-code': { windowsShell: 'cmd', canaries: claudeShaped('write_file', 'file_path') },
};

function patchOf({ name, text }: CanaryEdit): string {
  const lines = text.split('\n').filter((line) => line !== '');
  return ['*** Begin Patch', `*** Add File: ${name}`, ...lines.map((line) => `+${line}`), '*** End Patch', ''].join(
    '\n',
  );
}
