/** Repositories that do not have everything: history that is cut off, contents that are left out. */
import assert from 'node:assert/strict';
import { itInFull } from '../support/full';
import { askJson, linekeeper } from '../support/product';
import { TestRepository } from '../support/repository';
import { as } from '../support/worker';

interface Shown {
  readonly parent: string | null;
  readonly added: object;
  readonly removed: object;
}

describe('a clone with missing history or contents', () => {
  let whole: TestRepository;
  let part: TestRepository;
  before(async () => {
    whole = await TestRepository.create();
    assert.equal((await linekeeper(whole, ['install', '--git'])).code, 0);
    for (const turn of [1, 2, 3]) {
      await as('ai', whole, ['a.txt'], () => {
        whole.write('a.txt', `one\ntwo ${String(turn)}\nthree\n`);
      });
      await whole.commit(`Turn ${String(turn)}`);
    }
    await askJson(whole, 'show');
    await whole.git('config', 'uploadpack.allowFilter', 'true');
  });
  beforeEach(async () => {
    part = await TestRepository.create();
  });
  afterEach(() => part.dispose());
  after(() => whole.dispose());

  itInFull('of depth 1: show treats the last commit as a root, as git does', async () => {
    await part.git('fetch', '--quiet', '--depth', '1', `file://${whole.root}`, 'main', 'refs/notes/ai:refs/notes/ai');
    await part.git('reset', '--quiet', '--hard', 'FETCH_HEAD');
    const shown = await askJson<Shown>(part, 'show');
    assert.deepEqual(
      [shown.parent, shown.added, shown.removed],
      [null, { ai: 1, human: 0, unknown: 2 }, { ai: 0, human: 0, unknown: 0 }],
    );
    assert.match((await linekeeper(part, ['show'])).stderr, /^linekeeper: shallow history: .*--deepen=1.*\n$/);
    for (const words of [
      ['show', 'HEAD~1'],
      ['blame', 'HEAD~1', 'a.txt'],
    ]) {
      const answer = await linekeeper(part, words);
      assert.equal(answer.code, 2);
      assert.match(
        answer.stderr,
        /^linekeeper: "HEAD~1" is not a commit in .*\. History is cut off here \(a shallow clone\); "git fetch --unshallow" brings the rest\.\n$/,
      );
    }
  });

  itInFull('of depth 1: its last commit can be amended, with trailers and note', async () => {
    await part.git('fetch', '--quiet', '--depth', '1', `file://${whole.root}`, 'main');
    await part.git('reset', '--quiet', '--hard', 'FETCH_HEAD');
    assert.equal((await linekeeper(part, ['install', '--git'])).code, 0);
    await as('ai', part, ['a.txt'], () => {
      part.write('a.txt', 'one\ntwo 3\nthree\nfour\n');
    });
    const amended = await part.run(['commit', '-qa', '--amend', '--no-edit']);
    assert.deepEqual([amended.code, amended.stderr], [0, '']);
    assert.match(await part.git('log', '-1', '--format=%B'), /^AI-Lines: \+1 -0 of \+4 -0, unknown \+3 -0$/m);
    const answer = await linekeeper(part, ['show', '--json']);
    assert.equal(answer.stderr, '');
    assert.deepEqual((JSON.parse(answer.stdout) as Shown).added, { ai: 1, human: 0, unknown: 3 });
  });

  /** Brings the last commit along without what the filter leaves out, and asks who wrote it. */
  async function isRefusedWithout(filter: string): Promise<void> {
    await part.git('remote', 'add', 'origin', `file://${whole.root}`);
    await part.git('fetch', '--quiet', `--filter=${filter}`, 'origin', 'main');
    await part.git('reset', '--quiet', '--hard', 'FETCH_HEAD');
    const answer = await linekeeper(part, ['show']);
    assert.equal(answer.code, 2);
    assert.match(answer.stderr, /^linekeeper: This clone leaves contents out .*\n$/);
  }

  it('without blobs: show says so and fetches nothing, and answers once git has them', async () => {
    await isRefusedWithout('blob:none');
    await part.git('log', '-p', '-1');
    assert.deepEqual((await askJson<Shown>(part, 'show')).added, { ai: 1, human: 0, unknown: 0 });
  });

  itInFull('without blobs and remote: show and blame say in one line why they cannot answer', async () => {
    await part.git('remote', 'add', 'origin', `file://${whole.root}`);
    await part.git('fetch', '--quiet', '--filter=blob:none', 'origin', 'main');
    await part.git('reset', '--quiet', '--hard', 'FETCH_HEAD');
    await part.git('remote', 'set-url', 'origin', `file://${whole.root}/gone`);
    for (const words of [
      ['show', 'HEAD~1'],
      ['blame', 'a.txt'],
    ]) {
      const answer = await linekeeper(part, words);
      assert.equal(answer.code, 2);
      assert.match(answer.stderr, /^linekeeper: .*This clone leaves contents out [^\n?]*\n$/);
    }
  });

  itInFull('without trees: show says so and fetches nothing', () => isRefusedWithout('tree:0'));
});
