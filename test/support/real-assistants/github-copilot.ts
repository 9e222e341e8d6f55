/** GitHub Copilot CLI, the real program. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CHAT_COMPLETIONS } from '../model/chat-completions';
import { RESPONSES } from '../model/responses';
import type { ToolCall } from '../model/turns';
import { patchOf } from './codex';
import { driverOf, fileOf, removing, type CallStep, type DriverOptions } from './driver';
import { SERVER, TOOL } from './mcp-server';

const COMMON = {
  id: 'github-copilot',
  program: { name: '@github/copilot', version: '1.0.102', bin: 'copilot' },
  mainTool: 'bash',
  namesModelLate: true,
  prepare: () => undefined,
  mcp: {
    tool: `${SERVER}-${TOOL}`,
    setUp: (home: string, name: string, [command, ...args]: readonly [string, ...string[]]) => {
      const folder = path.join(home, '.copilot');
      mkdirSync(folder, { recursive: true });
      writeFileSync(
        path.join(folder, 'mcp-config.json'),
        JSON.stringify({ mcpServers: { [name]: { type: 'local', command, args, tools: ['*'] } } }),
      );
    },
  },
  args: (prompt: string) => [
    '-p',
    prompt,
    '--allow-all-tools',
    '--allow-all-paths',
    '--no-color',
    '--log-level',
    'error',
    '--disable-builtin-mcps',
  ],
} as const;

const env = (url: string, model: string, wire: string): Readonly<Record<string, string>> => ({
  COPILOT_OFFLINE: 'true',
  COPILOT_AUTO_UPDATE: 'false',
  COPILOT_PROVIDER_BASE_URL: `${url}/v1`,
  COPILOT_PROVIDER_TYPE: 'openai',
  COPILOT_PROVIDER_WIRE_API: wire,
  COPILOT_MODEL: model,
  GITHUB_COPILOT_PROMPT_MODE_REPO_HOOKS: 'true',
});

export const githubCopilot = driverOf({
  ...COMMON,
  title: 'GitHub Copilot CLI',
  model: 'claude-sonnet-4.5',
  wire: CHAT_COMPLETIONS,
  calls,
  env: (url, model) => env(url, model, 'completions'),
});

/** With models of this family it edits by patches, whose text is the whole of the tool's input. */
export const githubCopilotPatching = driverOf({
  ...COMMON,
  title: 'GitHub Copilot CLI with patches',
  model: 'gpt-5.5',
  wire: RESPONSES,
  calls: (step, cwd) =>
    'shell' in step ? calls(step, cwd) : [{ name: 'apply_patch', input: {}, text: patchOf(step, cwd) }],
  env: (url, model) => env(url, model, 'responses'),
} satisfies DriverOptions);

function calls(step: CallStep, cwd: string): ToolCall[] {
  const file = fileOf(step, cwd) ?? '';
  const shell = (command: string): ToolCall => ({
    name: 'bash',
    input: { command, description: 'a step', mode: 'sync' },
  });
  if ('shell' in step) return [shell(step.shell.command)];
  if ('remove' in step) return [shell(removing(file))];
  if ('write' in step)
    return existsSync(file)
      ? [shell(`cat > '${file}' <<'TEXT'\n${step.write.content}TEXT`)]
      : [{ name: 'create', input: { path: file, file_text: step.write.content } }];
  return [{ name: 'edit', input: { path: file, old_str: step.edit.old, new_str: step.edit.new } }];
}
