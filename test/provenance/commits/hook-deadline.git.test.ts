/**
 * A commit waits for its hook for a bounded time, whatever the hook waits for, and what the hook started ends with git.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installGitHooks } from '../../../src/provenance/commits';
import { builtCli, CLI, linekeeper } from '../../support/product';
import { TestRepository } from '../../support/repository';
import { as } from '../../support/worker';

/** Far longer than any of it takes, and far less than a git that never answers would. */
const TEST_MS = 60_000;

(process.platform === 'win32' ? describe.skip : describe)('a hook whose git never answers', function () {
  this.timeout(TEST_MS);
  let test: TestRepository;
  let bin: string;
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    bin = test.outside('bin');
    mkdirSync(bin);
    test.write('a.txt', 'one\ntwo\n');
    await test.commit('Start');
    await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
    // From the first commit on, git's comparison runs beside the runtime; with a prepared answer the shell asks git by
    // itself.
    await as('ai', test, ['a.txt'], () => test.write('a.txt', 'one\nby machine\ntwo\n'));
    await test.git('commit', '-qam', 'First');
    mkdirSync(test.at('.git/linekeeper/prepared'), { recursive: true });
    await as('ai', test, ['a.txt'], () => test.write('a.txt', `${test.read('a.txt')}three\n`));
    await test.git('add', '-A');
  });
  afterEach(() => test.dispose());

  /** A git that never answers to some words, and writes down which. */
  function silentGit(...words: readonly string[]): string {
    const real = spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).stdout.trim();
    writeFileSync(
      path.join(bin, 'git'),
      `#!/bin/sh
for word; do case $word in ${words.join(' | ')}) echo "$word" >>'${test.outside('asked')}'; exec sleep 300.5 ;; esac; done
unset GIT_EXEC_PATH
exec '${real}' "$@"
`,
    );
    chmodSync(path.join(bin, 'git'), 0o755);
    return real;
  }
  const environment = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
    ...test.env,
    GIT_EXEC_PATH: bin,
    LINEKEEPER_HOOK_MS: '2000',
    ...more,
  });
  const asked = (): string[] =>
    existsSync(test.outside('asked')) ? readFileSync(test.outside('asked'), 'utf8').trim().split('\n') : [];
  /** Processes with this repository's folder among their words or in their environment; ours all have it. */
  const ours = (): string[] =>
    readdirSync('/proc').filter((id) => {
      if (!/^\d+$/.test(id) || Number(id) === process.pid) return false;
      try {
        return (
          readFileSync(`/proc/${id}/environ`, 'utf8').includes(`HOME=${test.home}\0`) &&
          readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1]?.startsWith('Z') !== true
        );
      } catch {
        return false;
      }
    });
  const wordsOf = (id: string): string => readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ');
  async function until(what: string, is: () => boolean): Promise<void> {
    for (const end = Date.now() + TEST_MS / 2; !is();) {
      if (Date.now() > end) throw new Error(`in vain waited for ${what}: ${ours().map(wordsOf).join('; ')}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  for (const [name, words, message] of [
    ['to the comparison that runs beside the runtime', ['diff-index'], ['-m', 'Work\n\nWith: a trailer']],
    // Of an amendment nothing is told beside the runtime.
    ['to what the runtime asks', ['diff-index'], ['--amend', '-m', 'Work\n\nWith: a trailer']],
    ['to the shell', ['write-tree'], ['-m', 'Work']],
  ] as const) {
    it(`git commit goes on without our hook's answer, and gets its note later: ${name}`, async () => {
      const real = silentGit(...words);
      // The real git makes the commit, and puts the folder with the silent one in front of its hook's PATH.
      const child = spawn(real, ['commit', '-q', ...message], {
        cwd: test.root,
        env: environment(),
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
      assert.equal(await new Promise((resolve) => child.once('close', resolve)), 0, said);
      assert.ok(asked().length > 0, 'nothing was asked in vain');
      assert.match(
        said,
        /^linekeeper: the (message of this commit may say less|record of this commit is not complete)/m,
      );
      await until('the end of all that was started', () => process.platform !== 'linux' || ours().length === 0);
      assert.equal(await test.git('log', '-1', '--format=%s'), 'Work');
      const shown = JSON.parse((await linekeeper(test, ['show', 'HEAD', '--json'])).stdout) as {
        readonly added: unknown;
      };
      assert.deepEqual(shown.added, { ai: message[0] === '--amend' ? 2 : 1, human: 0, unknown: 0 });
    });
  }

  it('our hook ends with all its processes when git is killed', async () => {
    const real = silentGit('diff-index');
    const child = spawn(real, ['commit', '-qm', 'Work\n\nWith: a trailer'], {
      cwd: test.root,
      env: environment({ LINEKEEPER_HOOK_MS: '600000' }),
      stdio: 'ignore',
    });
    await until('the question', () => asked().length > 0);
    if (process.platform === 'linux')
      assert.ok(ours().length >= 4, 'git, the hook, what watches it and the silent one');
    child.kill('SIGKILL');
    await until('the end of all that was started', () => process.platform !== 'linux' || ours().length === 0);
  });

  /** How many seconds the hook has counted, by its {@link playedClock}. */
  const looks = (): number =>
    existsSync(test.outside('looks')) ? readFileSync(test.outside('looks'), 'utf8').trim().split('\n').length : 0;
  const programAt = (name: string): string =>
    spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
  const program = (name: string, body: string): void => {
    writeFileSync(path.join(bin, name), `#!/bin/sh\n${body}\n`);
    chmodSync(path.join(bin, name), 0o755);
  };
  /**
   * A system that says this of each process: its state, its processor time, and how long it has been there. Its seconds
   * are short.
   */
  function playedClock(says: string): void {
    const [ps, sleep] = [programAt('ps'), programAt('sleep')];
    program('sleep', `case $1 in 1) exec '${sleep}' 0.05 ;; *) exec '${sleep}' "$@" ;; esac`);
    program(
      'ps',
      `echo looked >>'${test.outside('looks')}'\n'${ps}' -A -o ppid= -o pid= | while read -r of pid; do echo "$of $pid ${says}"; done`,
    );
  }
  const commit = (real: string, more: Readonly<Record<string, string>>): ReturnType<typeof spawnSync> =>
    spawnSync(real, ['commit', '-q', '-m', 'Work\n\nWith: a trailer'], { cwd: test.root, env: environment(more) });

  it('our hook waits longer while the machine is too busy to run git', async () => {
    const real = silentGit('never');
    playedClock('R 0:00.00 0:01');
    const SECONDS = 20;
    // The comparison goes on once more seconds are over than a hook has.
    program(
      'git',
      `for word; do case $word in diff-index) while [ "$(wc -l <'${test.outside('looks')}' || echo 0)" -le ${String(SECONDS)} ]; do sleep 0.05; done ;; esac; done
unset GIT_EXEC_PATH
exec '${real}' "$@"`,
    );
    const { status, stderr } = commit(real, { LINEKEEPER_HOOK_MS: String(SECONDS * 1000) });
    assert.deepEqual([status, String(stderr)], [0, '']);
    assert.ok(looks() > SECONDS);
    assert.match(await test.git('log', '-1', '--format=%B'), /^AI-Lines: \+1 -0 of \+1 -0$/m);
  });

  for (const [when, says] of [
    ['the longest time is over', 'R 0:00.00 59:00'],
    ['it has computed as long as it may', 'R 10:00.00 0:01'],
  ])
    it(`our hook ends on a busy machine too when ${when ?? ''}`, async () => {
      const real = silentGit('diff-index');
      playedClock(says ?? '');
      const { status, stderr } = commit(real, { LINEKEEPER_HOOK_MS: '600000' });
      assert.equal(status, 0, String(stderr));
      assert.match(String(stderr), /took too long/);
      assert.equal(looks(), 2, 'after the first second, and to end it');
      await until('the end of all that was started', () => process.platform !== 'linux' || ours().length === 0);
      assert.equal(await test.git('log', '-1', '--format=%s'), 'Work');
    });

  (process.platform === 'linux' ? it : it.skip)(
    'ends in time, with all that it started, where there is no ps',
    async () => {
      const real = silentGit('diff-index');
      // All programs of the machine, but this one.
      const programs = test.outside('programs');
      mkdirSync(programs);
      for (const folder of (test.env['PATH'] ?? '').split(path.delimiter).filter((name) => existsSync(name)))
        for (const name of readdirSync(folder))
          if (name !== 'ps' && !existsSync(path.join(programs, name)))
            symlinkSync(path.join(folder, name), path.join(programs, name));
      const env = environment({ PATH: programs });
      assert.notEqual(spawnSync('sh', ['-c', 'command -v ps'], { env }).status, 0);
      const done = spawnSync(real, ['commit', '-q', '-m', 'Work\n\nWith: a trailer'], { cwd: test.root, env });
      assert.equal(done.status, 0, String(done.stderr));
      assert.ok(asked().length > 0, 'nothing was asked in vain');
      await until('the end of all that was started', () => ours().length === 0);
      assert.equal(await test.git('log', '-1', '--format=%s'), 'Work');
    },
  );

  it('nothing stays waiting for a commit that is killed in its editor', async () => {
    // Once the message is written, git waits for the editor, and what goes on behind the commit waits for git.
    const child = spawn('git', ['commit', '-q'], {
      cwd: test.root,
      env: environment({
        LINEKEEPER_HOOK_MS: '60000',
        LINEKEEPER_BACKGROUND: '',
        GIT_EDITOR: `echo editor >>'${test.outside('asked')}'; exec sleep 2 #`,
      }),
      stdio: 'ignore',
    });
    await until('the editor', () => asked().length > 0);
    child.kill('SIGKILL');
    await until('the end of all that was started', () => process.platform !== 'linux' || ours().length === 0);
  });
});
