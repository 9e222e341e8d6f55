/** Cline's CLI, the real program. */
import { existsSync } from 'node:fs';
import { CHAT_COMPLETIONS } from '../model/chat-completions';
import type { ToolCall } from '../model/turns';
import { driverOf, fileOf, removing, type CallStep } from './driver';

export const cline = driverOf({
  id: 'cline',
  title: 'Cline CLI',
  program: { name: 'cline', version: '3.0.65', bin: 'cline' },
  refusalEnds: true,
  hidesModel: true,
  model: 'test-model',
  wire: CHAT_COMPLETIONS,
  mainTool: 'run_commands',
  calls,
  prepare: () => undefined,
  setUp: (url, model) => ['auth', '-p', 'openai', '-k', 'test', '-m', model, '-b', `${url}/v1`],
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
