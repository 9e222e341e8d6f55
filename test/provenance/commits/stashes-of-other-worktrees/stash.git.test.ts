/** Work of one work tree may be put into another: a stash is one for all of them, and a patch can be carried over. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { record, type Report } from '../../../../src/provenance/assistants/record';
import type { LineRange } from '../../../../src/provenance/authorship/types';
import { installGitHooks, settle, showCommits, statusOf } from '../../../../src/provenance/commits';
import { Repository } from '../../../../src/git';
import { itInFull } from '../../../support/full';
import { builtCli, CLI, linekeeper } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { tick } from '../../../support/worker';

const LINES = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
  .map((word) => `${word} as it was before\n`)
  .join('');

describe('attribution of a stash made in another work tree', function () {
  this.timeout(120_000);
  let test: TestRepository;
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    for (const name of ['a.txt', 'b.txt']) test.write(name, LINES);
    await test.commit('Start');
    await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
    for (const name of ['one', 'two']) await test.git('worktree', 'add', '-q', '-b', name, test.outside(name));
  });
  afterEach(() => test.dispose());

  const rootOf = (tree: string): string => (tree === 'main' ? test.root : test.outside(tree));
  const at = (tree: string): Repository => Repository.find(rootOf(tree)) ?? assert.fail('no work tree');
  const git = async (tree: string, ...words: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await test.run(words, { cwd: rootOf(tree), env: { GIT_EDITOR: 'true' } });
    assert.equal(code, 0, stderr);
    return stdout.trim();
  };
  const read = (tree: string, file: string): string => readFileSync(path.join(rootOf(tree), file), 'utf8');
  const write = (tree: string, file: string, text: string): void => {
    writeFileSync(path.join(rootOf(tree), file), text);
  };
  let id = 0;
  /** Somebody changes a file of a work tree. */
  async function work(
    who: 'ai' | 'human' | 'nobody',
    tree: string,
    file: string,
    change: (text: string) => string,
  ): Promise<void> {
    const report = (event: 'before' | 'after'): Report => ({
      event,
      id: `edit-${String(id)}`,
      by:
        who === 'human'
          ? { author: 'human', evidence: 'observed' }
          : { author: 'ai', assistant: 'claude-code', model: 'model-1', session: `in-${tree}`, evidence: 'reported' },
      cwd: rootOf(tree),
      files: [file],
      edits: [],
      onDisk: true,
    });
    if (who !== 'nobody') await record(at(tree), report('before'), tick);
    write(tree, file, change(who !== 'nobody' && file.startsWith('new') ? '' : read(tree, file)));
    if (who !== 'nobody') await record(at(tree), report('after'), tick);
    id++;
  }
  const by = (who: 'ai' | 'human' | 'nobody', tree: string, word: string, file = 'a.txt'): Promise<void> =>
    work(who, tree, file, (text) => text.replace(`${word} as`, `${word} by ${who} and not as`));

  const say = ({ start, end, author }: LineRange): string =>
    `${String(start)}${end > start ? `-${String(end)}` : ''} ${author}`;
  /** What is said of a commit, by its notes alone. */
  async function told(tree: string, revision = 'HEAD'): Promise<string> {
    assert.equal((await linekeeper(test, ['show', revision], { cwd: rootOf(tree) })).code, 0);
    const commit = await git(tree, 'rev-parse', revision);
    return ((await showCommits(at(tree), [commit])).get(commit)?.files ?? [])
      .map(
        ({ path: file, ranges, removed }) =>
          `${file} ${[...ranges.map((r) => `+${say(r)}`), ...(ranges.length === 0 ? removed.map((r) => `-${say(r)}`) : [])].join(' ')}`,
      )
      .join(', ');
  }
  const trailer = (tree: string): Promise<string> =>
    git(tree, 'log', '-1', '--format=%(trailers:key=AI-Lines,valueonly)');
  const commit = (tree: string, ...words: readonly string[]): Promise<string> =>
    git(tree, 'commit', '-qm', 'Work', ...words);

  for (const [from, to] of [
    ['one', 'two'],
    ['one', 'main'],
    ['main', 'two'],
  ] as const)
    itInFull(`of ${from} popped in ${to}, where nothing was recorded, keeps its authors`, async () => {
      await by('ai', from, 'two');
      await by('human', from, 'six');
      await git(from, 'stash', '-q');
      await git(to, 'stash', 'pop', '-q');
      const { files } = await statusOf(at(to), tick);
      assert.deepEqual(
        files.map((file) => file.ranges.map(say)),
        [['2 ai', '6 human']],
      );
      await commit(to, '-a');
      assert.equal(await trailer(to), '+1 -1 of +2 -2');
      assert.equal(await told(to), 'a.txt +2 ai +6 human');
    });

  itInFull('seen while it was listed, and changed before by nobody that was recorded, keeps its authors', async () => {
    await by('ai', 'one', 'two');
    await by('nobody', 'one', 'eight');
    await git('one', 'stash', '-q');
    await settle(at('one'), tick);
    await git('two', 'stash', 'pop', '-q');
    await commit('two', '-a');
    assert.equal(await trailer('two'), '+1 -1 of +2 -2, unknown +1 -1');
    assert.equal(await told('two'), 'a.txt +2 ai +8 unknown');
  });

  itInFull('merged into other work, keeps its authors', async () => {
    await by('human', 'two', 'nine');
    await commit('two', '-a');
    await by('ai', 'one', 'two');
    await by('human', 'one', 'four');
    await git('one', 'stash', '-q');
    await git('two', 'stash', 'pop', '-q');
    await commit('two', '-a');
    assert.equal(await trailer('two'), '+1 -1 of +2 -2');
    assert.equal(await told('two'), 'a.txt +2 ai +4 human');
  });

  itInFull('applied in a work tree that is made afterwards, keeps its authors', async () => {
    await by('ai', 'one', 'two');
    await by('human', 'one', 'six', 'b.txt');
    await git('one', 'stash', '-q');
    await git('one', 'worktree', 'add', '-q', '-b', 'later', test.outside('later'));
    await git('later', 'stash', 'apply', '-q');
    await commit('later', 'a.txt');
    await commit('later', '-a');
    assert.deepEqual([await told('later', 'HEAD~'), await told('later')], ['a.txt +2 ai', 'b.txt +6 human']);
    // Where it was made, it is put back too.
    await git('one', 'stash', 'pop', '-q');
    await commit('one', '-a');
    assert.equal(await told('one'), 'a.txt +2 ai, b.txt +6 human');
  });

  itInFull('made into a branch, keeps its authors beside those of what is done then', async () => {
    await by('ai', 'one', 'two');
    await git('one', 'stash', '-q');
    await git('two', 'stash', 'branch', 'again');
    await by('human', 'two', 'six');
    await commit('two', '-a');
    assert.equal(await told('two'), 'a.txt +2 ai +6 human');
  });

  itInFull('put into a file that is being changed, keeps its authors and the others', async () => {
    await by('ai', 'one', 'two');
    await by('human', 'one', 'four');
    await git('one', 'stash', '-q');
    await by('human', 'two', 'eight', 'b.txt');
    await git('two', 'stash', 'pop', '-q');
    await by('human', 'two', 'six');
    await by('ai', 'two', 'ten');
    await commit('two', '-a');
    assert.equal(await trailer('two'), '+2 -2 of +5 -5');
    assert.equal(await told('two'), 'a.txt +2 ai +4 human +6 human +10 ai, b.txt +8 human');
  });

  itInFull('with files that git did not know, keeps their authors', async () => {
    await work('ai', 'one', 'new.txt', () => 'a line that an assistant wrote\n');
    await by('human', 'one', 'six');
    await git('one', 'stash', '-qu');
    await git('two', 'stash', 'pop', '-q');
    await git('two', 'add', '-A');
    await commit('two');
    assert.equal(await trailer('two'), '+1 -0 of +2 -1');
    assert.equal(await told('two'), 'a.txt +6 human, new.txt +1 ai');
  });

  itInFull('of which the work tree is gone meanwhile, keeps its authors', async () => {
    await by('ai', 'one', 'two');
    await git('one', 'stash', '-q');
    await settle(at('one'), tick);
    await git('main', 'worktree', 'remove', test.outside('one'));
    await git('two', 'stash', 'pop', '-q');
    await commit('two', '-a');
    assert.equal(await told('two'), 'a.txt +2 ai');
  });

  /** Files have times of the machine's clock, and the clock of records may be ahead. */
  async function untilRecorded(): Promise<void> {
    const recorded = tick() + 50;
    while (Date.now() < recorded) await setTimeout(10);
  }
  /** Carries over what is not committed in the first work tree. */
  async function carry(words: readonly string[] = []): Promise<void> {
    await untilRecorded();
    const { stdout } = await test.run(['diff', ...words], { cwd: rootOf('one') });
    writeFileSync(test.outside('work.patch'), stdout);
    await git('two', 'apply', test.outside('work.patch'));
  }
  for (const [how, before, after] of [
    ['stays there', undefined, undefined],
    ['is discarded there', undefined, ['checkout', '-q', '.']],
    ['comes to another state of its file', 'ten', undefined],
  ] as const)
    (before === undefined && after === undefined ? it : itInFull)(
      `a patch: keeps the authors in message, status and note when the work ${how}`,
      async () => {
        if (before !== undefined) {
          await by('nobody', 'two', before);
          await commit('two', '-a');
        }
        await by('ai', 'one', 'two');
        await by('human', 'one', 'six', 'b.txt');
        await carry();
        if (after !== undefined) await git('one', ...after);
        // No stash was made, so no date of a log says anything: neither just now nor long ago.
        for (const place of ['logs/refs', 'logs/refs/heads']) utimesSync(test.at(`.git/${place}`), 1e9, 1e9);
        await commit('two', '-a');
        assert.equal(await trailer('two'), '+1 -1 of +2 -2');
        assert.equal(await told('two'), 'a.txt +2 ai, b.txt +6 human');
        if (after === undefined) {
          await commit('one', '-a');
          assert.equal(await told('one'), 'a.txt +2 ai, b.txt +6 human');
        }
      },
    );

  const LATER = Array.from({ length: 60 }, (_, i) => `a line of other work with number ${String(i)}\n`).join('');

  it('a patch: keeps the authors when other work of the first work tree is discarded', async () => {
    await work('ai', 'one', 'new.txt', () => LATER);
    rmSync(path.join(rootOf('one'), 'new.txt'));
    await by('ai', 'one', 'two');
    await carry();
    await commit('two', '-a');
    assert.equal(await trailer('two'), '+1 -1 of +1 -1');
    assert.equal(await told('two'), 'a.txt +2 ai');
  });

  it('a patch: keeps the authors when the work goes on in the first work tree', async () => {
    await by('ai', 'one', 'two');
    await carry();
    await work('ai', 'one', 'a.txt', (text) => text + LATER);
    await commit('two', '-a');
    assert.equal(await trailer('two'), '+1 -1 of +1 -1');
    assert.equal(await told('two'), 'a.txt +2 ai');
  });

  it('a commit of other files: starts no program when the other work tree is at work', async () => {
    await by('ai', 'one', 'two');
    const traced = async (file: string, word: string): Promise<string> => {
      await by('nobody', 'two', word, file);
      const words = ['commit', '-qm', 'Work', file];
      return (await test.run(words, { cwd: rootOf('two'), env: { LINEKEEPER_TRACE: '1' } })).stderr;
    };
    assert.equal(await traced('b.txt', 'six'), '');
    // Nobody knows which files a record names that can't be read.
    const unreadable = test.at('.git/worktrees/one/linekeeper/journal/0.json');
    mkdirSync(unreadable);
    assert.notEqual(await traced('b.txt', 'eight'), '');
    rmdirSync(unreadable);
    assert.notEqual(await traced('a.txt', 'six'), '');
  });

  itInFull('a patch: keeps the authors when no hook sees the commit, whoever is asked first', async () => {
    for (const hook of ['prepare-commit-msg', 'commit-msg']) rmSync(test.at(`.git/hooks/${hook}`), { force: true });
    await by('ai', 'one', 'two');
    await carry();
    await commit('two', '-a');
    await commit('one', '-a');
    assert.deepEqual([await told('one'), await told('two')], ['a.txt +2 ai', 'a.txt +2 ai']);
  });

  for (const [line, word] of [
    [2, 'two'],
    [4, 'four'],
  ] as const)
    itInFull(`a patch: says nothing of other work when line ${String(line)} of three is typed again`, async () => {
      for (const changed of ['two', 'four', 'six']) await by('ai', 'one', changed);
      await untilRecorded();
      await work('nobody', 'two', 'a.txt', (text) => text.replace(`${word} as`, `${word} by ai and not as`));
      await commit('two', '-a');
      assert.equal(await trailer('two'), '');
      assert.equal(await told('two'), `a.txt +${String(line)} unknown`);
    });

  it('without hooks, keeps its authors where something else was recorded', async () => {
    for (const hook of ['prepare-commit-msg', 'commit-msg']) rmSync(test.at(`.git/hooks/${hook}`), { force: true });
    await by('ai', 'one', 'two');
    await git('one', 'stash', '-q');
    await by('human', 'two', 'eight', 'b.txt');
    await git('two', 'stash', 'pop', '-q');
    await commit('two', '-a');
    assert.equal(await told('two'), 'a.txt +2 ai, b.txt +8 human');
  });

  it('never popped, says nothing of other work', async () => {
    await by('ai', 'one', 'two');
    await by('ai', 'one', 'six');
    await git('one', 'stash', '-q');
    await settle(at('one'), tick);
    await work('nobody', 'two', 'a.txt', (text) =>
      text.replace('two as', 'two by ai and not as').replace('four as', 'four is something else'),
    );
    await work('nobody', 'two', 'b.txt', (text) => `${text}another line of somebody\n`);
    await git('two', 'add', 'b.txt');
    await commit('two');
    assert.equal(await trailer('two'), '');
    await commit('two', '-a');
    assert.equal(await trailer('two'), '');
    assert.equal(await told('two'), 'a.txt +2 unknown +4 unknown');
  });
});
