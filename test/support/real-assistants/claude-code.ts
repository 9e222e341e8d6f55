/** Claude Code, the real program. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MESSAGES } from '../model/messages';
import { partMark } from '../model/server';
import { addSettings, driverOf, fileOf, removing, type CallStep, type SpecialStep } from './driver';
import { SERVER, TOOL } from './mcp-server';
import type { ToolCall } from '../model/turns';

export const CLAUDE_MODEL = 'claude-opus-4-8';

export const claudeCode = driverOf({
  id: 'claude-code',
  title: 'Claude Code',
  program: { name: '@anthropic-ai/claude-code', version: '2.1.328', bin: 'claude' },
  model: CLAUDE_MODEL,
  wire: MESSAGES,
  mainTool: 'Bash',
  special,
  // its tools refuse to change a file that the model has not read
  first: (step, cwd) => {
    const file = 'write' in step || 'edit' in step ? fileOf(step, cwd) : undefined;
    return file !== undefined && existsSync(file) ? [{ name: 'Read', input: { file_path: file } }] : [];
  },
  calls,
  prepare: (home) => {
    const file = path.join(home, '.claude.json');
    mkdirSync(home, { recursive: true });
    if (!existsSync(file))
      writeFileSync(
        file,
        JSON.stringify({ hasCompletedOnboarding: true, bypassPermissionsModeAccepted: true, autoUpdates: false }),
      );
  },
  mcp: {
    tool: `mcp__${SERVER}__${TOOL}`,
    setUp: (home, name, [command, ...args]) =>
      addSettings(path.join(home, '.claude.json'), { mcpServers: { [name]: { type: 'stdio', command, args } } }),
  },
  args: (prompt, model) => ['-p', '--dangerously-skip-permissions', '--model', model, prompt],
  env: (url) => ({
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_API_KEY: 'test',
    IS_SANDBOX: '1', // as root it refuses to skip its permission questions elsewhere
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_ERROR_REPORTING: '1',
    DISABLE_AUTOUPDATER: '1',
  }),
});

export const { available, runSession } = claudeCode;

function calls(step: CallStep, cwd: string): ToolCall[] {
  const file = fileOf(step, cwd) ?? '';
  if ('write' in step) return [{ name: 'Write', input: { file_path: file, content: step.write.content } }];
  if ('shell' in step) return [{ name: 'Bash', input: { command: step.shell.command } }];
  if ('remove' in step) return [{ name: 'Bash', input: { command: removing(file) } }];
  return [
    {
      name: 'Edit',
      input: {
        file_path: file,
        old_string: step.edit.old,
        new_string: step.edit.new,
        replace_all: step.edit.everywhere === true,
      },
    },
  ];
}

/** Its tool for notebooks is only offered once it was looked for. */
function special(step: SpecialStep, cwd: string): ToolCall[][] {
  if ('cell' in step) {
    const file = path.resolve(cwd, step.cell.path);
    return [
      [
        { name: 'Read', input: { file_path: file } },
        { name: 'ToolSearch', input: { query: 'select:NotebookEdit' } },
      ],
      [{ name: 'NotebookEdit', input: { notebook_path: file, cell_id: step.cell.id, new_source: step.cell.source } }],
    ];
  }
  const { name, aside = false, elsewhere } = step.delegate;
  return [
    [
      {
        name: 'Agent',
        input: {
          description: `Do part ${name}`,
          prompt: `${partMark(name)} Please do your part.`,
          run_in_background: aside,
          ...(elsewhere ? { isolation: 'worktree' } : {}),
        },
      },
    ],
  ];
}
