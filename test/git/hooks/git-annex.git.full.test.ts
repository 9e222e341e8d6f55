/**
 * git-annex beside our hooks, whoever came first: both run. The real one where it is here, else a program of its name that
 * writes the hooks that git-annex writes, leaves those alone that are there, as it does, and notes that it was run.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { linekeeper } from '../../support/product';
import { TestRepository } from '../../support/repository';
import { as } from '../../support/worker';

const STAND_IN = `#!/bin/sh
hooks=$(git rev-parse --git-path hooks)
case $1 in
  init)
    for it in 'pre-commit pre-commit .' 'post-checkout smudge --update' 'post-merge smudge --update'; do
      file=$hooks/\${it%% *}
      [ -e "$file" ] && echo "\${it%% *} hook already exists, not configuring" && continue
      printf '#!/bin/sh\\n# automatically configured by git-annex\\ngit annex %s\\n' "\${it#* }" >"$file"
      chmod +x "$file"
    done ;;
  *) echo "$1" >>"$RAN" ;;
esac
`;

describe('git-annex and our hooks', function () {
  this.timeout(120_000);
  let test: TestRepository;
  let env: Record<string, string>;
  const isReal = spawnSync('git', ['annex', 'version']).status === 0;
  beforeEach(async () => {
    test = await TestRepository.create();
    env = { RAN: test.outside('ran') };
    if (!isReal) {
      mkdirSync(test.outside('bin'));
      writeFileSync(test.outside('bin/git-annex'), STAND_IN);
      chmodSync(test.outside('bin/git-annex'), 0o755);
      env['PATH'] = `${test.outside('bin')}${path.delimiter}${process.env['PATH'] ?? ''}`;
    }
    test.write('a.txt', 'one\n');
    await test.commit('Start');
  });
  afterEach(() => test.dispose());

  const git = async (...words: readonly string[]): Promise<void> => {
    const { code, stdout, stderr } = await test.run(words, { env });
    assert.equal(code, 0, `git ${words.join(' ')}: ${stdout}${stderr}`);
  };
  const annex = (): Promise<void> => git('annex', 'init');
  const ours = async (): Promise<void> => {
    const { code, stderr } = await linekeeper(test, ['install', '--git'], { env });
    assert.equal(code, 0, stderr);
  };
  /** A commit of an AI edit, a checkout and a push. */
  async function work(round: number): Promise<void> {
    await as('ai', test, ['a.txt'], () => test.write('a.txt', `${test.read('a.txt')}round ${String(round)}\n`));
    await git('commit', '-qam', `Round ${String(round)}`);
    assert.match(await test.git('log', '-1', '--format=%B'), /^AI-Lines: \+1 -0 of \+1 -0$/m);
    await git('switch', '-q', '--detach', 'HEAD~');
    await git('switch', '-q', 'main');
    await git('push', '-q', test.outside('remote'), 'HEAD:main');
    if (isReal) return;
    const ran = readFileSync(test.outside('ran'), 'utf8').trim().split('\n');
    assert.deepEqual([ran.filter((word) => word === 'pre-commit').length, ran.includes('smudge')], [round, true]);
  }

  for (const order of ['git-annex first', 'ours first'])
    it(`both run after each was set up three times, ${order}`, async () => {
      await test.git('init', '-q', '--bare', test.outside('remote'));
      const both = order === 'ours first' ? [ours, annex] : [annex, ours];
      for (const round of [1, 2, 3]) {
        for (const setUp of both) await setUp();
        await work(round);
        for (const name of ['pre-commit', 'post-checkout', 'post-merge'])
          assert.match(test.read(`.git/hooks/${name}`), /git annex/, name);
      }
      await linekeeper(test, ['uninstall', '--git'], { env });
      assert.equal(existsSync(test.at('.git/hooks/pre-push')), false);
      assert.match(test.read('.git/hooks/pre-commit'), /git annex/);
    });
});
