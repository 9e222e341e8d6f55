/** The own changes of many commits at once, some of them merges: the same as of each alone, and no more is read. */
import assert from 'node:assert/strict';
import {
  changesOfCommits,
  mergeOwnChanges,
  readCommits,
  Repository,
  startAndWait,
  type DiffFile,
  type Start,
} from '../../../src/git';
import { itInFull } from '../../support/full';
import { TestRepository } from '../../support/repository';

const FILES = 40;
const text = (of: string, lines = 12): string =>
  Array.from({ length: lines }, (_, line) => `${of} ${String(line)}\n`).join('');

/** Without the texts, which only one of the two ways carries. */
const shownOf = (own: readonly DiffFile[]): readonly string[] =>
  own.map(({ path, from, status, oldId, newId, hunks }) =>
    [
      status,
      path,
      String(from),
      oldId,
      newId,
      ...hunks.map(
        (hunk) => `${String(hunk.oldStart)}-${String(hunk.oldEnd)} ${String(hunk.newStart)}-${String(hunk.newEnd)}`,
      ),
    ].join(' '),
  );

describe('changesOfCommits, for a history with merges', function () {
  this.timeout(120_000);
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    for (let file = 0; file < FILES; file++) test.write(`f${String(file)}`, text(`a${String(file)}`));
    test.write('shared', text('s', 30));
    await test.commit('Start');
    await test.git('branch', 'start');
    for (let file = 0; file < FILES; file++) test.write(`f${String(file)}`, text(`b${String(file)}`));
    await test.commit('All files');
    await test.git('branch', 'base');
  });
  afterEach(() => test.dispose());

  /** A topic that began before all files changed, merged now. `change` makes its commit, `own` what the merge adds. */
  async function merge(topic: string, change: () => void | Promise<void>, own?: () => void): Promise<void> {
    await test.git('checkout', '--quiet', '-b', topic, 'start');
    await change();
    await test.commit(`Topic ${topic}`);
    await test.git('checkout', '--quiet', 'main');
    await test.run(['merge', '--quiet', '--no-ff', '--no-commit', topic]);
    own?.();
    await test.commit(`Merge ${topic}`);
  }

  /** A repository that keeps all that git answers. */
  function listening(): { readonly repository: Repository; readonly heard: () => string } {
    const answers: Buffer[] = [];
    const start: Start = async (args, run) => {
      const result = await startAndWait(args, run);
      answers.push(result.stdout);
      return result;
    };
    return {
      repository: new Repository(test.repository(), start),
      heard: () => Buffer.concat(answers).toString('latin1'),
    };
  }

  const commitsSince = async (base: string): Promise<string[]> =>
    (await test.git('rev-list', '--reverse', '--topo-order', `${base}..main`)).trim().split('\n');

  itInFull("gives each commit's own change, for clean, edited and conflicting merges", async () => {
    await merge('clean', () => test.write('new', text('new')));
    await merge(
      'own-line',
      () => test.write('second', text('second')),
      () => test.write('f1', `${text('b1')}by the merge\n`),
    );
    await merge(
      'conflict',
      () => test.write('f2', text('topic')),
      () => test.write('f2', text('settled')),
    );
    await merge('both-sides', () => test.write('shared', text('s', 30).replace('s 3\n', 'topic\n')));
    test.write('shared', test.read('shared').replace('s 25\n', 'main\n'));
    await test.commit('Main');
    await merge('both-sides-again', () => test.write('shared', text('s', 30).replace('s 14\n', 'topic\n')));
    await merge('renamed', async () => {
      await test.git('mv', 'f3', 'moved');
    });
    await merge('removed', async () => {
      await test.git('rm', '--quiet', 'shared');
    });
    const repository = test.repository();
    const commits = [...(await readCommits(repository, await commitsSince('start'))).values()];
    let own = 0;
    for await (const change of changesOfCommits(repository, commits)) {
      const { id, parents, message } = change.commit;
      assert.deepEqual(shownOf(change.own), shownOf(await mergeOwnChanges(repository, parents, id)), message);
      if (parents.length > 1) own += change.own.length;
    }
    assert.ok(commits.length > 12 && own > 2, `${String(commits.length)} commits, ${String(own)} changes of merges`);
  });

  it('leaves out what happened beside a topic when its merge has no own change', async () => {
    for (const topic of ['one', 'two', 'three']) await merge(topic, () => test.write(topic, text(topic)));
    const { repository, heard } = listening();
    const commits = [...(await readCommits(repository, await commitsSince('base'))).values()];
    const changed: string[] = [];
    for await (const { own } of changesOfCommits(repository, commits)) changed.push(...own.map(({ path }) => path));
    assert.deepEqual(changed.sort(), ['one', 'three', 'two']);
    assert.doesNotMatch(heard(), /\bf7\b/);
  });
});
