/** Two repositories in which the same is done, one without us: their commits' messages may differ by our trailers only. */
import assert from 'node:assert/strict';
import { runGit } from '../../src/git';
import { linekeeper } from './product';
import { TestRepository, type RunResult } from './repository';
import { as } from './worker';

/** A way to commit. */
export interface Situation {
  /** Words of `git commit`; `-a` is put before them. */
  readonly args?: readonly string[];
  readonly config?: readonly (readonly [string, string])[];
  /** A shell command that edits the message file `$1`. Default: leaves it as it is. */
  readonly editor?: string;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly env?: Readonly<Record<string, string>>;
  /** git aborts, or the message stays empty: there is nothing to put a trailer under. */
  readonly none?: true;
  /** Lines stay in the message that git reads no trailers below. */
  readonly kept?: true;
}

/** What an AI line in the place of another yields. */
export const OURS = ['Assisted-by: claude-code:model-1', 'AI-Lines: +1 -1 of +1 -1'];

/** A repository without us, or with us and with recorded work: what happens in both is compared. */
export class Twin {
  private counter = 0;
  private constructor(
    readonly test: TestRepository,
    private readonly recorded: boolean,
  ) {}

  static async create(recorded: boolean): Promise<Twin> {
    const test = await TestRepository.create();
    test.write('a.txt', 'one\ntwo\nthree\n');
    test.write('b.txt', 'one\ntwo\nthree\n');
    await test.commit('start', { at: '2024-01-01T00:00:00Z' });
    if (recorded) assert.equal((await linekeeper(test, ['install', '--git'])).code, 0);
    return new Twin(test, recorded);
  }

  /** An assistant changes one line, here recorded and there not. */
  async work(file = 'a.txt', model = 'model-1'): Promise<void> {
    const change = (): void => {
      this.test.write(file, `one\ntwo ${String(++this.counter)}\nthree\n`);
    };
    await as(this.recorded ? 'ai' : 'nobody', this.test, [file], change, model);
  }

  /** Runs git with an editor, as people do. */
  async run(
    words: readonly string[],
    { config = [], editor, env = {} }: Pick<Situation, 'config' | 'editor' | 'env'> = {},
  ): Promise<RunResult> {
    this.test.write('.git/editor', `#!/bin/sh\n${editor ?? ':'}\n`);
    const all = [...config.flatMap(([key, value]) => ['-c', `${key}=${value}`]), ...words];
    return this.test.run(all, {
      env: { GIT_EDITOR: 'sh .git/editor', GIT_SEQUENCE_EDITOR: ':', GIT_AUTHOR_DATE: undefined, ...env },
    });
  }

  /** A commit's message as it is stored, each byte one character. */
  async message(revision = 'HEAD'): Promise<string> {
    const { stdout } = await runGit(['cat-file', 'commit', revision], { cwd: this.test.root });
    return stdout.toString('latin1', stdout.indexOf('\n\n') + 2);
  }

  head(): Promise<string> {
    return this.test.git('rev-parse', 'HEAD');
  }
}

/** The trailers of a message, by git under no configuration. */
export async function parsed(message: string): Promise<string[]> {
  const { stdout } = await runGit(['interpret-trailers', '--parse', '--no-divider'], {
    cwd: process.cwd(),
    input: Buffer.from(message, 'latin1'),
    env: { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_DIR: '/nonexistent' },
  });
  return stdout
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '');
}

/** `ours` is what git made `plain` of, plus our trailers. */
export async function assertOnlyOurs(ours: string, plain: string, trailers: readonly string[] = OURS): Promise<void> {
  const newline = plain.includes('\r\n') ? '\r\n' : '\n';
  const body = plain.replace(/(?:\r?\n[ \t]*)*$/, '');
  const block = trailers.join(newline);
  const allowed = [`${body}${newline}${block}`, `${body}${newline}${newline}${block}`];
  assert.ok(
    allowed.some((start) => ours.startsWith(start) && ours.slice(start.length).trim() === ''),
    `${JSON.stringify(ours)} is ${JSON.stringify(plain)} with our trailers after it`,
  );
  assert.deepEqual(await parsed(ours), [...(await parsed(plain)), ...trailers]);
}
