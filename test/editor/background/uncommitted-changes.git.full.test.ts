import assert from 'node:assert/strict';
import { Work } from '../../../src/editor/background/background-tasks';
import { type Tasks } from '../../../src/editor/background/helper-questions';
import { standingOf } from '../../../src/editor/state/receive-worktree-state';
import { GitError } from '../../../src/git';
import { TestRepository } from '../../support/repository';

describe('uncommitted changes from the background thread', () => {
  it('arrive in pieces, complete and without duplicates, and not from another thread', async () => {
    const test = await TestRepository.create();
    const name = (file: number): string => `src/file-${String(file)}.ts`;
    const all = Array.from({ length: 1_200 }, (_, file) => name(file));
    test.write('.linekeeper.yml', 'version: 1\ntiers:\n  - name: odd\n    paths: ["src/*1.ts"]\n    agents: ask\n');
    for (const file of all) test.write(file, 'one\n');
    await test.commit('Start');
    for (const file of all) test.write(file, 'two\n');
    const pieces: number[] = [];
    const ask = async <Task extends keyof Tasks>(
      work: Work,
      task: Task,
      asked: Tasks[Task]['question'],
    ): Promise<Tasks[Task]['answer']> => {
      const answer: unknown = structuredClone(await (work[task] as (of: unknown) => Promise<unknown>)(asked));
      if (task === 'changed') pieces.push((answer as Tasks['changed']['answer']).files.length);
      return answer as Tasks[Task]['answer'];
    };
    const { root, gitDir, commonDir } = test.repository();
    const places = { root, gitDir, commonDir };
    const work = new Work(Date.now);
    const standing = await standingOf({ ask: (task, asked) => ask(work, task, asked) }, places);
    assert.deepEqual(standing.change.files.map(({ path }) => path).sort(), [...all].sort());
    assert.deepEqual([...standing.tiers.keys()].sort(), all.filter((file) => file.endsWith('1.ts')).sort());
    assert.ok(pieces.every((count) => count <= 500) && pieces.length === 4, JSON.stringify(pieces));
    await assert.rejects(
      standingOf({ ask: (task, asked) => ask(task === 'changed' ? new Work(Date.now) : work, task, asked) }, places),
      GitError,
    );
  });
});
