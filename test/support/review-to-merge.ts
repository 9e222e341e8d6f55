/**
 * A team at work on one repository: everybody's machine with the built command line set up as people set it up, the
 * bare repository and the interface of the forge between them, and the runner of its jobs.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { GitHubServer } from './forge/github-server';
import { linekeeper, type Answer } from './product';
import { TestRepository, type Person } from './repository';
import { playRecorded } from './real-assistants/claude-code-recorded';
import type { Step } from './real-assistants/agent';

/** Of a merge button's commits. */
const FORGE: Person = { name: 'GitHub', email: 'noreply@github.com' };

export interface Job extends Answer {
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** The forge: a bare repository, and what its interface says of pull request 7 from `topic` into `main`. */
export class Forge {
  private jobs = 0;
  private constructor(
    private readonly work: TestRepository,
    readonly server: GitHubServer,
    readonly bare: string,
  ) {}

  static async create(): Promise<Forge> {
    const work = await TestRepository.create();
    const bare = work.outside('forge.git');
    await work.git('init', '--quiet', '--bare', bare);
    await work.git('-C', bare, 'config', 'uploadpack.allowReachableSHA1InWant', 'true');
    return new Forge(work, await new GitHubServer().start(), bare);
  }

  async dispose(): Promise<void> {
    await this.server.stop();
    await this.work.dispose();
  }

  git(...words: readonly string[]): Promise<string> {
    return this.work.git('-C', this.bare, ...words);
  }

  /**
   * What a forge does when commits arrive on the branch of a pull request: it keeps them, and makes the merge that jobs
   * are run on.
   */
  async received(): Promise<string> {
    const head = await this.git('rev-parse', 'topic');
    const tree = await this.git('merge-tree', '--write-tree', 'main', head);
    const merge = await this.commitTree(tree, 'Merge topic into main', ['main', head]);
    await this.git('update-ref', 'refs/pull/7/head', head);
    await this.git('update-ref', 'refs/pull/7/merge', merge);
    this.server.head = head;
    return head;
  }

  /** The button "Squash and merge", after which the branch is gone. Gives what the job for the push is told. */
  async squash(subject: string): Promise<{ readonly before: string; readonly after: string }> {
    const before = await this.git('rev-parse', 'main');
    const tree = await this.git('merge-tree', '--write-tree', 'main', 'topic');
    const after = await this.commitTree(tree, `${subject} (#7)`, ['main']);
    await this.git('update-ref', 'refs/heads/main', after);
    await this.git('update-ref', '-d', 'refs/heads/topic');
    return { before, after };
  }

  private commitTree(tree: string, message: string, parents: readonly string[]): Promise<string> {
    const who = ['-c', `user.name=${FORGE.name}`, '-c', `user.email=${FORGE.email}`];
    const words = parents.flatMap((parent) => ['-p', parent]);
    return this.work.git('-C', this.bare, ...who, 'commit-tree', tree, '-m', message, ...words);
  }

  /** Runs "linekeeper ci" for an event of the pull request, in a clone of one commit as actions/checkout makes it. */
  pullRequestJob(event: 'pull_request' | 'pull_request_review', words: readonly string[] = []): Promise<Job> {
    const payload = { ...this.server.event(7), action: event === 'pull_request' ? 'synchronize' : 'submitted' };
    return this.job(event, payload, 'refs/pull/7/merge', words);
  }

  pushJob(push: { readonly before: string; readonly after: string }): Promise<Job> {
    return this.job('push', { ref: 'refs/heads/main', ...push, deleted: false }, 'refs/heads/main', []);
  }

  private async job(event: string, payload: object, ref: string, words: readonly string[]): Promise<Job> {
    const name = `job-${String(++this.jobs)}`;
    const at = (file: string): string => this.work.outside(`${name}/${file}`);
    const cwd = at('checkout');
    mkdirSync(cwd, { recursive: true });
    const here = (...more: readonly string[]): Promise<string> => this.work.git('-C', cwd, ...more);
    await here('init', '--quiet');
    await here('remote', 'add', 'origin', `file://${this.bare}`);
    await here('fetch', '--quiet', '--no-tags', '--prune', '--depth=1', 'origin', `+${ref}:refs/remotes/origin/job`);
    await here('checkout', '--quiet', '--force', 'refs/remotes/origin/job');
    writeFileSync(at('event.json'), JSON.stringify(payload));
    for (const file of ['output', 'summary']) writeFileSync(at(file), '');
    const env = {
      ...this.server.env(),
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: at('event.json'),
      GITHUB_OUTPUT: at('output'),
      GITHUB_STEP_SUMMARY: at('summary'),
    };
    const answer = await linekeeper(this.work, ['ci', ...words], { cwd, env });
    const lines = readFileSync(at('output'), 'utf8').trimEnd().split('\n');
    const outputs = Object.fromEntries(
      lines.filter((line) => line !== '').map((line) => line.split('=') as [string, string]),
    );
    return { ...answer, outputs, summary: readFileSync(at('summary'), 'utf8') };
  }
}

/** Somebody's machine, with a clone of the forge's repository. */
export class Machine {
  private constructor(
    readonly who: Person,
    readonly work: TestRepository,
  ) {}

  static async of(who: Person, forge: Forge): Promise<Machine> {
    const work = await TestRepository.create();
    for (const [key, value] of [
      ['name', who.name],
      ['email', who.email],
    ] as const)
      await work.git('config', '--global', `user.${key}`, value);
    await work.git('remote', 'add', 'origin', `file://${forge.bare}`);
    return new Machine(who, work);
  }

  dispose(): Promise<void> {
    return this.work.dispose();
  }

  /** What `git clone` does. */
  async clone(): Promise<void> {
    await this.work.git('fetch', '--quiet', 'origin');
    await this.work.git('remote', 'set-head', 'origin', 'main');
    await this.work.git('switch', '--quiet', 'main');
  }

  /** What each of the team ran once. */
  async setUp(): Promise<void> {
    const { code, stderr } = await this.ask('install', '--notes', '--assistant', 'claude-code');
    assert.equal(code, 0, stderr);
  }

  ask(...words: readonly string[]): Promise<Answer> {
    return linekeeper(this.work, words);
  }

  /** A session of Claude Code, with the payloads that were recorded from it, through the hooks that are set up. */
  async assistant(...steps: readonly Step[]): Promise<void> {
    const { root: cwd, home, env } = this.work;
    const { hooks } = await playRecorded({ cwd, home, steps, env });
    assert.notEqual(hooks.length, 0, 'no hook is set up');
    for (const { event, result } of hooks) assert.equal(result.code, 0, `${event}: ${result.stderr}`);
  }

  /** What the editor reports of a person who types a file. */
  async types(file: string, content: string): Promise<void> {
    const report = (event: 'before' | 'after'): string =>
      JSON.stringify({
        version: 1,
        event,
        id: file,
        author: 'human',
        tool: 'editor',
        cwd: this.work.root,
        files: [file],
      });
    assert.equal((await linekeeper(this.work, ['record', 'generic'], { input: report('before') })).code, 0);
    this.work.write(file, content);
    assert.equal((await linekeeper(this.work, ['record', 'generic'], { input: report('after') })).code, 0);
  }

  /** Commits as a person does, with the hooks. */
  async commit(message: string): Promise<string> {
    await this.work.git('add', '--all');
    await this.work.git('commit', '--quiet', '-m', message);
    return this.work.git('rev-parse', 'HEAD');
  }

  /** Who wrote each line of a file as it is committed, such as `ai human`. */
  async blame(file: string): Promise<string> {
    const { code, stdout, stderr } = await this.ask('blame', 'HEAD', file, '--json');
    assert.equal(code, 0, stderr);
    const { lines } = JSON.parse(stdout) as { readonly lines: readonly { readonly author: string }[] };
    return lines.map(({ author }) => author).join(' ');
  }
}
