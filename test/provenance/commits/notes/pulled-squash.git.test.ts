/** What a forge made of commits that are known here: the next question after the pull gives it its note. */
import assert from 'node:assert/strict';
import { gitCalls } from '../../../../src/git';
import { itInFull } from '../../../support/full';
import { askJson, linekeeper } from '../../../support/product';
import { BOB, TestRepository } from '../../../support/repository';
import { as } from '../../../support/worker';

interface Shown {
  readonly added: Readonly<Record<'ai' | 'human' | 'unknown', number>>;
}

describe("a forge's squash that a pull brings", function () {
  this.timeout(60_000);
  let test: TestRepository;
  const lines = (count: number): string[] =>
    Array.from({ length: count }, (_, at) => `this is line number ${String(at)}`);
  const added = async (revision = 'HEAD'): Promise<Shown['added']> =>
    (await askJson<Shown>(test, 'show', revision)).added;

  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', `${lines(20).join('\n')}\n`);
    test.write('b.txt', 'beside\n');
    await test.commit('Start');
    await linekeeper(test, ['install', '--git']);
    await test.git('switch', '-qc', 'work');
    await change('ai', 3, 'written by a machine');
    await change('human', 5, 'written by a person');
    await change('ai', 7, 'also written by a machine');
  });
  afterEach(() => test.dispose());

  async function change(author: 'ai' | 'human', at: number, text: string): Promise<void> {
    const content = test.read('a.txt').split('\n');
    content[at] = text;
    await as(author, test, ['a.txt'], () => {
      test.write('a.txt', content.join('\n'));
    });
    await test.git('commit', '-qam', `Change ${String(at)}`);
  }

  /** The forge's work: a commit on `base` with a tree, by a person elsewhere; and `main` as the remote has it. */
  async function forge(base: string, tree: string, message: string): Promise<string> {
    const id = await test.git('commit-tree', '-p', base, '-m', message, tree);
    await test.git('update-ref', 'refs/remotes/origin/main', id);
    return id;
  }

  async function pull(): Promise<void> {
    await test.git('switch', '-q', 'main');
    await test.git('merge', '-q', '--ff-only', 'refs/remotes/origin/main');
  }

  /** The tree of `work` on a base that others went on with. */
  async function onto(base: string): Promise<string> {
    await test.git('switch', '-qc', 'scratch', base);
    await test.git('-c', 'core.hooksPath=/dev/null', 'merge', '-q', '--squash', 'work');
    const tree = await test.git('write-tree');
    await test.git('reset', '-q', '--hard', 'work');
    await test.git('switch', '-q', 'work');
    await test.git('branch', '-qD', 'scratch');
    return tree;
  }

  itInFull('the next question: knows the authors of a squash on the same base', async () => {
    await forge('main', 'work^{tree}', 'Work (#7)');
    await pull();
    assert.deepEqual(await added(), { ai: 2, human: 1, unknown: 0 });
    assert.match(await test.git('notes', '--ref=ai', 'show', 'HEAD'), /a\.txt/);
  });

  itInFull(
    'the next question: knows the authors of a squash on a base that went on, between other commits',
    async () => {
      await test.git('switch', '-q', 'main');
      test.write('a.txt', `${lines(20).join('\n')}\nat the end\n`);
      await test.commit('Meanwhile', { as: BOB });
      const base = await test.git('rev-parse', 'HEAD');
      await test.git('reset', '-q', '--hard', 'HEAD~');
      await test.git('switch', '-q', 'work');
      const squash = await forge(base, await onto(base), 'Work (#7)');
      await forge(squash, `${squash}^{tree}`, 'Nothing');
      await pull();
      assert.deepEqual(await added(squash), { ai: 2, human: 1, unknown: 0 });
    },
  );

  it('the next question: knows the authors if the branch was deleted before it', async () => {
    await forge('main', 'work^{tree}', 'Work (#7)');
    await pull();
    await test.git('branch', '-qD', 'work');
    assert.deepEqual(await added(), { ai: 2, human: 1, unknown: 0 });
  });

  itInFull('the next question: knows the authors of commits that the forge rebased', async () => {
    await test.git('switch', '-q', 'main');
    test.write('b.txt', 'beside it\n');
    await test.commit('Meanwhile', { as: BOB });
    const base = await test.git('rev-parse', 'HEAD');
    await test.git('reset', '-q', '--hard', 'HEAD~');
    let last = base;
    for (const [at, name] of ['work~2', 'work~', 'work'].entries()) {
      await test.git('read-tree', `${name}^{tree}`);
      await test.git('update-index', '--cacheinfo', `100644,${await test.git('rev-parse', `${base}:b.txt`)},b.txt`);
      last = await forge(last, await test.git('write-tree'), `Change ${String(3 + 2 * at)}`);
    }
    await test.git('reset', '-q', '--hard', 'main');
    await pull();
    assert.deepEqual(await added('HEAD~2'), { ai: 1, human: 0, unknown: 0 });
    assert.deepEqual(await added('HEAD~'), { ai: 0, human: 1, unknown: 0 });
  });

  itInFull('a squash that could be made of two branches: stays unknown if they say different things', async () => {
    const tree = await test.git('rev-parse', 'work^{tree}');
    const whole = test.read('a.txt');
    assert.deepEqual(await added(), { ai: 1, human: 0, unknown: 0 });
    test.forgetRecords();
    await test.git('switch', '-qc', 'rival', 'main');
    await as('human', test, ['a.txt'], () => {
      test.write('a.txt', whole);
    });
    await test.git('commit', '-qam', 'The same by hand');
    assert.deepEqual(await added(), { ai: 0, human: 3, unknown: 0 });
    await forge('main', tree, 'Work (#7)');
    await pull();
    assert.deepEqual(await added(), { ai: 0, human: 0, unknown: 3 });
  });

  itInFull('a squash that was changed on the way: stays unknown', async () => {
    const elsewhere = test.read('a.txt').replace('written by a machine', 'changed where nobody saw it');
    const blob = (await test.run(['hash-object', '-w', '--stdin'], { input: elsewhere })).stdout.trim();
    await test.git('update-index', '--cacheinfo', `100644,${blob},a.txt`);
    const tree = await test.git('write-tree');
    await test.git('reset', '-q', '--hard', 'work');
    await forge('main', tree, 'Work (#7)');
    await pull();
    const { ai } = await added();
    assert.equal(ai, 0);
  });

  it('a pull of many commits: starts a bounded number of processes', async () => {
    let last = await test.git('rev-parse', 'main');
    for (let count = 0; count < 60; count++) last = await forge(last, 'main^{tree}', `Commit ${String(count)}`);
    await forge(last, 'work^{tree}', 'Work (#7)');
    const { settle } = await import('../../../../src/provenance/commits/settle');
    await settle(test.repository(), Date.now);
    await pull();
    const before = gitCalls();
    await settle(test.repository(), Date.now);
    assert.ok(gitCalls() - before < 60, String(gitCalls() - before));
    assert.deepEqual(await added(), { ai: 2, human: 1, unknown: 0 });
  });
});
