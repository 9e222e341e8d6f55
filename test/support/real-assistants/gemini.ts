/** Gemini CLI, the real program. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { GENERATE_CONTENT } from '../model/generate-content';
import type { ToolCall } from '../model/turns';
import { addSettings, driverOf, fileOf, removing, type CallStep } from './driver';
import { SERVER, TOOL } from './mcp-server';

export const gemini = driverOf({
  id: 'gemini',
  title: 'Gemini CLI',
  program: { name: '@google/gemini-cli', version: '0.61.0', bin: 'gemini' },
  model: 'gemini-2.5-pro',
  wire: GENERATE_CONTENT,
  mainTool: 'run_shell_command',
  calls,
  prepare: (home, _url, cwd) => {
    const folder = path.join(home, '.gemini');
    const file = path.join(folder, 'settings.json');
    mkdirSync(folder, { recursive: true });
    // set up by the test
    const there = (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}) as { readonly security?: object };
    const settings = {
      security: { ...there.security, auth: { selectedType: 'gemini-api-key' }, folderTrust: { enabled: false } },
      privacy: { usageStatisticsEnabled: false },
      telemetry: { enabled: false },
      general: {
        disableAutoUpdate: true,
        enableAutoUpdate: false,
        enableAutoUpdateNotification: false,
        disableUpdateNag: true,
      },
    };
    writeFileSync(file, JSON.stringify({ ...there, ...settings }, null, 2));
    writeFileSync(path.join(folder, 'trustedFolders.json'), JSON.stringify({ [cwd]: 'TRUST_FOLDER' }));
  },
  mcp: {
    tool: `mcp_${SERVER}_${TOOL}`,
    setUp: (home, name, [command, ...args]) =>
      addSettings(path.join(home, '.gemini', 'settings.json'), {
        mcpServers: { [name]: { command, args, trust: true } },
      }),
  },
  args: (prompt, model) => ['-p', prompt, '--yolo', '--skip-trust', '-m', model],
  env: (url) => ({
    GOOGLE_GEMINI_BASE_URL: url,
    GEMINI_API_KEY: 'test',
    GEMINI_CLI_NO_RELAUNCH: 'true',
    GEMINI_CLI_TRUST_WORKSPACE: 'true',
    GEMINI_TELEMETRY_ENABLED: 'false',
  }),
});

function calls(step: CallStep, cwd: string): ToolCall[] {
  const file = fileOf(step, cwd) ?? '';
  const shell = (command: string): ToolCall => ({
    name: 'run_shell_command',
    input: { command, description: 'a step' },
  });
  if ('shell' in step) return [shell(step.shell.command)];
  if ('remove' in step) return [shell(removing(file))];
  if ('write' in step) return [{ name: 'write_file', input: { file_path: file, content: step.write.content } }];
  return [
    {
      name: 'replace',
      input: { file_path: file, old_string: step.edit.old, new_string: step.edit.new, instruction: 'a step' },
    },
  ];
}
