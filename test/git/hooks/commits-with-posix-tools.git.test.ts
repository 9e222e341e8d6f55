/**
 * Real commits, amendments, rebases and pushes whose hooks are run by the shells that somebody's `sh` may be, with a PATH
 * that has git and what POSIX requires: no node, no `timeout`, no option of GNU's. As on macOS, or where a window starts git.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installGitHooks } from '../../../src/provenance/commits';
import { posixTools, whereIs, type PosixTools } from '../../support/posix-tools';
import { builtCli, CLI, linekeeper } from '../../support/product';
import { TestRepository } from '../../support/repository';
import { as } from '../../support/worker';

const HOOKS = ['prepare-commit-msg', 'commit-msg', 'post-rewrite', 'pre-push'];
const SHELLS = ['dash', 'bash', 'busybox', 'mksh', 'zsh', 'yash', 'ksh93', 'posh'];
const TRAILERS = /\n\nAssisted-by: claude-code:model-1\nAI-Lines: /;
const isBash32 = (): boolean =>
  /version 3\.2\./.test(spawnSync('/bin/bash', ['--version'], { encoding: 'utf8' }).stdout);

(process.platform === 'win32' ? describe.skip : describe)('the git hooks in real commits', function () {
  this.timeout(300_000);
  let test: TestRepository;
  let tools: PosixTools;
  let log: string;
  before(builtCli);
  beforeEach(async () => {
    test = await TestRepository.create();
    log = test.outside('started');
    for (const name of ['a', 'b']) test.write(`${name}.txt`, 'one\ntwo\nthree\n');
    await test.commit('Start');
    await test.git('init', '-q', '--bare', test.outside('remote'));
    await test.git('remote', 'add', 'origin', test.outside('remote'));
  });
  afterEach(() => test.dispose());

  /** Installs our hooks, to be run by a shell that is in the place of `/bin/sh`. */
  async function install(shell: string, executable = runtime()): Promise<void> {
    tools = posixTools(test.outside('tools'), shell);
    await installGitHooks(test.repository(), { executable, cli: CLI, electron: false });
    for (const name of HOOKS) {
      const file = test.at(`.git/hooks/${name}`);
      const text = readFileSync(file, 'utf8');
      assert.ok(text.startsWith('#!/bin/sh\n'), name);
      writeFileSync(file, text.replace('/bin/sh', `${tools.folder}/sh`));
    }
  }
  /** A Node that writes down for which hook it is started. */
  function runtime(folder = "Jürgen O'Neil"): string {
    const file = path.join(test.outside(folder), 'runtime');
    mkdirSync(path.dirname(file));
    writeFileSync(file, `#!/bin/sh\necho "$3" >>'${log}'\nexec '${process.execPath}' "$@"\n`);
    chmodSync(file, 0o755);
    return file;
  }
  let second = Math.floor(Date.now() / 1000) + 60;
  /**
   * Runs git, which has nothing to say; returns for which hooks Node was started. A second after the one before, as
   * people's commits are: one of the same second may be an amendment.
   */
  async function git(...words: readonly string[]): Promise<string[]> {
    writeFileSync(log, '');
    const date = `@${String(++second)} +0000`;
    const env = { PATH: tools.folder, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    const { code, stderr } = await test.run(words, { env });
    assert.deepEqual({ code, stderr, refused: tools.refused() }, { code: 0, stderr: '', refused: '' }, words.join(' '));
    return readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  }
  const message = (revision = 'HEAD'): Promise<string> => test.git('log', '-1', '--format=%B', revision);
  const edit = (file: string, line: string): Promise<void> =>
    as('ai', test, [file], () => test.replace(file, 'one\n', `one\n${line}\n`));

  async function everyday(knowsClasses = true): Promise<void> {
    test.replace('b.txt', 'three', 'by nobody');
    await git('commit', '-qam', 'Nothing recorded');
    assert.equal(await message(), 'Nothing recorded\n');

    await edit('a.txt', 'first');
    assert.deepEqual(await git('commit', '-qam', 'Work'), ['prepare-commit-msg']);
    assert.match(await message(), TRAILERS);
    assert.match(await message(), /^AI-Lines: \+1 -0 of \+1 -0$/m);

    await edit('a.txt', 'second');
    await git('commit', '-qa', '--amend', '--no-edit');
    assert.match(await message(), TRAILERS);
    assert.match(await message(), /^AI-Lines: \+2 -0 of \+2 -0$/m);

    await edit('a.txt', 'prepared');
    await git('add', 'a.txt');
    assert.equal((await linekeeper(test, ['hook', 'ready'])).code, 0);
    assert.deepEqual(await git('commit', '-qm', 'Prepared'), knowsClasses ? [] : ['prepare-commit-msg']);
    assert.match(await message(), TRAILERS);

    await git('checkout', '-q', '-b', 'side', 'HEAD~2');
    test.write('c.txt', 'aside\n');
    await git('add', 'c.txt');
    await git('commit', '-qm', 'Aside');
    await git('rebase', '-q', 'side', 'main');
    for (const revision of ['HEAD', 'HEAD~1']) assert.match(await message(revision), TRAILERS, revision);
    assert.equal(await message('HEAD~2'), 'Aside\n');

    await git('config', 'linekeeper.notes', 'true');
    await git('push', '-q', 'origin', 'main');
    assert.equal(
      spawnSync('git', ['rev-parse', '-q', '--verify', 'refs/notes/ai'], { cwd: test.outside('remote') }).status,
      0,
    );
    const shown = JSON.parse((await linekeeper(test, ['show', 'HEAD~1', '--json'])).stdout) as {
      readonly added: unknown;
    };
    assert.deepEqual(shown.added, { ai: 2, human: 0, unknown: 0 });
  }

  for (const name of SHELLS)
    it(`git commit with our hooks in ${name} gets trailers`, async function () {
      const shell = whereIs(name);
      if (shell === undefined) {
        console.log(
          `There is no "${name}" here, so no commit is made with it. On Debian: apt-get install ${name === 'ksh93' ? 'ksh93u+m' : name}`,
        );
        this.skip();
      }
      // yash reads no letter beyond ASCII in the C locale that tests run in
      await install(shell, runtime(name === 'yash' ? 'somebody' : undefined));
      await everyday(name !== 'posh'); // its patterns have no [[:cntrl:]], so it leaves to Node what it could do itself
    });

  it('git commit with our hooks in bash 3.2, the sh of macOS, gets trailers', async function () {
    if (!isBash32()) {
      console.log('/bin/bash is not that of macOS (3.2), so no commit is made with it.');
      this.skip();
    }
    await install('/bin/bash');
    await everyday();
  });

  it('git commit is made with one line of warning when Node is gone and PATH has none', async () => {
    await install(whereIs('sh') ?? '/bin/sh', test.outside('gone/node'));
    await edit('a.txt', 'first');
    const { code, stderr } = await test.run(['commit', '-qam', 'Work'], { env: { PATH: tools.folder } });
    assert.equal(code, 0);
    assert.match(
      stderr,
      /^linekeeper: the record of this commit is not complete \(prepare-commit-msg could not run\); .*\n$/,
    );
    assert.equal(await message(), 'Work\n');
  });

  it('git commit gets trailers when Node is gone and PATH has another', async () => {
    await install(whereIs('sh') ?? '/bin/sh', test.outside('gone/node'));
    await edit('a.txt', 'first');
    const { code, stderr } = await test.run(['commit', '-qam', 'Work'], {
      env: { PATH: `${tools.folder}:${path.dirname(process.execPath)}` },
    });
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    assert.match(await message(), TRAILERS);
  });
});
