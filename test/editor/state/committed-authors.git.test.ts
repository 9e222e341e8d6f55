/** Lines of earlier commits that AI wrote, as the editor shows them. */
import assert from 'node:assert/strict';
import { Work } from '../../../src/editor/background/background-tasks';
import type { CommittedRun } from '../../../src/editor/background';
import { CommittedAuthors } from '../../../src/editor/state/committed-authors';
import type { Sight } from '../../../src/editor/state/visible-document-hunks';
import { parseGeneric, record } from '../../../src/provenance/assistants/record';
import { TestRepository } from '../../support/repository';

describe('the author of a committed line, for the editor', function () {
  this.timeout(60_000);
  let test: TestRepository;
  let asked: string[];
  let authors: CommittedAuthors;
  beforeEach(async () => {
    test = await TestRepository.create();
    asked = [];
    const work = new Work(Date.now);
    const ask = (task: 'committed', question: Parameters<Work['committed']>[0]): Promise<readonly CommittedRun[]> => {
      asked.push(question.path);
      return work[task](question).then((answer) => structuredClone(answer));
    };
    authors = new CommittedAuthors({ background: { ask: ask as never }, formerPath: () => undefined });
  });
  afterEach(() => test.dispose());

  const sightOf = (path: string, hunks: Sight['hunks'] = []): Sight => {
    const repository = test.repository();
    const { root, gitDir, commonDir } = repository;
    return { worktree: { repository, root, places: { root, gitDir, commonDir } }, path, hunks } as unknown as Sight;
  };

  async function agentWrites(path: string, text: string): Promise<void> {
    const repository = test.repository();
    for (const event of ['before', 'after'] as const) {
      const call = { version: 1, event, id: 'one', author: 'ai', tool: 'claude-code', model: 'm', session: 's' };
      const parsed = parseGeneric(JSON.stringify({ ...call, cwd: repository.root, files: [path] }), repository.root);
      assert.ok(!('problem' in parsed));
      if (event === 'after') test.write(path, text);
      await record(repository, parsed, Date.now);
    }
  }

  it('has assistant and commit, and git is asked once for a file and a HEAD', async () => {
    test.write('a.ts', 'one\ntwo\nthree\n');
    await test.commit('Begin');
    await agentWrites('a.ts', 'one\nby AI\nthree\nby AI, too\n');
    const commit = await test.commit('By AI');
    const found = await authors.at(sightOf('a.ts'), 2);
    assert.deepEqual(
      [found?.by.assistant, found?.by.model, found?.by.session, found?.commit, found?.made?.author],
      ['claude-code', 'm', 's', commit, 'Ada'],
    );
    assert.equal((await authors.at(sightOf('a.ts'), 4))?.commit, commit);
    assert.equal(await authors.at(sightOf('a.ts'), 1), undefined, 'a person’s, or nobody knows');
    // A line that was put above moves what is below.
    const above = { line: 1, was: 1, added: [{ start: 1, end: 1 }], removed: [] } as unknown as Sight['hunks'][number];
    assert.equal((await authors.at(sightOf('a.ts', [above]), 3))?.commit, commit);
    assert.equal(await authors.at(sightOf('a.ts', [above]), 1), undefined, 'not committed');
    assert.ok(asked.length <= 2, asked.join());
    test.write('b.ts', 'new\n');
    await test.commit('Another HEAD');
    await authors.at(sightOf('a.ts'), 2);
    assert.ok(asked.length <= 3 && asked.length > 1, asked.join());
  });

  it('is absent without notes, and git is asked once for a HEAD', async () => {
    test.write('a.ts', 'one\n');
    test.write('b.ts', 'one\n');
    await test.commit('Begin');
    for (const path of ['a.ts', 'b.ts', 'a.ts']) assert.equal(await authors.at(sightOf(path), 1), undefined);
    assert.equal(asked.length, 1);
  });
});
