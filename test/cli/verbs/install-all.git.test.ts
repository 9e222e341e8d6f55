/** `install --all DIR`: every clone below a folder, and every new one. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { itInFull } from '../../support/full';
import { builtCli, linekeeper } from '../../support/product';
import { TestRepository } from '../../support/repository';

describe('install --all', function () {
  this.timeout(120_000);
  let test: TestRepository;
  let top: string;
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    await test.commit('start', { args: ['--allow-empty'] });
    top = test.outside('code');
    mkdirSync(top);
  });
  afterEach(() => test.dispose());

  const git = (cwd: string, ...words: readonly string[]): string =>
    execFileSync('git', words, { cwd, env: { ...process.env, ...test.env }, encoding: 'utf8' });
  const clone = (name: string): string => {
    const folder = path.join(top, name);
    mkdirSync(folder, { recursive: true });
    git(folder, 'init', '-q');
    return folder;
  };
  const hook = (folder: string): string => path.join(folder, '.git/hooks/prepare-commit-msg');
  const run = async (...words: readonly string[]) => {
    const answer = await linekeeper(test, words);
    return { ...answer, lines: answer.stdout.trimEnd().split('\n') };
  };

  itInFull(
    'every clone below it: has hooks, in one line each, when names are hostile and clones lie deep',
    async () => {
      const clones = ['a', 'team/b c', 'team/deep/er/$(touch pwned)', 'x\ny', '-q', "it's"].map(clone);
      symlinkSync(test.root, path.join(top, 'link'));
      clone('node_modules/dependency');
      const { code, lines, stderr } = await run('install', '--all', top);
      assert.equal(code, 0, stderr);
      for (const folder of clones) assert.ok(existsSync(hook(folder)), folder);
      assert.ok(!existsSync(hook(path.join(top, 'node_modules/dependency'))));
      assert.ok(!existsSync(hook(test.root)), 'no link is followed');
      assert.ok(!existsSync(path.join(test.root, 'pwned')));
      assert.equal(lines.filter((line) => line.endsWith(': installed')).length, clones.length);
      assert.match(lines.join('\n'), /^6 repositories below/m);
      const again = await run('install', '--all', top);
      assert.equal(again.lines.filter((line) => line.endsWith(': already there')).length, clones.length);
    },
  );

  it('every clone below it: carries its notes when --notes is given, also where the hooks were there', async () => {
    const [first, second] = [clone('a'), clone('b')];
    for (const folder of [first, second]) git(folder, 'remote', 'add', 'company', '/srv/shop.git');
    clone('c');
    assert.equal((await run('install', '--all', first)).code, 0);
    const { code, lines, stderr } = await run('install', '--all', top, '--notes');
    assert.equal(code, 0, stderr);
    const carried = 'plain "git push" and "git fetch" carry the notes';
    assert.deepEqual(lines.slice(0, 3), [
      `${first}: already there; ${carried} (company)`,
      `${second}: installed; ${carried} (company)`,
      `${path.join(top, 'c')}: installed; ${carried} once there is a remote and this is run again`,
    ]);
    for (const folder of [first, second])
      assert.match(git(folder, 'config', '--get-all', 'remote.company.fetch'), /refs\/notes\/ai/);
  });

  it('a new clone: carries its notes from its first commit on when --notes was given', async () => {
    const origin = clone('origin');
    git(origin, 'commit', '-q', '--allow-empty', '-m', 'start');
    const fetched = (name: string): string => {
      git(top, 'clone', '-q', origin, name);
      const fresh = path.join(top, name);
      git(fresh, 'commit', '-q', '--allow-empty', '-m', 'work');
      return git(fresh, 'config', '--get-all', 'remote.origin.fetch');
    };
    assert.equal((await run('install', '--all', test.home)).code, 0);
    assert.doesNotMatch(fetched('without'), /refs\/notes/);
    const { lines } = await run('install', '--all', test.home, '--notes');
    assert.equal(
      lines.find((line) => line.startsWith('new clones')),
      'new clones: have the hooks from the start (init.templateDir); from their first commit on, plain "git push" and "git fetch" carry the notes',
    );
    assert.match(fetched('later'), /refs\/notes\/ai/);
    assert.equal(git(path.join(top, 'later'), 'config', '--type=bool', 'linekeeper.notes').trim(), 'true');
  });

  itInFull('a new clone: has hooks that run from the start, and what git gives it, when it is made later', async () => {
    assert.equal((await run('install', '--all', top)).code, 0);
    const fresh = clone('later');
    assert.ok(existsSync(hook(fresh)));
    assert.ok(existsSync(path.join(fresh, '.git/info/exclude')));
    git(fresh, 'commit', '-q', '--allow-empty', '-m', 'start');
    assert.equal(git(fresh, 'log', '-1', '--format=%s').trim(), 'start');
    const { lines } = await run('install', '--all', top);
    assert.ok(
      lines.some((line) => line.startsWith(fresh) && /: (?:already there|renewed|installed)/.test(line)),
      lines.join('\n'),
    );
  });

  /** A clone that git made from the template, with one commit. */
  const committed = (name: string): string => {
    const folder = clone(name);
    git(folder, 'commit', '-q', '--allow-empty', '-m', 'start');
    return folder;
  };

  it('uninstall --everywhere: takes the hooks out of a new clone when it has a commit', async () => {
    assert.equal((await run('install', '--all', top)).code, 0);
    const fresh = committed('later');
    const { lines } = await run('uninstall', '--everywhere');
    assert.ok(lines.includes(`git hooks of ${fresh}: removed`), lines.join('\n'));
    assert.ok(!existsSync(hook(fresh)));
    assert.deepEqual(readdirSync(path.join(fresh, '.git/linekeeper')), []);
  });

  it('uninstall --everywhere: names the way to take the hooks out of a new clone when it has no commit', async () => {
    assert.equal((await run('install', '--all', top)).code, 0);
    const fresh = clone('later');
    const { stdout } = await run('uninstall', '--everywhere');
    assert.match(
      stdout,
      /^new clones: get no hooks any more\. Where one has no commit yet: linekeeper uninstall --all DIR/m,
    );
    const commit = (): string =>
      spawnSync('git', ['commit', '-q', '--allow-empty', '-m', 'start'], {
        cwd: fresh,
        env: { ...process.env, ...test.env },
        encoding: 'utf8',
      }).stderr;
    assert.match(commit(), /git hooks are still here\. To take them out: sh ~\/\.linekeeper\/remove\.sh$/m);
    const script = path.join(test.home, '.linekeeper/remove.sh');
    const text = readFileSync(script, 'utf8');
    const remove = (cwd: string, ...clones: readonly string[]): void => {
      mkdirSync(path.dirname(script), { recursive: true });
      writeFileSync(script, text);
      execFileSync('sh', [script, ...clones], { cwd, env: { ...process.env, ...test.env } });
    };
    const copies = ['copy', 'copy of it'].map((name) => path.join(test.outside('copies'), name));
    assert.throws(() => {
      remove(top, path.join(top, 'no clone'));
    }, /no clone is no clone/);
    assert.ok(existsSync(script));
    for (const copy of [...copies, test.outside('here')]) cpSync(fresh, copy, { recursive: true });
    remove(top, ...copies);
    remove(test.outside('here'));
    for (const copy of [...copies, test.outside('here')]) assert.ok(!existsSync(hook(copy)), copy);
    assert.ok(!existsSync(path.dirname(script)));
    const files = commit()
      .split('\n')
      .filter((line) => line.startsWith('.git/hooks/') || path.isAbsolute(line));
    assert.ok(files.length > 0);
    for (const file of files) assert.ok(existsSync(path.resolve(fresh, file)), file);
    assert.equal((await run('uninstall', '--all', top)).code, 0);
    for (const file of files) assert.ok(!existsSync(path.resolve(fresh, file)), file);
  });

  it('remove.sh: takes out the template and the hooks of a new clone when it has a commit', async () => {
    assert.equal((await run('install', '--all', top)).code, 0);
    const fresh = committed('later');
    const out = execFileSync('sh', [path.join(test.home, '.linekeeper/remove.sh')], {
      cwd: fresh,
      env: { ...process.env, ...test.env },
      encoding: 'utf8',
    });
    assert.match(out, /^new clones: get no hooks any more$/m);
    assert.equal(out.split('the git hooks are as they were').length, 2, out);
    assert.ok(!existsSync(hook(fresh)));
    assert.ok(!existsSync(hook(clone('newest'))));
    assert.ok(!existsSync(path.join(test.home, '.linekeeper')));
    assert.doesNotMatch(git(top, 'config', '--global', '--list'), /templatedir/i);
  });

  itInFull("uninstall --all: takes out all of it and leaves others' hooks when they were there before", async () => {
    const folder = clone('a');
    const theirs = '#!/bin/sh\nexit 0\n';
    writeFileSync(hook(folder), theirs, { mode: 0o755 });
    assert.equal((await run('install', '--all', top)).code, 0);
    const fresh = clone('later');
    const { code, stderr } = await run('uninstall', '--all', top);
    assert.equal(code, 0, stderr);
    assert.equal(readFileSync(hook(folder), 'utf8'), theirs);
    assert.ok(!existsSync(hook(fresh)));
    assert.ok(!existsSync(hook(clone('newest'))));
  });

  it("a template of somebody's own: stays and is named when git has one already", async () => {
    const own = test.outside('own-template');
    mkdirSync(own);
    git(top, 'config', '--global', 'init.templateDir', own);
    const folder = clone('a');
    const { code, stderr } = await run('install', '--all', top);
    assert.equal(code, 1);
    assert.match(stderr, /init\.templateDir is .*own-template already/);
    assert.ok(existsSync(hook(folder)), 'clones have them all the same');
    assert.equal(git(top, 'config', '--global', 'init.templateDir').trim(), own);
  });

  itInFull('a folder that is not there: is refused with what to name instead', async () => {
    const { code, stderr } = await run('install', '--all', path.join(top, 'nowhere'));
    assert.equal(code, 2);
    assert.match(stderr, /is not a folder/);
  });
});
