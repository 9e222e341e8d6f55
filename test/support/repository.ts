/**
 * A real git repository in a temporary folder, with a home folder and a git configuration of its own.
 * Nothing of the machine's own configuration reaches it, and it removes itself.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { headOf } from '../../src/git/plumbing/head-and-branch';
import { Repository } from '../../src/git/plumbing/repository';
import { readFolder, removeFolder, writeFolder, type FolderContents } from './folders';
import { commitPlainly } from './plain-commit';

/** What `git init` made the first time: all later repositories are copies. */
let template: FolderContents | undefined;

/** Somebody who commits. */
export interface Person {
  readonly name: string;
  readonly email: string;
}

export interface CommitOptions {
  /** Author, and committer unless `committer` is given. Default: {@link ADA}. */
  readonly as?: Person;
  readonly committer?: Person;
  /** Author's and committer's date, as git reads one. Default: now. */
  readonly at?: string;
  /** Further arguments for `git commit`, such as `--amend`. */
  readonly args?: readonly string[];
  /** Commits only what is staged. Default: everything in the work tree is staged first. */
  readonly staged?: boolean;
}

export interface RunOptions {
  /** Added to the repository's environment; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  /** Default: the top of the work tree. */
  readonly cwd?: string;
}

export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export const ADA: Person = { name: 'Ada', email: 'ada@example.com' };
export const BOB: Person = { name: 'Bob', email: 'bob@example.com' };
export const CARL: Person = { name: 'Carl', email: 'carl@example.com' };

const CONFIGURATION = `[user]
\tname = ${ADA.name}
\temail = ${ADA.email}
[init]
\tdefaultBranch = main
[gc]
\tauto = 0
[maintenance]
\tauto = false
[advice]
\tdetachedHead = false
`;

/**
 * Code under test that starts git in this very process inherits its environment: give it a home of its own too, and no
 * variables of a git hook that may have started the tests.
 */
const processHome = realpathSync(mkdtempSync(path.join(tmpdir(), 'linekeeper-home-')));
writeFileSync(path.join(processHome, '.gitconfig'), CONFIGURATION);
for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) Reflect.deleteProperty(process.env, name);
Object.assign(process.env, privateEnvironment(processHome));

function privateEnvironment(home: string): Record<string, string> {
  return {
    HOME: home,
    USERPROFILE: home,
    XDG_CONFIG_HOME: path.join(home, '.config'),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: path.join(home, '.gitconfig'),
    GIT_TERMINAL_PROMPT: '0',
  };
}

const leftovers = new Set<string>([processHome]);
process.once('exit', () => {
  for (const folder of leftovers) removeFolder(folder);
});

export class TestRepository {
  /** Top of the work tree. Its name contains a space, like many people's folders. */
  readonly root: string;
  /** The private home folder, outside the work tree. */
  readonly home: string;
  /** The whole environment for any program run in this repository. */
  readonly env: Readonly<Record<string, string>>;

  private constructor(private readonly folder: string) {
    this.root = path.join(folder, 'work tree');
    this.home = path.join(folder, 'home');
    this.env = {
      PATH: process.env['PATH'] ?? '',
      ...privateEnvironment(this.home),
      TMPDIR: path.join(folder, 'tmp'),
      LC_ALL: 'C',
      // A machine that runs many tests at once is slow.
      LINEKEEPER_HOOK_MS: '60000',
      // No background work while a test runs; tests about just that remove this.
      LINEKEEPER_BACKGROUND: 'off',
    };
  }

  /** A new empty repository on branch `main`, without a commit. */
  static async create(): Promise<TestRepository> {
    const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'linekeeper-test-')));
    leftovers.add(folder);
    const repository = new TestRepository(folder);
    for (const name of [repository.root, repository.home, path.join(folder, 'tmp')]) mkdirSync(name);
    writeFileSync(path.join(repository.home, '.gitconfig'), CONFIGURATION);
    if (template === undefined) {
      await repository.git('init', '--quiet');
      template = readFolder(repository.at('.git'));
    } else writeFolder(repository.at('.git'), template);
    return repository;
  }

  /** Another repository with all that this one has. */
  async copy(): Promise<TestRepository> {
    const copied = await TestRepository.create();
    rmSync(copied.root, { recursive: true });
    writeFolder(copied.root, readFolder(this.root));
    return copied;
  }

  /**
   * This repository for the code under test. Its git runs with the environment of this process, whose home is private
   * too.
   */
  repository(): Repository {
    const found = Repository.find(this.root);
    if (found === undefined) throw new Error(`no repository at ${this.root}`);
    return found;
  }

  /** An absolute path from one inside the work tree. */
  at(file: string): string {
    return path.join(this.root, file);
  }

  /** Leaves only the notes as evidence of who wrote what, as after a long time. */
  forgetRecords(): void {
    for (const name of ['journal', 'past', 'contents', 'unnamed'])
      rmSync(this.at(`.git/linekeeper/${name}`), { recursive: true, force: true });
  }

  /** A path next to the work tree, outside everything git sees. */
  outside(file: string): string {
    return path.join(this.folder, file);
  }

  /** Writes a file into the work tree and creates the folders it needs. */
  write(file: string, content: string | Uint8Array): void {
    mkdirSync(path.dirname(this.at(file)), { recursive: true });
    writeFileSync(this.at(file), content);
  }

  read(file: string): string {
    return readFileSync(this.at(file), 'utf8');
  }

  /** Replaces the first occurrence of a text. Throws when there is none. */
  replace(file: string, from: string, to: string): void {
    const text = this.read(file);
    if (!text.includes(from)) throw new Error(`${file} does not have ${from}`);
    this.write(file, text.replace(from, to));
  }

  remove(file: string): void {
    rmSync(this.at(file), { recursive: true });
  }

  /**
   * Runs git and returns its standard output without the last line break. Throws, with git's message, when it fails.
   */
  async git(...args: string[]): Promise<string> {
    const result = await this.run(args);
    if (result.code !== 0)
      throw new Error(`git ${args.join(' ')} ended with ${String(result.code)}: ${result.stderr || result.stdout}`);
    return result.stdout.replace(/\n$/, '');
  }

  /** Runs git and returns the result, whatever it is. */
  async run(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
    const env: Record<string, string> = { ...this.env };
    for (const [key, value] of Object.entries(options.env ?? {})) {
      if (value === undefined) Reflect.deleteProperty(env, key);
      else env[key] = value;
    }
    return new Promise((resolve, reject) => {
      const child = spawn('git', args, { cwd: options.cwd ?? this.root, env, stdio: ['pipe', 'pipe', 'pipe'] });
      const written = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
      child.stdout.on('data', (data: Buffer) => written.stdout.push(data));
      child.stderr.on('data', (data: Buffer) => written.stderr.push(data));
      child.stdin.on('error', () => undefined); // it may exit before it has read everything
      child.on('error', reject);
      child.on('close', (code) =>
        resolve({
          code: code ?? -1,
          stdout: Buffer.concat(written.stdout).toString('utf8'),
          stderr: Buffer.concat(written.stderr).toString('utf8'),
        }),
      );
      child.stdin.end(options.input ?? '');
    });
  }

  /** Commits everything in the work tree (or only what is staged) and returns the commit's id. */
  async commit(message: string, options: CommitOptions = {}): Promise<string> {
    const author = options.as ?? ADA;
    const committer = options.committer ?? author;
    if (options.staged !== true && options.args === undefined && template !== undefined) {
      const config = template.find(({ name }) => name === 'config')?.content?.toString('utf8') ?? '';
      const id = commitPlainly({
        root: this.root,
        settings: [
          [this.at('.git/config'), config],
          [path.join(this.home, '.gitconfig'), CONFIGURATION],
        ],
        message,
        author,
        committer,
        at: options.at,
      });
      if (id !== undefined) return id;
    }
    if (options.staged !== true) await this.git('add', '--all');
    const env = {
      GIT_AUTHOR_NAME: author.name,
      GIT_AUTHOR_EMAIL: author.email,
      GIT_COMMITTER_NAME: committer.name,
      GIT_COMMITTER_EMAIL: committer.email,
      ...(options.at === undefined ? {} : { GIT_AUTHOR_DATE: options.at, GIT_COMMITTER_DATE: options.at }),
    };
    const result = await this.run(['commit', '--quiet', '--file=-', ...(options.args ?? [])], { env, input: message });
    if (result.code !== 0)
      throw new Error(`git commit ended with ${String(result.code)}: ${result.stderr || result.stdout}`);
    return this.head();
  }

  /** The id of the commit that HEAD is at. Throws, with git's message, when there is none. */
  async head(): Promise<string> {
    const repository = Repository.find(this.root);
    return (repository && headOf(repository)) ?? this.git('rev-parse', 'HEAD');
  }

  /** Removes the repository and its home folder. */
  dispose(): Promise<void> {
    removeFolder(this.folder);
    leftovers.delete(this.folder);
    return Promise.resolve();
  }
}
