import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { readFolder } from '../support/folders';
import { itInFull } from '../support/full';
import { commitPlainly } from '../support/plain-commit';
import { ADA, BOB, TestRepository } from '../support/repository';

const AT = '2026-03-02T08:00:00+01:00';

describe('TestRepository.commit, without a process', function () {
  if (process.platform !== 'linux') return;

  let plain: TestRepository;
  let real: TestRepository;
  beforeEach(async () => {
    plain = await TestRepository.create();
    real = await TestRepository.create();
    // With a setting of its own, git itself commits.
    await real.git('config', 'linekeeper.test', 'true');
  });
  afterEach(async () => {
    await plain.dispose();
    await real.dispose();
  });

  /** Does the same in both, and compares all that there is then. */
  async function both(message: string, work: (test: TestRepository) => unknown): Promise<void> {
    const ids: string[] = [];
    for (const test of [plain, real]) {
      await work(test);
      ids.push(await test.commit(message, { as: BOB, committer: ADA, at: AT }));
    }
    assert.equal(ids[0], ids[1]);
    for (const words of [
      ['status', '--porcelain'],
      ['ls-files', '--stage'],
      ['reflog', '--format=%gD %H %gs'],
      ['log', '--format=%H %an %cn %ci %B', '--raw'],
      ['fsck', '--strict'],
      ['diff-files'],
    ])
      assert.equal(await plain.git(...words), await real.git(...words), words.join(' '));
    for (const file of ['COMMIT_EDITMSG', 'logs/HEAD', 'HEAD', 'refs/heads/main'])
      assert.equal(plain.read(`.git/${file}`), real.read(`.git/${file}`), file);
  }

  itInFull('new repository: has every file and folder that git init makes', async () => {
    const folder = path.join(path.dirname(plain.root), 'real');
    await plain.git('init', '--quiet', folder);
    assert.deepEqual(readFolder(plain.at('.git')), readFolder(path.join(folder, '.git')));
  });

  itInFull('history of files and folders: is what git add and git commit make', async () => {
    await both('first', (test) => {
      test.write('b.txt', 'one\n');
      test.write('a/b/c.txt', 'two\n');
      test.write('a.txt', '');
      test.write('a-b', 'sorts between a and a/\n');
      test.write('naïve ☕.txt', Buffer.from([0, 255, 10]));
    });
    await both('  second  \n\n\n\nwith a body \n# and no comment\n\n', (test) => {
      test.write('a/b/d.txt', 'two\n');
      test.remove('b.txt');
      chmodSync(test.at('a.txt'), 0o755);
      symlinkSync('a/b/c.txt', test.at('link'));
    });
    await both('Two lines\nof a subject', (test) => {
      test.write('a/b/c.txt', 'TWO\n');
    });
    await both('A file becomes a folder', (test) => {
      test.remove('a-b');
      test.write('a-b/c', 'in it\n');
    });
  });

  itInFull('detached HEAD: moves, and no branch does', async () => {
    await both('first', (test) => {
      test.write('a', '1\n');
    });
    await both('second', async (test) => {
      // the log of HEAD has the second of it
      await test.run(['switch', '--quiet', '--detach'], { env: { GIT_COMMITTER_DATE: AT } });
      test.write('a', '2\n');
    });
  });

  itInFull('after git has staged a part: commits everything', async () => {
    await both('first', (test) => {
      test.write('a', '1\n');
      test.write('b', '1\n');
    });
    await both('second', async (test) => {
      test.write('a', '2\n');
      await test.git('add', 'a');
      test.write('a', '3\n');
      test.write('b', '2\n');
      await test.git('rm', '--quiet', '--cached', '-f', 'a');
    });
  });

  itInFull('same size in the same moment: sees the change', async () => {
    for (const text of ['1\n', '2\n', '3\n', '4\n'])
      await both(text, (test) => {
        test.write('a', text);
      });
  });

  const DECLINES: readonly [what: string, make: (test: TestRepository) => unknown][] = [
    ['a hook', (test) => test.write('.git/hooks/commit-msg', '#!/bin/sh\n')],
    ['attributes', (test) => test.write('.gitattributes', '* text=auto\n')],
    ['ignored files', (test) => test.write('c/.gitignore', 'b\n')],
    ['excluded files', (test) => test.write('.git/info/exclude', 'b\n')],
    ['a setting of the repository', (test) => test.git('config', 'core.autocrlf', 'true')],
    ['a setting of the person', (test) => test.git('config', '--global', 'core.autocrlf', 'true')],
    ['a merge', (test) => test.write('.git/MERGE_HEAD', `${'0'.repeat(40)}\n`)],
    ['a repository inside', (test) => test.git('init', '--quiet', 'inner')],
    ['packed refs', (test) => test.git('pack-refs', '--all')],
    ['packed objects', (test) => test.git('repack', '--quiet', '-ad')],
    ['another work tree', (test) => test.git('worktree', 'add', '--quiet', '../beside')],
    ['a file only announced', (test) => test.git('add', '--intent-to-add', 'b')],
    ['a file assumed to be unchanged', (test) => test.git('update-index', '--assume-unchanged', 'a')],
    ['no change', (test) => test.remove('b')],
  ];
  for (const [what, make] of DECLINES)
    it(`${what}: leaves the commit to git`, async () => {
      plain.write('a', '1\n');
      await plain.commit('first');
      plain.write('b', '1\n');
      await make(plain);
      const before = plain.read('.git/logs/HEAD');
      const settings: [string, string][] = [
        [plain.at('.git/config'), (await gitConfig()).toString('utf8')],
        [path.join(plain.home, '.gitconfig'), readFileSync(path.join(real.home, '.gitconfig'), 'utf8')],
      ];
      const call = { root: plain.root, settings, message: 'second', author: ADA, committer: ADA, at: undefined };
      assert.equal(commitPlainly(call), undefined);
      assert.equal(plain.read('.git/logs/HEAD'), before);
      assert.equal(existsSync(plain.at('.git/index.lock')), false);
    });

  async function gitConfig(): Promise<Buffer> {
    const fresh = await TestRepository.create();
    const text = readFileSync(fresh.at('.git/config'));
    await fresh.dispose();
    return text;
  }
});
