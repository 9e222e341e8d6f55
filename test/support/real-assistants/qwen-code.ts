/** Qwen Code, the real program. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CHAT_COMPLETIONS } from '../model/chat-completions';
import type { ToolCall } from '../model/turns';
import { addSettings, driverOf, fileOf, removing, type CallStep } from './driver';
import { SERVER, TOOL } from './mcp-server';
import { NEWER_NODE } from './npm';

const MODEL = 'test-model';

export const qwenCode = driverOf({
  id: 'qwen-code',
  title: 'Qwen Code',
  program: { name: '@qwen-code/qwen-code', version: '0.24.4', bin: 'qwen' },
  // it asks for Node 22
  ...(Number(process.versions.node.split('.')[0]) >= 22 ? {} : { runtime: NEWER_NODE }),
  model: MODEL,
  wire: CHAT_COMPLETIONS,
  mainTool: 'run_shell_command',
  // its tools refuse to change a file that the model has not read
  first: (step, cwd) => {
    const file = 'write' in step || 'edit' in step ? fileOf(step, cwd) : undefined;
    return file !== undefined && existsSync(file) ? [{ name: 'read_file', input: { file_path: file } }] : [];
  },
  calls,
  prepare: (home) => {
    const file = path.join(home, '.qwen', 'settings.json');
    mkdirSync(path.dirname(file), { recursive: true });
    const there = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as object) : {}; // set up by the test
    const settings = {
      security: { auth: { selectedType: 'openai' }, folderTrust: { enabled: false } },
      privacy: { usageStatisticsEnabled: false },
      telemetry: { enabled: false },
      general: { enableAutoUpdate: false, disableAutoUpdate: true, disableUpdateNag: true },
      model: { name: MODEL },
    };
    writeFileSync(file, JSON.stringify({ ...there, ...settings }, null, 2));
  },
  mcp: {
    tool: `mcp__${SERVER}__${TOOL}`,
    setUp: (home, name, [command, ...args]) =>
      addSettings(path.join(home, '.qwen', 'settings.json'), {
        mcpServers: { [name]: { command, args, trust: true } },
      }),
  },
  args: (prompt, model) => ['--yolo', '-m', model, prompt],
  env: (url, model) => ({
    OPENAI_API_KEY: 'test',
    OPENAI_BASE_URL: `${url}/v1`,
    OPENAI_MODEL: model,
    QWEN_CODE_NO_RELAUNCH: 'true',
    QWEN_TELEMETRY_ENABLED: 'false',
  }),
});

function calls(step: CallStep, cwd: string): ToolCall[] {
  const file = fileOf(step, cwd) ?? '';
  const shell = (command: string): ToolCall => ({
    name: 'run_shell_command',
    input: { command, description: 'a step', is_background: false },
  });
  if ('shell' in step) return [shell(step.shell.command)];
  if ('remove' in step) return [shell(removing(file))];
  if ('write' in step) return [{ name: 'write_file', input: { file_path: file, content: step.write.content } }];
  return [{ name: 'edit', input: { file_path: file, old_string: step.edit.old, new_string: step.edit.new } }];
}
