/** Cline's CLI, the real program. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CHAT_COMPLETIONS } from '../model/chat-completions';
import type { ToolCall } from '../model/turns';
import { driverOf, fileOf, removing, type CallStep } from './driver';

const MODEL = 'test-model';

export const cline = driverOf({
  id: 'cline',
  title: 'Cline CLI',
  program: { name: 'cline', version: '3.0.65', bin: 'cline' },
  refusalEnds: true,
  hidesModel: true,
  model: MODEL,
  wire: CHAT_COMPLETIONS,
  mainTool: 'run_commands',
  calls,
  // as `cline auth` writes it
  prepare: (home, url) => {
    const folder = path.join(home, '.cline', 'data', 'settings');
    mkdirSync(folder, { recursive: true });
    const id = 'openai-compatible';
    const settings = { provider: id, apiKey: 'test', model: MODEL, baseUrl: `${url}/v1` };
    const provider = { settings, updatedAt: new Date().toISOString(), tokenSource: 'manual' };
    const providers = { version: 1, lastUsedProvider: id, modes: {}, providers: { [id]: provider } };
    writeFileSync(path.join(folder, 'providers.json'), JSON.stringify(providers));
  },
  args: (prompt, _model, cwd) => ['--auto-approve', 'true', '--json', '-c', cwd, prompt],
  // without its hub, which is a process that outlives the session
  env: () => ({ CLINE_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', CLINE_SESSION_BACKEND_MODE: 'local' }),
});

function calls(step: CallStep, cwd: string): ToolCall[] {
  const file = fileOf(step, cwd) ?? '';
  const shell = (command: string): ToolCall => ({ name: 'run_commands', input: { commands: [command] } });
  if ('shell' in step) return [shell(step.shell.command)];
  if ('remove' in step) return [shell(removing(file))];
  if ('write' in step)
    return existsSync(file)
      ? [shell(`cat > '${file}' <<'TEXT'\n${step.write.content}TEXT`)]
      : [{ name: 'editor', input: { path: file, new_text: step.write.content } }];
  return [{ name: 'editor', input: { path: file, old_text: step.edit.old, new_text: step.edit.new } }];
}
