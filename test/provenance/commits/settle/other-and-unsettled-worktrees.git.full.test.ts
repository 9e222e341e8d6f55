/** A commit does not wait for what other work trees owe, unless it is made from their commits. */
import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { record, type Report } from '../../../../src/provenance/assistants/record';
import { installGitHooks, showCommits } from '../../../../src/provenance/commits';
import { Repository } from '../../../../src/git';
import { builtCli, CLI, linekeeper } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { tick } from '../../../support/worker';

describe('linked work trees', function () {
  this.timeout(120_000);
  let test: TestRepository;
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    test.write('start.txt', 'start\n');
    await test.commit('Start');
    await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
    for (const name of ['one', 'two']) await test.git('worktree', 'add', '-q', '-b', name, test.outside(name));
  });
  afterEach(() => test.dispose());

  const at = (tree: string): Repository => Repository.find(test.outside(tree)) ?? assert.fail('no work tree');
  const git = async (tree: string, ...words: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await test.run(words, { cwd: test.outside(tree), env: { GIT_EDITOR: 'true' } });
    assert.equal(code, 0, stderr);
    return stdout.trim();
  };
  let id = 0;
  /** An assistant adds a line to the file named like its work tree. */
  async function add(tree: string, line: string): Promise<void> {
    const report = (event: 'before' | 'after'): Report => ({
      event,
      id: `edit-${String(id)}`,
      by: { author: 'ai', assistant: 'claude-code', session: `session-${tree}`, evidence: 'reported' },
      cwd: test.outside(tree),
      files: [`${tree}.txt`],
      edits: [],
      onDisk: true,
    });
    await record(at(tree), report('before'), tick);
    appendFileSync(path.join(test.outside(tree), `${tree}.txt`), `${line}\n`);
    await record(at(tree), report('after'), tick);
    id++;
    await git(tree, 'add', '-A');
  }
  async function commit(tree: string, subject: string): Promise<string> {
    await git(tree, 'commit', '-qm', subject);
    return git(tree, 'rev-parse', 'HEAD');
  }
  const lines = (tree: string): Promise<string> =>
    git(tree, 'log', '-1', '--format=%(trailers:key=AI-Lines,valueonly)');
  const hasNote = async (commit: string): Promise<boolean> =>
    (await test.run(['notes', '--ref=ai', 'list', commit])).code === 0;

  it('may leave a note to the next command in another, whose answer is complete', async () => {
    await add('one', 'first');
    const first = await commit('one', 'First');
    for (const line of ['second', 'third']) {
      await add('two', line);
      const made = await commit('two', line);
      assert.equal(await lines('two'), '+1 -0 of +1 -0');
      assert.equal(await hasNote(first), false, 'a hook in the second has not settled the first');
      assert.equal(await hasNote(made), false);
    }
    assert.equal((await linekeeper(test, ['show', first])).code, 0);
    const ids = [first, await git('two', 'rev-parse', 'HEAD'), await git('two', 'rev-parse', 'HEAD~')];
    for (const { added } of (await showCommits(test.repository(), ids)).values())
      assert.deepEqual(added, { ai: 1, human: 0, unknown: 0 });
  });

  for (const [how, words] of [
    ['picked', ['cherry-pick', 'one']],
    ['picked and committed later', ['cherry-pick', '-n', 'one']],
    ['squashed', ['merge', '-q', '--squash', 'one']],
    ['reverted', ['revert', '--no-edit', 'one']],
  ] as const)
    it(`know the author of a commit ${how} beside, whose note is not written yet`, async () => {
      await add('two', 'second');
      await commit('two', 'Second');
      await add('one', 'first');
      const first = await commit('one', 'First');
      if (how === 'reverted') await git('two', 'reset', '-q', '--hard', 'one');
      assert.equal(await hasNote(first), false);
      await git('two', ...words);
      if (how === 'picked and committed later' || how === 'squashed') await commit('two', 'Again');
      assert.equal(await lines('two'), how === 'reverted' ? '' : '+1 -0 of +1 -0');
      const made = await git('two', 'rev-parse', 'HEAD');
      assert.equal((await linekeeper(test, ['show', made])).code, 0);
      const shown = await showCommits(test.repository(), [first, made]);
      assert.deepEqual(shown.get(first)?.added, { ai: 1, human: 0, unknown: 0 });
      const { added, removed } = shown.get(made) ?? assert.fail('not shown');
      assert.deepEqual(how === 'reverted' ? removed : added, {
        ai: how === 'reverted' ? 0 : 1,
        human: how === 'reverted' ? 1 : 0,
        unknown: 0,
      });
    });
});
