/** OpenAI Codex, the real program. Its edits are patches. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { commonEnds } from '../common-ends';
import { RESPONSES } from '../model/responses';
import type { ToolCall } from '../model/turns';
import { driverOf, fileOf, type CallStep } from './driver';
import { SERVER, TOOL } from './mcp-server';

export const codex = driverOf({
  id: 'codex',
  title: 'OpenAI Codex',
  program: { name: '@openai/codex', version: '0.169.0', bin: 'codex' },
  model: 'gpt-5.5',
  wire: RESPONSES,
  mainTool: 'exec_command',
  calls,
  prepare: (home, url, cwd, sandbox) => {
    const file = path.join(home, '.codex', 'config.toml');
    mkdirSync(path.dirname(file), { recursive: true });
    // settings that are there begin with keys and end with a table
    const there = existsSync(file) ? readFileSync(file, 'utf8') : '';
    writeFileSync(
      file,
      [
        'model_provider = "test"',
        'approval_policy = "never"',
        ...(sandbox ? [] : ['sandbox_mode = "danger-full-access"']),
        'check_for_update_on_startup = false',
        '',
        sandbox ? there : '',
        '[model_providers.test]',
        'name = "test"',
        `base_url = "${url}/v1"`,
        'wire_api = "responses"',
        'requires_openai_auth = false',
        'request_max_retries = 1',
        'stream_max_retries = 1',
        '',
        '[analytics]',
        'enabled = false',
        '',
        '[otel]',
        'exporter = "none"',
        '',
        `[projects.${JSON.stringify(cwd)}]`,
        'trust_level = "trusted"',
        '',
      ].join('\n'),
    );
  },
  mcp: {
    tool: TOOL,
    namespace: `mcp__${SERVER}`,
    setUp: (home, name, [command, ...args]) => {
      appendFileSync(
        path.join(home, '.codex', 'config.toml'),
        `\n[mcp_servers.${name}]\ncommand = ${JSON.stringify(command)}\nargs = ${JSON.stringify(args)}\nstartup_timeout_sec = 60\n`,
      );
    },
  },
  // the person's trust, which these tests stand in for
  args: (prompt, model, cwd, sandbox) => [
    'exec',
    '--skip-git-repo-check',
    '--dangerously-bypass-hook-trust',
    ...(sandbox ? [] : ['--dangerously-bypass-approvals-and-sandbox']),
    '-m',
    model,
    '-C',
    cwd,
    prompt,
  ],
  env: () => ({}),
});

function calls(step: CallStep, cwd: string): ToolCall[] {
  if ('shell' in step) return [{ name: 'exec_command', input: { cmd: step.shell.command } }];
  return [{ name: 'apply_patch', input: {}, text: patchOf(step, cwd) }];
}

/** The patch that does a step. */
export function patchOf(step: Exclude<CallStep, { readonly shell: unknown }>, cwd: string): string {
  const file = fileOf(step, cwd) ?? '';
  const name = path.relative(cwd, file);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if ('remove' in step) return patch(`*** Delete File: ${name}\n`);
  const after = 'write' in step ? step.write.content : (before ?? '').replace(step.edit.old, () => step.edit.new);
  if (before === undefined) return patch(`*** Add File: ${name}\n${marked(after, '+')}`);
  return patch(`*** Update File: ${name}\n@@\n${hunk(lines(before), lines(after))}`);
}

const patch = (body: string): string => `*** Begin Patch\n${body}*** End Patch`;
const lines = (text: string): string[] => text.replace(/\n$/, '').split('\n');
const marked = (text: string, mark: string): string =>
  lines(text)
    .map((line) => `${mark}${line}\n`)
    .join('');

function hunk(before: readonly string[], after: readonly string[]): string {
  const { head: start, tail: end } = commonEnds(before, after);
  const of = (all: readonly string[], mark: string): string[] =>
    all.slice(start, all.length - end).map((line) => `${mark}${line}\n`);
  return [
    ...before.slice(Math.max(0, start - 3), start).map((line) => ` ${line}\n`),
    ...of(before, '-'),
    ...of(after, '+'),
    ...before.slice(before.length - end, before.length - end + 3).map((line) => ` ${line}\n`),
  ].join('');
}
