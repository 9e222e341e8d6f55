/** A pull request at a forge on this machine, and the clone that a job gets of it. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ci } from '../../../src/cli/verbs/ci';
import { record } from '../../../src/cli/verbs/record';
import { fetchNotes, pushNotes } from '../../../src/provenance/commits/exports-for-notes-sync-and-upkeep';
import { settleAll } from '../../../src/provenance/commits';
import { GitHubServer } from './github-server';
import { CARL, TestRepository } from '../repository';
import { callVerb, type VerbOutcome } from '../verbs';

export const POLICY = `version: 1
people: { senior: [ada@example.com, "@acme/seniors"], mid: [], junior: [carl@example.com] }
aliases: { ada: [ada@example.com], carl: [carl@example.com] }
tiers:
  - name: critical
    paths: ["infra/**"]
    detect: [destructive]
    review: { ai: { junior: { from: senior }, mid: { from: senior }, senior: { from: senior } } }
  - name: standard
    paths: ["**"]
`;

const BEFORE = 'resource "db" "main" {\n  name = "orders"\n}\n';
const AFTER = 'resource "db" "main" {\n  name = "orders"\n  encrypted = true\n}\n';

export interface JobOutcome extends VerbOutcome {
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** An edit as an assistant reports it. */
export async function editByAssistant(work: TestRepository, file: string, content: string): Promise<void> {
  const report = (event: string): Promise<VerbOutcome> =>
    callVerb(record, ['generic'], work.root, {
      env: work.env,
      stdin: () =>
        Promise.resolve(
          JSON.stringify({
            version: 1,
            event,
            id: `${file}${content}`,
            author: 'ai',
            tool: 'kiro',
            model: 'm',
            session: 's-1',
            cwd: work.root,
            files: [file],
          }),
        ),
    });
  await report('before');
  work.write(file, content);
  await report('after');
}

/** Carl's branch, on which an assistant changed a critical file, pushed as pull request 7. */
export class PullRequest {
  private constructor(
    readonly work: TestRepository,
    readonly server: GitHubServer,
    /** The bare repository that the forge has. */
    readonly bare: string,
    /** Where a job is. */
    readonly job: string,
  ) {}

  static async open(policy = POLICY): Promise<PullRequest> {
    const work = await TestRepository.create();
    const server = await new GitHubServer().start();
    const request = new PullRequest(work, server, work.outside('forge.git'), work.outside('job'));
    await work.git('init', '--quiet', '--bare', request.bare);
    await work.git('-C', request.bare, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    work.write('.linekeeper.yml', policy);
    work.write('infra/main.tf', BEFORE);
    await work.commit('Start');
    await work.git('remote', 'add', 'origin', request.bare);
    await work.git('push', '--quiet', 'origin', 'main');
    await work.git('switch', '--quiet', '--create', 'topic');
    await request.byAssistant('infra/main.tf', AFTER);
    await request.push('Encrypt the database');
    server.commits = [{ email: CARL.email, login: 'carl' }];
    return request;
  }

  async dispose(): Promise<void> {
    await this.server.stop();
    await this.work.dispose();
  }

  /** An edit as an assistant reports it. */
  async byAssistant(file: string, content: string): Promise<void> {
    await editByAssistant(this.work, file, content);
  }

  /** Commits what is there, and pushes it with its notes. */
  async push(message: string): Promise<string> {
    const head = await this.work.commit(message, { as: CARL });
    await settleAll(this.work.repository(), Date.now);
    await this.work.git('push', '--quiet', '--force', 'origin', 'HEAD:refs/pull/7/head', 'HEAD:topic');
    await pushNotes(this.work.repository(), 'origin');
    this.server.head = head;
    return head;
  }

  /** A job's clone of the branch, with one commit. */
  async clone(...words: readonly string[]): Promise<void> {
    await this.work.git(
      'clone',
      '--quiet',
      ...(words.length > 0 ? words : ['--depth=1', '--branch=topic']),
      `file://${this.bare}`,
      this.job,
    );
  }

  async pullRequestJob(
    words: readonly string[] = [],
    event = 'pull_request',
    payload: object = { pull_request: { number: 7, head: { sha: this.server.head } } },
  ): Promise<JobOutcome> {
    return this.run(words, event, payload);
  }

  /** Runs the step as GitHub would start it. */
  async run(
    words: readonly string[],
    event: string,
    payload: object,
    env: Readonly<Record<string, string>> = {},
  ): Promise<JobOutcome> {
    const file = (name: string): string => this.work.outside(name);
    writeFileSync(file('event.json'), JSON.stringify(payload));
    for (const name of ['output', 'summary']) writeFileSync(file(name), '');
    const outcome = await callVerb(ci, words, this.job, {
      env: {
        ...this.work.env,
        ...this.server.env(),
        CI: 'true',
        GITHUB_EVENT_NAME: event,
        GITHUB_EVENT_PATH: file('event.json'),
        GITHUB_OUTPUT: file('output'),
        GITHUB_STEP_SUMMARY: file('summary'),
        ...env,
      },
    });
    const outputs = Object.fromEntries(
      readFileSync(file('output'), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => line.split('=') as [string, string]),
    );
    return { ...outcome, outputs, summary: readFileSync(file('summary'), 'utf8') };
  }

  inJob(name: string): string {
    return path.join(this.job, name);
  }

  async notesAtForge(): Promise<number> {
    return (await fetchNotes(this.work.repository(), 'origin')).notes;
  }
}
