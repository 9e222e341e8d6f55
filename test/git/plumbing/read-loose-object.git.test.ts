/** Objects that are read without git: the same as git reads, and left to it where anything is odd about them. */
import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { gitCalls, readBlobs, readCommits, readNamed } from '../../../src/git';
import { itInFull } from '../../support/full';
import { TestRepository } from '../../support/repository';

describe('loose objects of git', () => {
  let test: TestRepository;
  let commit: string;
  let blob: string;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', Buffer.from('one\0two\r\n\xff', 'latin1'));
    commit = await test.commit('Ärger\n\nmore');
    blob = await test.git('rev-parse', 'HEAD:a.txt');
  });
  afterEach(() => test.dispose());

  const place = (id: string): string => test.at(`.git/objects/${id.slice(0, 2)}/${id.slice(2)}`);
  /** What is read of it, and how often git was started. */
  async function read(): Promise<{ readonly all: unknown; readonly calls: number }> {
    const before = gitCalls();
    const repository = test.repository();
    const missing = '0123456789'.repeat(4);
    const all = [
      await readBlobs(repository, [missing, blob, commit]),
      await readCommits(repository, [blob, commit]),
      await readNamed(repository, [commit, 'HEAD:a.txt', missing, blob]),
    ];
    return { all, calls: gitCalls() - before };
  }

  itInFull('are read without git, with the same content as packed', async () => {
    const { all, calls } = await read();
    assert.equal(calls, 2, 'for the one that is missing, and for a name');
    await test.git('gc', '-q');
    const packed = await read();
    assert.equal(packed.calls, 3);
    assert.deepEqual(all, packed.all);
  });

  it('commit id: is told without git when the commit is a file of its own', async () => {
    const before = gitCalls();
    assert.equal(await test.repository().commitId(commit), commit);
    assert.equal(gitCalls() - before, 0);
    assert.equal(await test.repository().commitId(blob), undefined, 'a blob is no commit');
    await test.git('gc', '-q');
    assert.equal(await test.repository().commitId(commit), commit);
  });

  it('that are cut or damaged are left to git', async () => {
    const whole = readFileSync(place(blob));
    chmodSync(place(blob), 0o644);
    for (const broken of [whole.subarray(0, 6), Buffer.from('no object'), Buffer.alloc(0)]) {
      writeFileSync(place(blob), broken);
      const blobs = await readBlobs(test.repository(), [blob]).catch(() => new Map());
      assert.equal(blobs.size, 0);
    }
    writeFileSync(place(blob), whole);
    assert.equal((await readBlobs(test.repository(), [blob])).get(blob)?.length, 10);
  });
});
