/** The text of the plugin that OpenCode loads. */
import type { HookCommand, HookCommands } from '../../types';

/**
 * Bun or Node runs it in OpenCode's own process: nothing in it may throw except a refusal, and nothing may wait
 * forever.
 */
export function opencodePlugin({ before, others }: HookCommands): string {
  return `// Linekeeper hook: tells Linekeeper what OpenCode does to files. "linekeeper uninstall" takes it away.
import { spawn } from 'node:child_process';

const BEFORE = ${shells(before)};
const OTHER = ${shells(others)};
const windows = process.platform === 'win32';
const powershell = \`\${process.env.SystemRoot ?? 'C:\\\\Windows'}\\\\System32\\\\WindowsPowerShell\\\\v1.0\\\\powershell.exe\`;

function run(command, payload, directory) {
  return new Promise((resolve) => {
    const words = windows ? [powershell, ['-NoProfile', '-Command', command.powershell]] : ['/bin/sh', ['-c', command.sh]];
    const child = spawn(words[0], words[1], { cwd: directory, stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    const end = (code) => { clearTimeout(limit); resolve({ code, said: said.trim() }); };
    const limit = setTimeout(() => { child.kill(); end(0); }, 15000);
    child.on('error', () => end(0));
    child.stderr.on('data', (data) => { said += data; });
    child.on('close', end);
    child.stdin.on('error', () => {});
    child.stdin.end(JSON.stringify(payload));
  });
}

export const Linekeeper = async ({ directory }) => {
  const models = new Map();
  const tell = (command, event, session, more) =>
    run(command, { opencode: true, hook_event_name: event, session_id: session, cwd: directory, model: models.get(session), ...more }, directory);
  return {
    'chat.message': async (input, output) => {
      const model = input.model ?? output.message?.model;
      if (model?.modelID) models.set(input.sessionID, model.modelID);
      const prompt = (output.parts ?? []).filter((part) => part.type === 'text').map((part) => part.text).join('\\n');
      await tell(OTHER, 'UserPromptSubmit', input.sessionID, { prompt });
    },
    'tool.execute.before': async (input, output) => {
      const answer = await tell(BEFORE, 'PreToolUse', input.sessionID, { tool_name: input.tool, tool_use_id: input.callID, tool_input: output.args });
      if (answer.code === 2) throw new Error(answer.said || 'refused by Linekeeper');
    },
    'tool.execute.after': async (input, output) => {
      const { title, metadata } = output ?? {};
      await tell(OTHER, 'PostToolUse', input.sessionID, { tool_name: input.tool, tool_use_id: input.callID, tool_input: input.args, tool_response: { title, metadata: { exists: metadata?.exists, exit: metadata?.exit } } });
    },
    event: async ({ event }) => {
      if (event.type === 'session.idle') await tell(OTHER, 'Stop', event.properties?.sessionID, {});
    },
  };
};
`;
}

const shells = ({ sh, powershell }: HookCommand): string => JSON.stringify({ sh, powershell }, undefined, 2);
