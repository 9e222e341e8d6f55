/** An agent's linked work tree that is removed right behind its commit, and a commit that is made of what it did. */
import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { record, type Report } from '../../../../src/provenance/assistants/record';
import { installGitHooks } from '../../../../src/provenance/commits';
import { Repository } from '../../../../src/git';
import { itInFull } from '../../../support/full';
import { askJson, builtCli, CLI } from '../../../support/product';
import { TestRepository } from '../../../support/repository';
import { as, tick } from '../../../support/worker';

describe('a removed work tree of an agent:', function () {
  this.timeout(120_000);
  let test: TestRepository;
  beforeEach(async () => {
    await builtCli();
    test = await TestRepository.create();
    test.write('start.txt', 'start\n');
    await test.commit('Start');
    await installGitHooks(test.repository(), { executable: process.execPath, cli: CLI, electron: false });
    await test.git('worktree', 'add', '-q', '-b', 'agent', test.outside('tree'));
  });
  afterEach(() => test.dispose());

  async function inTree(...words: readonly string[]): Promise<void> {
    const { code, stderr } = await test.run(words, { cwd: test.outside('tree') });
    assert.equal(code, 0, stderr);
  }
  async function commitInTree(line: string): Promise<void> {
    const report = (event: 'before' | 'after'): Report => ({
      event,
      id: line,
      by: { author: 'ai', assistant: 'claude-code', model: 'model-1', session: 'session-1', evidence: 'reported' },
      cwd: test.outside('tree'),
      files: ['agent.txt'],
      edits: [],
      onDisk: true,
    });
    const tree = Repository.find(test.outside('tree')) ?? assert.fail('no work tree');
    await record(tree, report('before'), tick);
    appendFileSync(path.join(test.outside('tree'), 'agent.txt'), `${line}\n`);
    await record(tree, report('after'), tick);
    await inTree('add', '-A');
    await inTree('commit', '-qm', line);
  }
  const removeTree = (): Promise<string> => test.git('worktree', 'remove', '--force', test.outside('tree'));

  /** The message and its note say the same of all lines. */
  async function areAllByAi(count: number): Promise<void> {
    const added = `+${String(count)} -0`;
    assert.equal(
      (await test.git('log', '-1', '--format=%B')).trimEnd(),
      `Joined\n\nAssisted-by: claude-code:model-1\nAI-Lines: ${added} of ${added}`,
    );
    const shown = await askJson<{ readonly added: object }>(test, 'show');
    assert.deepEqual(shown.added, { ai: count, human: 0, unknown: 0 });
  }

  const WAYS: Readonly<Record<string, readonly (readonly string[])[]>> = {
    'merge --squash': [['merge', '-q', '--squash', 'agent']],
    'merge --squash and the branch deleted': [
      ['merge', '-q', '--squash', 'agent'],
      ['branch', '-qD', 'agent'],
    ],
    'reset --soft of its branch': [
      ['switch', '-q', 'agent'],
      ['reset', '-q', '--soft', 'main'],
    ],
    'reset of its branch': [
      ['switch', '-q', 'agent'],
      ['reset', '-q', 'main'],
      ['add', '-A'],
    ],
    'cherry-pick -n': [['cherry-pick', '-n', 'main..agent']],
  };
  for (const [how, steps] of Object.entries(WAYS))
    for (const count of [1, 2])
      (how === 'merge --squash' && count === 1 ? it : itInFull)(
        `${how}: has trailers and a note when ${String(count)} commits lost their work tree`,
        async () => {
          for (const line of ['first line by the machine', 'second line by the machine'].slice(0, count))
            await commitInTree(line);
          await removeTree();
          for (const words of steps) await test.git(...words);
          await test.git('commit', '-qm', 'Joined');
          await areAllByAi(count);
        },
      );

  it('merge --squash: has trailers and a note when this work tree has records, too', async () => {
    await as('ai', test, ['here.txt'], () => test.write('here.txt', 'here\n'));
    await test.commit('Here');
    await commitInTree('first line by the machine');
    await removeTree();
    await test.git('merge', '-q', '--squash', 'agent');
    await test.git('commit', '-qm', 'Joined');
    await areAllByAi(1);
  });

  itInFull('amend: has the trailers of both when the last of two commits is put into the one before', async () => {
    for (const line of ['first line by the machine', 'second line by the machine']) await commitInTree(line);
    await removeTree();
    await test.git('switch', '-q', 'agent');
    await test.git('reset', '-q', '--soft', 'HEAD~');
    await test.git('commit', '-q', '--amend', '-m', 'Joined');
    await areAllByAi(2);
  });
});
