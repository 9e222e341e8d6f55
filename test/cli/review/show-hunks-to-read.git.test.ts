/** A change in the terminal, in the order in which a reviewer should read it. */
import assert from 'node:assert/strict';
import { markRead, hunksToRead, readHunks } from '../../../src/review/hunks';
import { itInFull } from '../../support/full';
import { linekeeper } from '../../support/product';
import { CARL } from '../../support/repository';
import { Branch, bySubject, numbered } from '../../support/gate';

describe('linekeeper review --read', function () {
  this.timeout(60_000);
  let branch: Branch;

  beforeEach(async () => {
    branch = await Branch.create({ 'infra/a.tf': numbered(30), 'src/a.ts': numbered(30), 'notes.txt': numbered(30) });
    await branch.commit(
      'ai: change',
      {
        'infra/a.tf': numbered(30).replace('line 2\n', 'two\n'),
        'src/a.ts': numbered(30).replace('line 2\n', 'replicas = 2 in production\n').replace('line 20\n', 'a\nb\nc\n'),
      },
      CARL,
    );
    await branch.commit(
      'human: after',
      {
        'src/a.ts': numbered(30).replace('line 2\n', 'replicas = 3 in production\n').replace('line 20\n', 'a\nb\nc\n'),
        'notes.txt': numbered(31),
      },
      CARL,
    );
  });
  afterEach(() => branch.repo.dispose());

  const hunks = async (): ReturnType<typeof hunksToRead> => {
    const repository = branch.repo.repository();
    return hunksToRead(repository, {
      base: await branch.repo.git('rev-parse', 'main'),
      head: await branch.head(),
      baseName: 'main',
      attributionOf: bySubject,
    });
  };

  it("lists hunks by risk and size, with authors and AI's lines that people edited", async () => {
    const { hunks: all } = await hunks();
    assert.deepEqual(
      all.map(({ path, tier, newLine }) => `${path}:${String(newLine)} ${tier ?? 'none'}`),
      ['infra/a.tf:2 critical', 'src/a.ts:20 standard', 'src/a.ts:2 standard', 'notes.txt:31 none'],
    );
    assert.deepEqual(
      all[0]?.added.map(({ text, author, assistant, edited }) => [text, author, assistant, edited]),
      [['two', 'ai', 'kiro', false]],
    );
    assert.deepEqual(
      all[2]?.added.map(({ text, author, edited }) => [text, author, edited]),
      [['replicas = 3 in production', 'ai', true]],
    );
    assert.deepEqual(
      all[3]?.added.map(({ author }) => author),
      ['human'],
    );
  });

  itInFull('remembers read hunks by content, so that a changed one is unread', async () => {
    const { gitDir } = branch.repo.repository();
    const [first, second] = (await hunks()).hunks;
    assert.ok(first && second);
    markRead(gitDir, [first.id, second.id], true);
    markRead(gitDir, [second.id], false);
    assert.deepEqual([...readHunks(gitDir)], [first.id]);
    await branch.commit(
      'ai: below',
      { 'infra/a.tf': numbered(30).replace('line 2\n', 'two\n').replace('line 20\n', 'twenty\n') },
      CARL,
    );
    assert.ok(
      (await hunks()).hunks.some(({ id }) => readHunks(gitDir).has(id)),
      'its own text is the same',
    );
    await branch.commit('ai: again', { 'infra/a.tf': numbered(30).replace('line 2\n', '2\n') }, CARL);
    assert.ok(!(await hunks()).hunks.some(({ id }) => readHunks(gitDir).has(id)), 'another text is unread');
  });

  itInFull('prints, ticks and leaves out hunks in the terminal', async () => {
    const read = async (...words: readonly string[]): Promise<string> =>
      (await linekeeper(branch.repo, ['review', '--read', 'main..topic', ...words])).stdout;
    const text = await read();
    assert.match(text, /^4 hunks, the riskiest first\.[^]*infra\/a\.tf:2 {2}\[critical\][^]*- line 2\n[^]*\+ two\n/);
    const [, id = ''] = /^([0-9a-f]{12}) {2}infra/m.exec(text) ?? [];
    assert.match(await read('--tick', id), /1 ticked, 3 of 4 still to read/);
    assert.doesNotMatch(await read(), /infra\/a\.tf/);
    assert.match(await read('--tick', 'all'), /0 of 4 still to read/);
    assert.match(await read(), /You have read all of them\. Sign off with "linekeeper sign"/);
    assert.equal(
      (await linekeeper(branch.repo, ['review', '--read', 'main..topic', '--tick', '000000000000'])).code,
      2,
    );
    assert.equal((await linekeeper(branch.repo, ['review', '--read', 'main'])).code, 2);
  });
});
