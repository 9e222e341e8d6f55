/** What names and paths name, read from loose objects without git: the same as git says, and left to it where only git can tell. */
import assert from 'node:assert/strict';
import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { gitCalls, readNamed, refNow, treeEntries } from '../../../src/git';
import { TestRepository } from '../../support/repository';

describe('loose trees of git', () => {
  let test: TestRepository;
  let commit: string;
  before(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'one\n');
    test.write('dir/deep/b.txt', 'two\n');
    test.write('dir/run.sh', 'true\n');
    chmodSync(test.at('dir/run.sh'), 0o755);
    test.write('größe [1].txt', 'three\n');
    symlinkSync('a.txt', test.at('link'));
    await test.commit('Start');
    await test.git('update-index', '--add', '--cacheinfo', `160000,${await test.head()},sub`);
    commit = await test.commit('Add a submodule', { staged: true });
    await test.git('branch', 'other/one');
  });
  after(() => test.dispose());

  /** The answer, and how often git was started for it. */
  async function counted<T>(ask: () => Promise<T>): Promise<readonly [answer: T, calls: number]> {
    const before = gitCalls();
    return [await ask(), gitCalls() - before];
  }

  const sorted = (found: Awaited<ReturnType<typeof treeEntries>>): unknown => [...found].sort();
  const FILES = ['a.txt', 'dir', 'dir/deep/b.txt', 'dir/run.sh', 'größe [1].txt', 'link', 'sub'];
  const NOTHING = ['none', 'a.txt/x', 'dir/none', 'link/run.sh', 'gr*'];
  const entries = (of: TestRepository, folders: boolean): ReturnType<typeof treeEntries> =>
    treeEntries(
      of.repository(),
      commit,
      // of a folder and what is in it, git lists only the latter
      [...FILES, ...NOTHING].filter((path) => !folders || !path.startsWith('dir/')),
      { folders },
    );
  const NAMES = [
    ...['HEAD', 'HEAD:', 'refs/heads/main', 'refs/heads/other/one', 'refs/heads/none'],
    ...['HEAD', 'refs/heads/main', 'refs/heads/none', 'refs/heads/other/one:dir'].flatMap((base) =>
      ['a.txt', 'dir/deep/b.txt', 'dir', 'none', 'a.txt/x', 'link'].map((path) => `${base}:${path}`),
    ),
  ];

  it('paths: have the entries that git lists, without a git where all trees are loose', async () => {
    const [[all, withFolders], [files, without]] = [
      await counted(() => entries(test, true)),
      await counted(() => entries(test, false)),
    ];
    assert.deepEqual([withFolders, without], [0, 0]);
    assert.deepEqual(
      [...files.keys()],
      FILES.filter((path) => path !== 'dir'),
    );
    assert.deepEqual(
      [...all.keys()],
      FILES.filter((path) => !path.startsWith('dir/')),
    );
    const copy = await test.copy();
    await copy.git('repack', '-adq');
    assert.deepEqual(sorted(await entries(copy, true)), sorted(all));
    assert.deepEqual(sorted(await entries(copy, false)), sorted(files));
    await copy.dispose();
  });

  it('names: have the objects that git reads, without a git for all but an empty path', async () => {
    const [found, calls] = await counted(() => readNamed(test.repository(), NAMES));
    assert.equal(calls, 1);
    const [, without] = await counted(() =>
      readNamed(
        test.repository(),
        NAMES.filter((name) => name !== 'HEAD:'),
      ),
    );
    assert.equal(without, 0);
    const copy = await test.copy();
    await copy.git('repack', '-adq');
    await copy.git('pack-refs', '--all');
    const packed = await readNamed(copy.repository(), NAMES);
    assert.deepEqual(found, packed);
    assert.deepEqual(
      packed.slice(0, 5).map((object) => object?.kind),
      ['commit', 'tree', 'commit', 'commit', undefined],
    );
    await copy.dispose();
  });

  it('refs: are left to git when they are symbolic, damaged, of one work tree, or more than a name', async () => {
    const copy = await test.copy();
    await copy.git('symbolic-ref', 'refs/heads/alias', 'refs/heads/main');
    writeFileSync(copy.at('.git/refs/heads/broken'), 'nothing\n');
    const repository = copy.repository();
    for (const name of ['alias', 'broken', 'main~1', 'main^{tree}', 'main@{1}', '../HEAD'])
      assert.equal(refNow(repository, `refs/heads/${name}`), undefined, name);
    for (const name of ['main', 'HEAD', 'refs/bisect/bad', 'refs/worktree/one', 'refs/rewritten/one'])
      assert.equal(refNow(repository, name), undefined, name);
    assert.deepEqual([refNow(repository, 'refs/heads/main'), refNow(repository, 'refs/heads/none')], [commit, null]);
    await copy.git('pack-refs', '--all');
    assert.deepEqual([refNow(repository, 'refs/heads/main'), refNow(repository, 'refs/heads/none')], [commit, null]);
    copy.write('.git/reftable/tables.list', '');
    assert.equal(refNow(repository, 'refs/heads/none'), undefined);
    await copy.dispose();
  });

  it('trees: are left to git when git would not have written them', async () => {
    const copy = await test.copy();
    const blob = Buffer.from(await copy.git('rev-parse', 'HEAD:a.txt'), 'hex');
    const entry = (start: string): Buffer => Buffer.concat([Buffer.from(`${start}\0`), blob]);
    const odd = [
      [entry('100644 a.txt'), entry('100644 a.txt')], // twice
      [entry('100664 a.txt')], // by a very old git
      [entry('100644 dir/a.txt'), entry('100644 a.txt')],
      [entry('100644 a.txt').subarray(0, -1)],
    ];
    for (const parts of odd) {
      writeFileSync(copy.outside('tree'), Buffer.concat(parts));
      const tree = await copy.git('hash-object', '-t', 'tree', '-w', '--literally', copy.outside('tree'));
      const [, calls] = await counted(() =>
        treeEntries(copy.repository(), tree, ['a.txt']).catch(() => 'git refuses it'),
      );
      assert.equal(calls, 1, String(Buffer.concat(parts)));
    }
    await copy.dispose();
  });
});
