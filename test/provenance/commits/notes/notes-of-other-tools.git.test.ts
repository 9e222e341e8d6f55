/** What another tool writes into a commit's note, and where it is once the commit is amended. */
import assert from 'node:assert/strict';
import { itInFull } from '../../../support/full';
import { askJson, builtCli, linekeeper } from '../../../support/product';
import { TestRepository } from '../../../support/repository';

const SESSION = {
  agent_id: { tool: 'cursor', id: 'sess-9', model: 'gpt-9' },
  human_author: 'Eve <eve@example.com>',
  custom_attributes: { team: 'blue' },
};
type Kept = Omit<typeof SESSION, 'custom_attributes'> & Partial<Pick<typeof SESSION, 'custom_attributes'>>;
const UNUSED = { agent_id: { tool: 'codex', id: 'sess-2', model: 'unknown' }, human_author: 'Eve <eve@example.com>' };

describe("another tool's note, when its commit is amended with our hooks", function () {
  this.timeout(60_000);
  let test: TestRepository;
  before(builtCli);
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'one\n');
    await test.commit('start');
    await linekeeper(test, ['install', '--git']);
    const record = async (event: string): Promise<void> => {
      const payload = {
        version: 1,
        event,
        author: 'ai',
        tool: 'kiro',
        session: 's1',
        cwd: test.root,
        files: ['a.txt'],
      };
      const { stderr } = await linekeeper(test, ['record', 'generic'], { input: JSON.stringify(payload) });
      assert.equal(stderr, '');
    };
    await record('before');
    test.write('a.txt', 'one\ntwo\n');
    await record('after');
    test.write('b.txt', 'x\ny\n');
    await test.git('add', '-A');
    await test.git('commit', '-qm', 'Work');
    await linekeeper(test, ['status']);
    const [lines = '', json = ''] = (await noteText()).split('---\n');
    const note = JSON.parse(json) as { sessions: Record<string, unknown> };
    note.sessions['s_0123456789abcd'] = SESSION;
    note.sessions['s_9999999999abcd'] = UNUSED;
    test.write(
      '.git/note',
      `${lines}b.txt\n  s_0123456789abcd::t_0123456789abcd 1-2\n---\n${JSON.stringify(note, null, 2)}\n`,
    );
    await test.git('notes', '--ref=ai', 'add', '-f', '-F', test.at('.git/note'));
  });
  afterEach(() => test.dispose());

  const noteText = (): Promise<string> => test.git('notes', '--ref=ai', 'show', 'HEAD');
  const sessions = async (): Promise<Readonly<Record<string, Kept>>> =>
    (JSON.parse((await noteText()).split('---\n')[1] ?? '') as { sessions: Record<string, Kept> }).sessions;
  const amend = async (): Promise<void> => {
    await test.git('commit', '-qa', '--amend', '--no-edit');
    await linekeeper(test, ['status']);
  };

  itInFull('keeps its session for the lines of unchanged files', async () => {
    test.write('a.txt', 'one\ntwo\nthree\n');
    await amend();
    assert.match(await noteText(), /^b\.txt\n {2}s_0123456789abcd::t_0123456789abcd 1-2$/m);
    const kept = await sessions();
    const theirs = kept['s_0123456789abcd'] ?? assert.fail();
    assert.deepEqual([theirs.human_author, theirs.custom_attributes?.team], [SESSION.human_author, 'blue']);
    assert.deepEqual(kept['s_9999999999abcd']?.agent_id, UNUSED.agent_id);
    assert.deepEqual(
      Object.values(kept)
        .map(({ agent_id }) => agent_id.id)
        .sort(),
      ['s1', 'sess-2', 'sess-9'],
    );
    const { files } = await askJson<{
      files: readonly { path: string; ranges: readonly { start: number; end: number; session: string | null }[] }[];
    }>(test, 'show', 'HEAD');
    assert.deepEqual(
      files.map(({ path, ranges }) => [path, ranges.map(({ start, end, session }) => [start, end, session])]),
      [
        [
          'a.txt',
          [
            [2, 2, 's1'],
            [3, 3, null],
          ],
        ],
        ['b.txt', [[1, 2, 'sess-9']]],
      ],
    );
  });

  it('keeps its session for the lines left in a changed file', async () => {
    test.write('b.txt', 'new\nx\n');
    await amend();
    const { files } = await askJson<{
      files: readonly { path: string; ranges: readonly { start: number; session: string | null }[] }[];
    }>(test, 'show', 'HEAD');
    assert.deepEqual(
      files.find(({ path }) => path === 'b.txt')?.ranges.map(({ start, session }) => [start, session]),
      [
        [1, null],
        [2, 'sess-9'],
      ],
    );
  });
});
