/** Squashes of branches that were deleted: the forge still has their commits, and the printed command brings them. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { itInFull } from '../../../support/full';
import { linekeeper } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { as } from '../../../support/worker';

describe("notes repair, when a branch's commits are only on the forge", function () {
  this.timeout(60_000);
  let test: TestRepository;
  let clone: string;
  const git = (...words: readonly string[]): Promise<string> => test.git('-C', clone, ...words);
  const repair = (): ReturnType<typeof linekeeper> => linekeeper(test, ['notes', 'repair'], { cwd: clone });

  beforeEach(async () => {
    test = await TestRepository.create();
    clone = path.resolve(test.outside('clone'));
    test.write('a.txt', 'one\ntwo\n');
    await test.commit('Start');
    await linekeeper(test, ['install']);
    await test.git('switch', '-qc', 'work');
    await as('ai', test, ['a.txt'], () => {
      test.write('a.txt', 'one by machine\ntwo\n');
    });
    await test.git('commit', '-qam', 'One');
    const squash = await test.git('commit-tree', '-p', 'main', '-m', 'One (#7)', 'work^{tree}');
    await linekeeper(test, ['show', 'work']);
    for (const kept of ['refs/pull/7/head', 'refs/pull/7/merge', 'refs/merge-requests/7/head'])
      await test.git('update-ref', kept, 'work');
    await test.git('update-ref', 'refs/heads/main', squash);
    await test.git('switch', '-q', 'main');
    await test.git('branch', '-qD', 'work');
    await test.git('clone', '-q', '--no-local', test.root, clone);
    await git('fetch', '-q', 'origin', 'refs/notes/ai:refs/notes/ai');
  });
  afterEach(() => test.dispose());

  for (const [address, command] of [
    ['https://github.com/acme/shop.git', 'git fetch origin "refs/pull/*/head:refs/remotes/pull/*"'],
    ['git@gitlab.com:acme/shop.git', 'git fetch origin "refs/merge-requests/*/head:refs/remotes/merge-requests/*"'],
    ['https://dev.azure.com/acme/shop/_git/shop', 'git fetch origin "refs/pull/*/merge:refs/remotes/pull/*"'],
  ] as const)
    itInFull(`prints the fetch command for ${address}, and finds the note after it ran`, async () => {
      await git('remote', 'set-url', 'origin', address);
      const before = await repair();
      assert.deepEqual([before.code, before.stdout], [0, 'No commit lacks a note that Linekeeper could restore.\n']);
      const printed = /try again: (.+)\n/.exec(before.stderr)?.[1];
      assert.equal(printed, command, before.stderr);
      await git('remote', 'set-url', 'origin', test.root);
      execFileSync('sh', ['-c', printed], { cwd: clone, stdio: 'pipe' });
      assert.match((await repair()).stdout, /its note is drawn from/);
    });

  it('prints no command when the forge is unknown or there is no remote', async () => {
    for (const change of [
      ['set-url', 'origin', 'https://git.example/acme/shop.git'],
      ['remove', 'origin'],
    ]) {
      await git('remote', ...change);
      assert.match((await repair()).stderr, /If the Git host keeps the commits of pull requests, fetch them/);
    }
  });
});
