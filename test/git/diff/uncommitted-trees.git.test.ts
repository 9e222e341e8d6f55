/** What is uncommitted, by the index of everything and by its tree: the same, whatever state the work tree is in. */
import assert from 'node:assert/strict';
import { chmodSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { statusOf } from '../../../src/provenance/commits';
import { diffIndex, diffTrees, emptyTree, gitCalls, withWorktreeIndex } from '../../../src/git';
import { itInFull } from '../../support/full';
import { TestRepository } from '../../support/repository';
import { as, tick } from '../../support/worker';

const LINES = Array.from({ length: 30 }, (_, at) => `line ${String(at)} of the text\n`);

/** Each leaves the work tree in a state of its own, after one commit of `a.txt`, `b.txt` and `c.txt`. */
const STATES: Readonly<Record<string, (test: TestRepository) => unknown>> = {
  'nothing changed': () => undefined,
  'lines changed, a file added, one deleted': (test) => {
    test.write('a.txt', ['first\n', ...LINES.slice(2)].join(''));
    test.write('new/deep/d.txt', 'd\n');
    rmSync(test.at('b.txt'));
  },
  'renamed and changed': (test) => {
    renameSync(test.at('a.txt'), test.at('z.txt'));
    test.write('z.txt', [...LINES, 'one more\n'].join(''));
  },
  'executable, and another a link': (test) => {
    chmodSync(test.at('a.txt'), 0o755);
    rmSync(test.at('b.txt'));
    symlinkSync('a.txt', test.at('b.txt'));
  },
  'bytes that are no text': (test) => {
    test.write('a.txt', 'a\0b\0c');
  },
  'meant to be added, staged, and changed since': async (test) => {
    test.write('meant.txt', 'meant\n');
    await test.git('add', '-N', 'meant.txt');
    test.write('a.txt', 'staged\n');
    await test.git('add', 'a.txt');
    test.write('a.txt', 'staged\nand more\n');
  },
  'in conflict': async (test) => {
    await test.git('checkout', '-qb', 'other');
    test.write('a.txt', 'theirs\n');
    await test.commit('Theirs');
    await test.git('checkout', '-q', '-');
    test.write('a.txt', 'ours\n');
    await test.commit('Ours');
    await assert.rejects(test.git('merge', '-q', 'other'));
  },
  'with a split index': async (test) => {
    await test.git('config', 'core.splitIndex', 'true');
    await test.git('update-index', '--split-index');
    test.write('a.txt', 'changed\n');
  },
};

describe('withWorktreeIndex, the uncommitted changes', () => {
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
  });
  afterEach(() => test.dispose());

  for (const [state, make] of Object.entries(STATES))
    itInFull(`its index gives the same diff as its tree: ${state}`, async () => {
      test.write('a.txt', LINES.join(''));
      test.write('b.txt', LINES.toReversed().join(''));
      test.write('c.txt', 'c\n');
      await test.commit('Start');
      await make(test);
      const repository = test.repository();
      for (const parent of [(await repository.commitId('HEAD')) ?? assert.fail(), emptyTree(repository)])
        await withWorktreeIndex(repository, async ({ index, objects, tree }) => {
          const byIndex = await diffIndex(repository, parent, index, { objects }).catch(() => undefined);
          const byTree = await diffTrees(repository, parent, await tree(), { objects });
          if (state === 'with a split index') assert.ok(byTree.length > 0);
          else assert.deepEqual(byIndex, byTree);
        });
      const { files } = await statusOf(repository, tick);
      assert.equal(files.length > 0, state !== 'nothing changed');
    });

  it('a last line without its end: is replaced by the new one when both lack it', async () => {
    test.write('a.txt', 'one\ntwo\nthree');
    const before = (await test.commit('Start')).trim();
    test.write('a.txt', 'one\ntwo\nthird');
    const after = (await test.commit('End')).trim();
    const [file] = await diffTrees(test.repository(), before, after);
    assert.deepEqual(
      file?.hunks.map(({ oldStart, oldEnd, newStart, newEnd }) => [oldStart, oldEnd, newStart, newEnd]),
      [[2, 3, 2, 3]],
    );
  });

  it('status takes two git processes', async () => {
    test.write('a.txt', 'a\n');
    await test.commit('Start');
    await as('ai', test, ['a.txt'], () => test.write('a.txt', 'b\n'));
    await statusOf(test.repository(), tick);
    const before = gitCalls();
    await statusOf(test.repository(), tick);
    assert.equal(gitCalls() - before, 2);
  });
});
