/**
 * Plays Claude Code where the program cannot be had: payloads that were recorded from it (test/fixtures/samples), with
 * the paths and texts of the steps put in, go to the hooks that are set up, and the steps are done between before and
 * after.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sample, type Payload } from '../samples';
import type { PlayedHook, Session, SessionOptions, Step } from './agent';
import { CLAUDE_MODEL } from './claude-code';
import { removing } from './driver';
import { runProgram, type ProgramResult } from './process';

const SAMPLES = 'claude-code/session';

export interface PlayedSession extends Pick<Session, 'completed'> {
  readonly hooks: readonly PlayedHook[];
}

/**
 * The same as a real session as far as hooks, files and the transcript go. Throws when a step's edit does not fit its
 * file.
 */
export async function playRecorded(options: SessionOptions): Promise<PlayedSession> {
  const player = new Player(options);
  await player.session();
  return { completed: true, hooks: player.hooks };
}

class Player {
  readonly hooks: PlayedHook[] = [];
  private readonly session_id = `00000000-0000-4000-8000-${String(Date.now()).padStart(12, '0').slice(-12)}`;
  private readonly transcript: string;
  private calls = 0;

  constructor(private readonly options: SessionOptions) {
    this.transcript = path.join(
      options.home,
      '.claude',
      'projects',
      options.cwd.replaceAll(/[^A-Za-z0-9]/g, '-'),
      `${this.session_id}.jsonl`,
    );
    mkdirSync(path.dirname(this.transcript), { recursive: true });
  }

  async session(): Promise<void> {
    await this.send(sample(SAMPLES, 'SessionStart'));
    await this.send({ ...sample(SAMPLES, 'UserPromptSubmit'), prompt: this.options.prompt ?? 'Please do the work.' });
    for (const step of this.options.steps) await this.step(step);
    await this.send(sample(SAMPLES, 'Stop'));
    await this.send(sample(SAMPLES, 'SessionEnd'));
  }

  private async step(step: Step): Promise<void> {
    if ('meanwhile' in step) await step.meanwhile();
    else if ('parallel' in step) {
      const calls = step.parallel.map((one) => this.call(one));
      const allowed = [];
      for (const call of calls) if (await this.before(call)) allowed.push(call);
      for (const call of allowed) await this.after(call);
    } else {
      const call = this.call(step);
      if (await this.before(call)) await this.after(call);
    }
  }

  private call(step: Step): Call {
    const id = `call_recorded_${String(this.calls++)}`;
    if ('shell' in step) return { id, tool: 'Bash', input: { command: step.shell.command } };
    if ('write' in step)
      return {
        id,
        tool: 'Write',
        input: { file_path: path.resolve(this.options.cwd, step.write.path), content: step.write.content },
      };
    if ('remove' in step)
      return { id, tool: 'Bash', input: { command: removing(path.resolve(this.options.cwd, step.remove.path)) } };
    if (!('edit' in step)) throw new Error('one step of one call is expected');
    const { path: file, old, new: text, everywhere } = step.edit;
    return {
      id,
      tool: 'Edit',
      input: {
        file_path: path.resolve(this.options.cwd, file),
        old_string: old,
        new_string: text,
        replace_all: everywhere === true,
      },
    };
  }

  /** Whether the tool may act. */
  private async before(call: Call): Promise<boolean> {
    const message = {
      role: 'assistant',
      model: this.options.model ?? CLAUDE_MODEL,
      content: [{ type: 'tool_use', id: call.id, name: call.tool, input: call.input }],
    };
    writeFileSync(this.transcript, `${JSON.stringify({ type: 'assistant', sessionId: this.session_id, message })}\n`, {
      flag: 'a',
    });
    const answers = await this.send({ ...sample(SAMPLES, 'PreToolUse', call.tool), ...filled(call) });
    return !answers.some((answer) => answer.code === 2 || /"permissionDecision":\s*"(deny|ask)"/.test(answer.stdout));
  }

  private async after(call: Call): Promise<void> {
    const done = call.tool === 'Bash' ? await this.runCommand(call) : change(call);
    const event = done === undefined ? 'PostToolUseFailure' : 'PostToolUse';
    const recorded = sample(SAMPLES, event, call.tool);
    const response = done && { tool_response: { ...(recorded['tool_response'] as Payload), ...done } }; // our own file: it is an object there
    await this.send({ ...recorded, ...filled(call), ...response });
  }

  /** What Claude Code adds to the response; undefined when the command failed. */
  private async runCommand(call: Call): Promise<Payload | undefined> {
    const { cwd } = this.options;
    const { code, stdout, stderr } = await runProgram('/bin/sh', ['-c', String(call.input['command'])], {
      cwd,
      env: this.environment(),
      limit: 60_000,
    });
    return code === 0 ? { stdout: stdout.trimEnd(), stderr: stderr.trimEnd() } : undefined;
  }

  private async send(recorded: Payload): Promise<ProgramResult[]> {
    const payload = {
      ...recorded,
      session_id: this.session_id,
      transcript_path: this.transcript,
      cwd: this.options.cwd,
    };
    const event = String(recorded['hook_event_name']);
    const tool = typeof recorded['tool_name'] === 'string' ? recorded['tool_name'] : undefined;
    const results: ProgramResult[] = [];
    for (const command of this.commandsFor(event, tool)) {
      const result = await runProgram('/bin/sh', ['-c', command], {
        cwd: this.options.cwd,
        env: this.environment(),
        input: JSON.stringify(payload),
        limit: 20_000,
      });
      results.push(result);
      this.hooks.push({ event, ...(tool === undefined ? {} : { tool }), result });
    }
    return results;
  }

  private environment(): Record<string, string> {
    return {
      PATH: process.env['PATH'] ?? '',
      HOME: this.options.home,
      GIT_CONFIG_NOSYSTEM: '1',
      CLAUDECODE: '1',
      CLAUDE_PROJECT_DIR: this.options.cwd,
      ...this.options.env,
    };
  }

  /** The hooks of the person and of the project, as Claude Code finds them. */
  private commandsFor(event: string, tool: string | undefined): string[] {
    const files = [path.join(this.options.home, '.claude'), path.join(this.options.cwd, '.claude')].map((folder) =>
      path.join(folder, 'settings.json'),
    );
    const commands = files.filter(existsSync).flatMap((file) => {
      const settings = JSON.parse(readFileSync(file, 'utf8')) as Settings; // set up by the test
      return (settings.hooks?.[event] ?? [])
        .filter(
          (group) =>
            tool === undefined ||
            !group.matcher ||
            group.matcher === '*' ||
            new RegExp(`^(?:${group.matcher})$`).test(tool),
        ) // Claude Code takes it for a regular expression
        .flatMap((group) => group.hooks.map((hook) => hook.command));
    });
    return [...new Set(commands)];
  }
}

interface Settings {
  readonly hooks?: Readonly<
    Record<string, readonly { readonly matcher?: string; readonly hooks: readonly { readonly command: string }[] }[]>
  >;
}

interface Call {
  readonly id: string;
  readonly tool: 'Write' | 'Edit' | 'Bash';
  readonly input: Payload;
}

const filled = (call: Call): Payload => ({ tool_input: call.input, tool_use_id: call.id });

/** Writes or edits the file, and gives what Claude Code's response says about it. */
function change(call: Call): Payload {
  const file = String(call.input['file_path']);
  const before = existsSync(file) ? readFileSync(file, 'utf8') : null;
  if (call.tool === 'Write') {
    const content = String(call.input['content']);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    return {
      type: before === null ? 'create' : 'update',
      filePath: file,
      content,
      originalFile: before,
      structuredPatch: [],
    };
  }
  const [old, text] = [String(call.input['old_string']), String(call.input['new_string'])];
  const pieces = (before ?? '').split(old);
  if (pieces.length < 2 || (pieces.length > 2 && call.input['replace_all'] !== true))
    throw new Error(`the text to edit is ${pieces.length < 2 ? 'not in' : 'more than once in'} ${file}`);
  writeFileSync(file, pieces.join(text));
  return {
    filePath: file,
    oldString: old,
    newString: text,
    originalFile: before,
    structuredPatch: [],
    replaceAll: call.input['replace_all'] === true,
  };
}
