/** Who may report lines as a person's: a plugin of an editor that a person runs, not an agent's command. */
import assert from 'node:assert/strict';
import { askJson, linekeeper } from '../../support/product';
import { TestRepository } from '../../support/repository';

describe('record generic, as a person:', function () {
  this.timeout(120_000);
  let test: TestRepository;
  beforeEach(async () => {
    test = await TestRepository.create();
    test.write('a.txt', 'one line\n');
    await test.commit('Start');
  });
  afterEach(() => test.dispose());

  const report = async (author: string, env: Readonly<Record<string, string>>): Promise<readonly [number, string]> => {
    const payload = { version: 1, id: '1', author, tool: 'vim', cwd: test.root, files: ['a.txt'] };
    const call = async (event: string) =>
      linekeeper(test, ['record', 'generic'], { input: JSON.stringify({ ...payload, event }), env });
    const { code, stderr } = await call('before');
    test.replace('a.txt', 'one', 'another');
    await call('after');
    return [code, stderr];
  };
  const added = async (): Promise<object> => (await askJson<{ readonly added: object }>(test, 'status')).added;

  it("a report of lines as a person's: is refused and records nothing when an agent started it", async () => {
    const [code, stderr] = await report('human', { AI_AGENT: 'some-agent' });
    assert.equal(code, 2);
    assert.match(stderr, /^linekeeper: An agent started this, [^\n]+: nothing was recorded\.\n$/);
    assert.deepEqual(await added(), { ai: 0, human: 0, unknown: 1 });
  });

  it("a report of lines as a person's: is recorded when no agent started it", async () => {
    assert.deepEqual(await report('human', { AI_AGENT: '' }), [0, '']);
    assert.deepEqual(await added(), { ai: 0, human: 1, unknown: 0 });
  });

  it("an agent's own lines: are recorded when an agent started it", async () => {
    assert.deepEqual(await report('ai', { AI_AGENT: 'some-agent' }), [0, '']);
    assert.deepEqual(await added(), { ai: 1, human: 0, unknown: 0 });
  });
});
