/** A repository of its own in a folder of its own: real git and the built command line, with nobody's settings. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { removeFolder } from '../../folders';

/** The built command line. */
export const CLI = resolve(import.meta.dirname, '../../../../dist/cli.js');

export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** What a hand is at: its own edits, a conflict, or git bringing older text back at the word of nobody. */
export type Means = 'edits' | 'settles' | 'restores';

/** How git is told the message of a commit. */
export interface Wording {
  args: readonly string[];
  input?: string;
  env?: Record<string, string>;
}

/** One thing that was done, so that it can be done again. Between `open` and `close` one hand is at work. */
export type Step =
  | {
      kind: 'git';
      args: readonly string[];
      input?: string;
      env?: Record<string, string>;
      todo?: string;
      code?: number;
      wording?: Wording;
    }
  | { kind: 'keeper'; args: readonly string[] }
  | { kind: 'record'; told: Record<string, unknown> }
  | { kind: 'write'; path: string; text: string }
  | { kind: 'remove'; path: string }
  | { kind: 'blob'; text: string }
  | { kind: 'worktree'; dir: string }
  | { kind: 'open'; what: string; actor: string; told?: Record<string, unknown>; means: Means }
  | { kind: 'close'; told?: Record<string, unknown> }
  | { kind: 'say'; text: string }
  | { kind: 'look' }
  | { kind: 'status' };

export class Scratch {
  readonly home: string;
  /** The main worktree. */
  readonly main: string;
  /** The worktree at work. */
  dir: string;
  readonly env: NodeJS.ProcessEnv;
  /** What git is asked with by the oracle itself: nobody's settings. */
  readonly plain: NodeJS.ProcessEnv;
  /** What was done, one thing after another: enough to do it again. */
  readonly steps: Step[] = [];

  constructor() {
    this.home = mkdtempSync(join(tmpdir(), 'lk-outside-'));
    this.main = join(this.home, 'repo');
    this.dir = this.main;
    mkdirSync(this.main);
    const kept = Object.entries(process.env).filter(([name]) => !/^(?:GIT_|VSCODE_|LINEKEEPER)/.test(name));
    this.env = {
      ...Object.fromEntries(kept),
      HOME: this.home,
      XDG_CONFIG_HOME: join(this.home, '.config'),
      GIT_CONFIG_GLOBAL: join(this.home, '.gitconfig'),
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_EDITOR: 'true',
      GIT_TERMINAL_PROMPT: '0',
      LC_ALL: 'C.UTF-8',
    };
    this.plain = { GIT_CONFIG_GLOBAL: join(this.home, '.plainconfig') };
    writeFileSync(join(this.home, 'template'), '# What and why?\n\nTicket: \n');
    for (const name of ['.gitconfig', '.plainconfig'])
      writeFileSync(
        join(this.home, name),
        '[user]\n\tname = Ada\n\temail = ada@example.com\n[init]\n\tdefaultBranch = main\n[core]\n\tquotePath = false\n[advice]\n\tdetachedHead = false\n[protocol "file"]\n\tallow = always\n',
      );
  }

  run(
    program: string,
    args: readonly string[],
    options: { input?: string | Buffer; env?: NodeJS.ProcessEnv; dir?: string } = {},
  ): Ran {
    const ran = spawnSync(program, args, {
      cwd: options.dir ?? this.dir,
      env: { ...this.env, ...options.env },
      input: options.input ?? '',
      maxBuffer: 1 << 28,
      timeout: 120_000,
    });
    return { code: ran.status ?? 255, out: ran.stdout.toString('utf8'), err: ran.stderr.toString('utf8') };
  }

  /** git as a person would call it: kept among the steps. */
  git(
    args: readonly string[],
    options: { input?: string; env?: Record<string, string>; todo?: string; wording?: Wording } = {},
  ): Ran {
    const step: Step = { kind: 'git', args, ...options };
    this.steps.push(step);
    const env = { ...options.env };
    if (options.todo !== undefined) {
      const file = join(this.home, 'todo');
      writeFileSync(file, options.todo);
      env['GIT_SEQUENCE_EDITOR'] = `cp '${file}'`;
    }
    const ran = this.run('git', args, { ...(options.input === undefined ? {} : { input: options.input }), env });
    step.code = ran.code;
    return ran;
  }

  /** git as the oracle asks it: not kept, and with none of the settings that `settings.ts` plays. */
  ask(...args: string[]): string {
    return this.run('git', args, { env: this.plain }).out;
  }

  /** One of our own commands, kept among the steps. */
  keeper(args: readonly string[]): Ran {
    this.steps.push({ kind: 'keeper', args });
    return this.linekeeper([...args, '--repo', this.dir]);
  }

  linekeeper(args: readonly string[], input = ''): Ran {
    return this.run(process.execPath, [CLI, ...args], { input });
  }

  read(path: string): string | undefined {
    try {
      return decoded(path, readFileSync(join(this.dir, path)));
    } catch {
      return undefined;
    }
  }

  write(path: string, text: string): void {
    this.steps.push({ kind: 'write', path, text });
    mkdirSync(dirname(join(this.dir, path)), { recursive: true });
    writeFileSync(join(this.dir, path), path.endsWith('.u16') ? Buffer.from(`\uFEFF${text}`, 'utf16le') : text);
  }

  remove(path: string): void {
    this.steps.push({ kind: 'remove', path });
    rmSync(join(this.dir, path), { force: true });
  }

  /** All text files of the worktree. */
  files(): Map<string, string> {
    const found = new Map<string, string>();
    const walk = (folder: string) => {
      for (const entry of readdirSync(join(this.dir, folder), { withFileTypes: true })) {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (entry.name === '.git') continue;
        if (entry.isDirectory()) walk(path);
        else if (entry.isFile()) found.set(path, this.read(path) ?? '');
      }
    };
    walk('');
    return found;
  }

  /** Puts a content where git keeps them. */
  blob(text: string): string {
    this.steps.push({ kind: 'blob', text });
    return this.run('git', ['hash-object', '-w', '--stdin'], { input: text }).out.trim();
  }

  /** Goes on in another folder: the main one, or one beside it. */
  enter(dir: string): void {
    this.steps.push({ kind: 'worktree', dir });
    this.dir = join(this.home, dir);
  }

  dispose(): void {
    removeFolder(this.home);
  }
}

/** What is in a file, whichever encoding it has on disk. */
function decoded(path: string, bytes: Buffer): string {
  if (!path.endsWith('.u16')) return bytes.toString('utf8');
  const text = bytes[0] === 0xfe ? Buffer.from(bytes).swap16().toString('utf16le') : bytes.toString('utf16le');
  return text.replace(/^\uFEFF/, '');
}
