/** Lines that people and other tools write into the hooks' files beside our part, in both orders. */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gitHooksState } from '../../../src/git';
import { launcherOf } from '../../../src/base/launcher';
import { installGitHooks } from '../../../src/provenance/commits';
import { itInFull } from '../../support/full';
import { CLI, linekeeper } from '../../support/product';
import { TestRepository } from '../../support/repository';

const HOOKS = ['prepare-commit-msg', 'commit-msg', 'post-rewrite', 'pre-push'];

describe("other tools' lines in our git hook files", function () {
  this.timeout(60_000);
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'one\n');
    await test.commit('Start');
    await test.git('init', '-q', '--bare', test.outside('remote'));
    await test.git('remote', 'add', 'origin', test.outside('remote'));
    await install();
  });
  afterEach(() => test.dispose());

  const install = async (): Promise<void> => {
    const { code, stderr } = await linekeeper(test, ['install', '--git']);
    assert.equal(code, 0, stderr);
  };
  const runtime = (cli = CLI) => ({ executable: process.execPath, cli, electron: false });
  const hook = (name: string): string => test.at(`.git/hooks/${name}`);
  const read = (name: string): string => readFileSync(hook(name), 'latin1');
  const change = (name: string, to: (text: string) => string): void => {
    writeFileSync(hook(name), to(read(name)), 'latin1');
  };
  const says = (file: string): string =>
    existsSync(test.outside(file)) ? readFileSync(test.outside(file), 'utf8') : '';
  /** Writes down what a line of a hook gets. */
  const line = (to: string): string =>
    `printf '%s|' "$@" >>'${test.outside(to)}'; cat >>'${test.outside(to)}'; echo . >>'${test.outside(to)}'\n`;

  itInFull("below ours run with the hook's arguments and input", async () => {
    for (const name of HOOKS) change(name, (text) => text + line(name));
    test.write('a.txt', 'two\n');
    await test.commit('Work');
    await test.git('commit', '-q', '--amend', '-m', 'Better');
    await test.git('push', '-q', 'origin', 'HEAD:main', 'HEAD:other');
    const head = await test.git('rev-parse', 'HEAD');
    const none = '0'.repeat(40);
    assert.match(says('prepare-commit-msg'), /^\.git\/COMMIT_EDITMSG\|message\|\.\n/);
    assert.match(says('commit-msg'), /^\.git\/COMMIT_EDITMSG\|\.\n/);
    assert.match(says('post-rewrite'), new RegExp(`^amend\\|[0-9a-f]{40} ${head}\n\\.\n$`));
    const url = test.outside('remote');
    assert.equal(
      says('pre-push'),
      `origin|${url}|HEAD ${head} refs/heads/main ${none}\nHEAD ${head} refs/heads/other ${none}\n.\n`,
    );
    await test.git('push', '-q', 'origin', 'HEAD:main', 'HEAD:other');
    assert.ok(says('pre-push').endsWith(`.\norigin|${url}|.\n`), 'of a push of nothing');
  });

  itInFull("above and below ours decide git's exit code, and keep their shell options", async () => {
    const start = await test.git('rev-parse', 'HEAD');
    const push = async (): Promise<number> => (await test.run(['push', '-q', 'origin', 'HEAD:side'])).code;
    for (const [above, below, passes] of [
      ['', 'exit 4\n', false],
      ['', 'false\n', false],
      ['', 'set -e; false; true\n', false],
      ['false\n', '', false],
      ['set -eu\n', 'true\n', true],
      [
        'set -euf\nIFS=:\n',
        'lines="a:b"; set -- $lines; [ $# = 2 ] && case $- in *e*u* | *u*e*) ;; *) exit 7 ;; esac\n',
        true,
      ],
      ['false || x=1\n', '[ "$?" = 0 ]\n', true],
      ['(exit 5)\n', '[ "$?" = 5 ]\n', true],
    ] as const) {
      change('pre-push', (text) => text.replace('#!/bin/sh\n', `#!/bin/sh\n${above}`) + below);
      assert.equal((await push()) === 0, passes, above + below);
      if (passes) await test.git('push', '-q', 'origin', ':side');
      change('pre-push', (text) =>
        text.replace(`#!/bin/sh\n${above}`, '#!/bin/sh\n').slice(0, below === '' ? undefined : -below.length),
      );
    }
    assert.equal(await test.git('rev-parse', 'HEAD'), start);
  });

  for (const shell of ['/bin/sh', '/bin/bash'])
    itInFull(`above ours keep their traps, in ${shell}`, async function () {
      if (!existsSync(shell)) this.skip();
      const to = test.outside('trapped');
      for (const name of ['prepare-commit-msg', 'commit-msg', 'post-rewrite'])
        change(name, (text) =>
          text.replace(
            '#!/bin/sh\n',
            `#!${shell}\ntrap 'echo "it is over: ${name}" >>"${to}"' EXIT\ntrap 'echo "ended: ${name}" >>"${to}"; exit 4' TERM\n`,
          ),
        );
      test.write('a.txt', 'two\n');
      await test.commit('Work');
      assert.equal(says('trapped'), 'it is over: prepare-commit-msg\nit is over: commit-msg\n');
      await test.git('commit', '-q', '--amend', '-m', 'Better');
      assert.match(says('trapped'), /it is over: post-rewrite\n$/);
      change('prepare-commit-msg', (text) => `${text}kill $$\nexit 0\n`);
      test.write('a.txt', 'three\n');
      assert.notEqual((await test.run(['commit', '-qam', 'More'])).code, 0);
      assert.match(says('trapped'), /ended: prepare-commit-msg\nit is over: prepare-commit-msg\n$/);
    });

  itInFull('stay byte for byte over an update and uninstall', async () => {
    const above = '#!/bin/bash\n# caf\xe9\r\nset -u\n\n';
    const below = '\n# end \xff\necho done';
    for (const name of HOOKS) change(name, (text) => above + text.slice('#!/bin/sh\n'.length) + below);
    const before = HOOKS.map(read);
    await install();
    assert.deepEqual(HOOKS.map(read), before);
    await installGitHooks(test.repository(), runtime('/elsewhere/cli.js'));
    assert.equal(await gitHooksState(test.repository(), runtime()), 'outdated');
    for (const name of HOOKS) {
      if (name !== 'post-rewrite') assert.notEqual(read(name), before[HOOKS.indexOf(name)]);
      assert.ok(read(name).startsWith(above) && read(name).endsWith(`ends.\n${below}`), name);
    }
    await install();
    assert.deepEqual(HOOKS.map(read), before);
    assert.equal(
      await gitHooksState(test.repository(), { ...runtime(), launcher: launcherOf(test.home) }),
      'installed',
    );
    const { stdout } = await linekeeper(test, ['uninstall', '--git']);
    assert.match(stdout, /pre-push/);
    for (const name of HOOKS) assert.equal(read(name), above + below);
    assert.equal(await gitHooksState(test.repository()), 'absent');
    await install();
    for (const name of HOOKS) assert.equal(read(`${name}.before-linekeeper`), above + below);
  });

  itInFull('stay when the former hook is restored', async () => {
    await linekeeper(test, ['uninstall', '--git']);
    assert.deepEqual(
      readdirSync(test.at('.git/hooks')).filter((name) => !name.endsWith('.sample')),
      [],
    );
    writeFileSync(hook('pre-push'), `#!/bin/sh\n${line('before')}`);
    chmodSync(hook('pre-push'), 0o755);
    await install();
    change('pre-push', (text) => text + line('after'));
    for (const step of ['install', 'uninstall', 'install', 'uninstall']) {
      await linekeeper(test, [step, '--git']);
      await test.git('push', '-q', 'origin', `HEAD:refs/heads/${step}`);
      assert.equal(says('before'), says('after'), step);
      await test.git('push', '-q', 'origin', `:refs/heads/${step}`);
    }
    assert.equal(says('before').split('\n.\n').length, 9, 'eight pushes, each once');
    assert.equal(await gitHooksState(test.repository()), 'absent');
  });

  itInFull('and the former hook stay when a tool overwrites our file', async () => {
    await linekeeper(test, ['uninstall', '--git']);
    const tools = ['first', 'second', 'third'];
    for (const tool of tools) {
      writeFileSync(hook('pre-push'), `#!/bin/sh\n${line(tool)}`);
      chmodSync(hook('pre-push'), 0o755);
      assert.equal(await gitHooksState(test.repository()), tool === 'first' ? 'absent' : 'partly');
      await install();
      await install();
    }
    // The same one again is not kept twice.
    writeFileSync(hook('pre-push'), `#!/bin/sh\n${line('third')}`);
    await install();
    await test.git('push', '-q', 'origin', 'HEAD:main');
    for (const tool of tools) assert.equal(says(tool).split('\n.\n').length, 2, tool);
  });

  it('stay in our folder when core.hooksPath is configured', async () => {
    await linekeeper(test, ['uninstall', '--git']);
    await test.git('config', 'core.hooksPath', 'theirs');
    test.write('theirs/pre-push', `#!/bin/sh\n${line('theirs')}`);
    chmodSync(test.at('theirs/pre-push'), 0o755);
    await install();
    const own = (name: string): string => test.at(`.git/linekeeper/hooks/${name}`);
    // A tool that asks git for the folder adds to ours.
    writeFileSync(own('pre-push'), readFileSync(own('pre-push'), 'utf8') + line('added'));
    writeFileSync(own('post-commit'), readFileSync(own('post-commit'), 'utf8') + line('committed'));
    writeFileSync(own('post-merge'), `#!/bin/sh\n${line('merged')}`);
    await install();
    await test.git('commit', '-q', '--allow-empty', '-m', 'Work');
    await test.git('push', '-q', 'origin', 'HEAD:main');
    assert.match(says('added'), /^origin\|.*refs\/heads\/main 0+\n\.\n$/s);
    assert.equal(says('added'), says('theirs'));
    assert.equal(says('committed'), '|.\n');
    await test.git('checkout', '-qb', 'side', 'HEAD~1');
    await test.git('commit', '-q', '--allow-empty', '-m', 'Side');
    await test.git('merge', '-q', '--no-edit', 'main');
    assert.equal(says('merged'), '0|.\n');
    const { stdout } = await linekeeper(test, ['uninstall', '--git']);
    assert.match(stdout, /linekeeper\/hooks\/pre-push/);
    assert.equal(await test.git('config', 'core.hooksPath'), 'theirs');
    assert.equal(readFileSync(own('pre-push'), 'utf8'), `#!/bin/sh\n${line('added')}`);
  });

  itInFull('still run when our own part fails', async () => {
    // Whatever the reason: a shell that changed since, no more processes, a disk that failed.
    change('prepare-commit-msg', (text) => text.replace('\nlk_work() {', '\nif then ) fi\nlk_work() {'));
    change('commit-msg', (text) => text.replace('\nlk_work() {', '\nset -u; : "$not_set"\nlk_work() {'));
    test.write('a.txt', 'two\n');
    await test.commit('Work');
    assert.equal(await test.git('log', '-1', '--format=%s'), 'Work');
  });
});
