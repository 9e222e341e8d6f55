/**
 * What differs between assistants that are programs from npm, and how one session of each is run against a scripted
 * model.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ScriptedModel, type Wire } from '../model/server';
import type { ToolCall, Turn } from '../model/turns';
import type { Availability, Session, SessionOptions, Step } from './agent';
import { seeing } from './machine-files';
import { MCP_SERVER, SERVER } from './mcp-server';
import { installed, type NpmProgram } from './npm';
import { runProgram } from './process';

/** A step that only some programs can do. */
export type SpecialStep = Extract<Step, { readonly delegate: unknown } | { readonly cell: unknown }>;

/** A step that is one call. */
export type CallStep = Exclude<
  Step,
  SpecialStep | { readonly put: unknown } | { readonly parallel: unknown } | { readonly meanwhile: unknown }
>;

export interface DriverOptions {
  /** As in the table of assistants. */
  readonly id: string;
  readonly title: string;
  readonly program: NpmProgram;
  /** What runs it, where it needs a newer Node than we do. */
  readonly runtime?: NpmProgram;
  /** A refusal ends its whole run. */
  readonly refusalEnds?: true;
  /** It tells hooks nothing of its model. */
  readonly hidesModel?: true;
  /**
   * Names its model in a transcript only, which it may not have written yet when a session commits in its first
   * seconds: the message then lacks it.
   */
  readonly namesModelLate?: true;
  readonly model: string;
  readonly wire: Wire;
  /** The tool by which the main conversation is known. */
  readonly mainTool: string;
  /** The calls that do a step. */
  readonly calls: (step: CallStep, cwd: string) => readonly ToolCall[];
  /** The calls of a special step, answer by answer. */
  readonly special?: (step: SpecialStep, cwd: string) => readonly (readonly ToolCall[])[];
  /** How a server is set up for it, by the words that start it, and what it calls the server's tool. */
  readonly mcp?: {
    readonly tool: string;
    readonly namespace?: string;
    readonly setUp: (home: string, name: string, command: readonly [string, ...string[]]) => void;
  };
  /** Calls that must come before, such as reading the file. They may find none of it there. */
  readonly first?: (step: CallStep, cwd: string) => readonly ToolCall[];
  /** Writes what a first start by hand leaves behind, and where the model is. Settings that are there stay. */
  readonly prepare: (home: string, url: string, cwd: string, sandbox: boolean) => void;
  readonly args: (prompt: string, model: string, cwd: string, sandbox: boolean) => readonly string[];
  readonly env: (url: string, model: string) => Readonly<Record<string, string>>;
  /** Milliseconds for one session. */
  readonly limit?: number;
}

export interface Driver extends Pick<
  DriverOptions,
  'id' | 'title' | 'model' | 'program' | 'runtime' | 'refusalEnds' | 'hidesModel' | 'namesModelLate' | 'special' | 'mcp'
> {
  /** Installs the program when it is not there yet, and sees whether it starts. Asks once. */
  readonly available: () => Promise<Availability>;
  /** One session without a person that does exactly these steps. Throws where the program can't be had. */
  readonly runSession: (options: SessionOptions) => Promise<Session>;
}

const LIMIT = 120_000;

export function driverOf(options: DriverOptions): Driver {
  let answer: Promise<Availability> | undefined;
  const look = async (): Promise<Availability> => {
    const { title, program } = options;
    try {
      const file = await installed(program);
      const [first, ...words] = await startOf(options);
      const started = await runProgram(first, [...words, '--version'], {
        cwd: path.dirname(file),
        env: environment(path.join(path.dirname(file), 'home')),
        limit: 60_000,
      });
      if (started.code !== 0)
        return {
          available: false,
          why: `${title} does not start here: ${started.stderr.trim().split('\n').slice(-1).join('')}`,
        };
      return { available: true, version: started.stdout.trim() };
    } catch (error) {
      return {
        available: false,
        why: `${title} could not be installed: ${error instanceof Error ? error.message : String(error)}`,
      };
    }
  };
  return { ...options, available: () => (answer ??= look()), runSession: (session) => run(options, session) };
}

async function run(options: DriverOptions, session: SessionOptions): Promise<Session> {
  const [file, ...words] = await startOf(options);
  const server = await ScriptedModel.start(options.wire, options.mainTool);
  const model = session.model ?? options.model;
  try {
    server.play(
      session.steps.flatMap((step) => turnsOf(options, step, session.cwd)),
      partsOf(options, session.steps, session.cwd),
    );
    const { sandbox = false } = session;
    options.prepare(session.home, server.url, session.cwd, sandbox);
    if (session.steps.some((step) => 'put' in step)) options.mcp?.setUp(session.home, SERVER, MCP_SERVER);
    const surroundings = {
      cwd: session.cwd,
      env: { ...environment(session.home), ...options.env(server.url, model), ...session.env },
      limit: session.limit ?? options.limit ?? LIMIT,
    };
    const [first, ...rest] = seeing(session.etc, [
      file,
      ...words,
      ...options.args(session.prompt ?? 'Please do the work.', model, session.cwd, sandbox),
    ]);
    const program = await runProgram(first, rest, surroundings);
    return {
      completed: server.finished && program.code === 0,
      program,
      results: server.results,
      surprises: server.surprises,
      heard: server.heard,
    };
  } finally {
    await server.stop();
  }
}

/** The words that start the program. */
async function startOf({ program, runtime }: DriverOptions): Promise<readonly [string, ...string[]]> {
  const file = await installed(program);
  return runtime === undefined ? [file] : [await installed(runtime), file];
}

/** Nothing of this machine's environment but PATH. */
function environment(home: string): Record<string, string> {
  const tmp = path.join(home, 'tmp');
  mkdirSync(tmp, { recursive: true });
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    TMPDIR: tmp,
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    SHELL: '/bin/bash',
    NO_COLOR: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
    NO_UPDATE_NOTIFIER: '1',
  };
}

function turnsOf({ calls, first, special, mcp }: DriverOptions, step: Step, cwd: string): Turn[] {
  if ('meanwhile' in step) return [step];
  if ('put' in step)
    return [
      {
        calls:
          mcp === undefined
            ? []
            : [
                {
                  name: mcp.tool,
                  ...(mcp.namespace === undefined ? {} : { namespace: mcp.namespace }),
                  input: { path: path.resolve(cwd, step.put.path), text: step.put.text },
                },
              ],
      },
    ];
  if ('delegate' in step || 'cell' in step) return (special?.(step, cwd) ?? []).map((made) => ({ calls: made }));
  const parts = ('parallel' in step ? step.parallel : [step]).filter(
    (part): part is CallStep =>
      !('parallel' in part || 'meanwhile' in part || 'delegate' in part || 'cell' in part || 'put' in part),
  );
  const look: Turn = () => ({ calls: parts.flatMap((part) => first?.(part, cwd) ?? []) });
  return [look, () => ({ calls: parts.flatMap((part) => calls(part, cwd)) })];
}

/** What each subagent is to do, by its name; those of subagents too. */
function partsOf(options: DriverOptions, steps: readonly Step[], cwd: string): Map<string, Turn[]> {
  const parts = new Map<string, Turn[]>();
  for (const step of steps.flatMap((one) => ('parallel' in one ? one.parallel : [one]))) {
    if (!('delegate' in step)) continue;
    const { name, steps: inner } = step.delegate;
    parts.set(
      name,
      inner.flatMap((one) => turnsOf(options, one, cwd)),
    );
    for (const [deeper, turns] of partsOf(options, inner, cwd)) parts.set(deeper, turns);
  }
  return parts;
}

/** The file that a step is about; undefined for a command. */
export function fileOf(step: CallStep, cwd: string): string | undefined {
  const target =
    'write' in step
      ? step.write.path
      : 'edit' in step
        ? step.edit.path
        : 'remove' in step
          ? step.remove.path
          : undefined;
  return target === undefined ? undefined : path.resolve(cwd, target);
}

/** Adds to the settings that `prepare` wrote into a file. */
export function addSettings(file: string, more: object): void {
  const there = JSON.parse(readFileSync(file, 'utf8')) as object; // our own file
  writeFileSync(file, JSON.stringify({ ...there, ...more }));
}

/** A command that removes a file, for assistants that have no tool for it. */
export const removing = (file: string): string => `rm -- '${file}'`;
