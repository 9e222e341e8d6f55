/**
 * For each assistant, what its hooks would receive when it creates one file: so that installed hooks can be tested
 * without the assistant. One line in the table for each assistant that has hooks.
 */
import path from 'node:path';

/** The file to create. */
export interface CanaryEdit {
  /** Absolute. */
  readonly folder: string;
  readonly name: string;
  readonly text: string;
  readonly session: string;
  readonly home: string;
}

/** One event of a hook. */
export interface CanaryEvent {
  /** The event's name in the hook file, such as a key or the name of a program. */
  readonly event: string;
  readonly payload: object;
  /** The payload comes in this variable, and standard input never ends. Default: on standard input. */
  readonly variable?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Canary {
  /** Given where an assistant has several programs with hooks of their own. */
  readonly surface?: string;
  readonly before: CanaryEvent;
  readonly after: CanaryEvent;
}

type CanariesOf = (edit: CanaryEdit) => readonly Canary[];

export const CANARIES: Readonly<Record<string, CanariesOf | undefined>> = {
  kiro: (edit) => [
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
  'github-copilot': (edit) => [
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
  cursor: (edit) => {
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
  'claude-code': claudeShaped('Write', 'file_path'),
  windsurf: (edit) => {
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
  codex: (edit) => {
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
  gemini: (edit) => {
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
  antigravity: (edit) => {
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
  opencode: (edit) => {
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
  cline: (edit) => {
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
  'qwen-code': claudeShaped('write_file', 'file_path'),
};

const fileOf = (edit: CanaryEdit): string => path.join(edit.folder, edit.name);
const common = (edit: CanaryEdit): object => ({ session_id: edit.session, cwd: edit.folder });

function claudeShaped(tool: string, key: string): CanariesOf {
  return (edit) => {
    const payload = {
      ...common(edit),
      tool_name: tool,
      tool_use_id: edit.session,
      tool_input: { [key]: fileOf(edit), content: edit.text },
    };
    return [
      {
        before: { event: 'PreToolUse', payload: { ...payload, hook_event_name: 'PreToolUse' } },
        after: {
          event: 'PostToolUse',
          payload: {
            ...payload,
            hook_event_name: 'PostToolUse',
            tool_response: { type: 'create', content: edit.text },
          },
        },
      },
    ];
  };
}

function patchOf({ name, text }: CanaryEdit): string {
  const lines = text.split('\n').filter((line) => line !== '');
  return ['*** Begin Patch', `*** Add File: ${name}`, ...lines.map((line) => `+${line}`), '*** End Patch', ''].join(
    '\n',
  );
}
