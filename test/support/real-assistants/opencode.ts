/** OpenCode, the real program. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CHAT_COMPLETIONS } from '../model/chat-completions';
import type { ToolCall } from '../model/turns';
import { addSettings, driverOf, fileOf, removing, type CallStep } from './driver';
import { SERVER, TOOL } from './mcp-server';

const MODEL = 'test-model';

export const opencode = driverOf({
  id: 'opencode',
  title: 'OpenCode',
  program: { name: 'opencode-ai', version: '1.18.33', bin: 'opencode' },
  model: MODEL,
  wire: CHAT_COMPLETIONS,
  mainTool: 'bash',
  // its tools refuse to change a file that the model has not read
  first: (step, cwd) => {
    const file = 'write' in step || 'edit' in step ? fileOf(step, cwd) : undefined;
    return file !== undefined && existsSync(file) ? [{ name: 'read', input: { filePath: file } }] : [];
  },
  calls,
  prepare: (home, url) => {
    const folder = path.join(home, '.config', 'opencode');
    mkdirSync(folder, { recursive: true });
    const provider = {
      test: {
        npm: '@ai-sdk/openai-compatible',
        name: 'Test',
        options: { baseURL: `${url}/v1`, apiKey: 'test' },
        models: { [MODEL]: { name: 'Test', tool_call: true, limit: { context: 128_000, output: 8000 } } },
      },
    };
    const settings = {
      autoupdate: false,
      share: 'disabled',
      model: `test/${MODEL}`,
      small_model: `test/${MODEL}`,
      permission: { edit: 'allow', bash: 'allow', webfetch: 'deny', external_directory: 'allow' },
      provider,
    };
    writeFileSync(path.join(folder, 'opencode.json'), JSON.stringify(settings, null, 2));
  },
  mcp: {
    tool: `${SERVER}_${TOOL}`,
    setUp: (home, name, command) =>
      addSettings(path.join(home, '.config', 'opencode', 'opencode.json'), {
        mcp: { [name]: { type: 'local', command, enabled: true, timeout: 60_000 } },
      }),
  },
  args: (prompt, model) => ['run', '--auto', '-m', `test/${model}`, prompt],
  // it looks for packages of its plugin folder in a registry: there is none here, and it goes on without
  env: (url) => ({
    OPENCODE_DISABLE_AUTOUPDATE: 'true',
    OPENCODE_DISABLE_MODELS_FETCH: 'true',
    OPENCODE_DISABLE_LSP_DOWNLOAD: 'true',
    OPENCODE_DISABLE_SHARE: 'true',
    NPM_CONFIG_REGISTRY: `${url}/npm/`,
    NPM_CONFIG_FETCH_RETRIES: '0',
  }),
});

function calls(step: CallStep, cwd: string): ToolCall[] {
  const file = fileOf(step, cwd) ?? '';
  const shell = (command: string): ToolCall => ({ name: 'bash', input: { command, description: 'a step' } });
  if ('shell' in step) return [shell(step.shell.command)];
  if ('remove' in step) return [shell(removing(file))];
  if ('write' in step) return [{ name: 'write', input: { filePath: file, content: step.write.content } }];
  return [{ name: 'edit', input: { filePath: file, oldString: step.edit.old, newString: step.edit.new } }];
}
