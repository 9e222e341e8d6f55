import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * A folder that is open in the editor, with git run as the editor's user. Paths are relative to the folder unless they
 * say otherwise.
 */
export class Workspace {
  constructor(
    readonly root: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /** Makes `root` a repository on branch `main` with one commit. */
  static create(root: string, env: Readonly<Record<string, string>>): Workspace {
    const workspace = new Workspace(root, env);
    workspace.write('README.md', '# Workspace\n');
    workspace.git('init', '--quiet');
    workspace.commit('Start');
    return workspace;
  }

  /** Another folder, with the same user. */
  beside(root: string): Workspace {
    return new Workspace(root, this.env);
  }

  /** An absolute path from one in this folder. */
  at(file: string): string {
    return path.join(this.root, file);
  }

  has(file: string): boolean {
    return existsSync(this.at(file));
  }

  read(file: string): string {
    return readFileSync(this.at(file), 'utf8');
  }

  write(file: string, text: string): void {
    mkdirSync(path.dirname(this.at(file)), { recursive: true });
    writeFileSync(this.at(file), text);
  }

  remove(file: string): void {
    rmSync(this.at(file), { recursive: true, force: true });
  }

  /** Standard output of git, without the last line break. Throws when git fails. */
  git(...args: string[]): string {
    return execFileSync('git', args, {
      cwd: this.root,
      env: this.env,
      encoding: 'utf8',
      timeout: 30_000,
      stdio: ['ignore', 'pipe', 'pipe'],
    }).replace(/\n$/, '');
  }

  /** The same with each byte, as the file's text may end in line breaks. */
  gitBytes(...args: string[]): Buffer {
    return execFileSync('git', args, {
      cwd: this.root,
      env: this.env,
      timeout: 30_000,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Commits everything and gives the commit's id. */
  commit(message: string): string {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', message);
    return this.head();
  }

  /** The id of HEAD; empty in a repository without a commit. */
  head(): string {
    try {
      return this.git('rev-parse', '--verify', 'HEAD');
    } catch {
      return '';
    }
  }
}
